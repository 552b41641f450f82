import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

/** Paging of every list: at most 100 rows, and the cursor of the page before. */
export class PagingDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit: number = 20;
  @IsOptional() @IsString() @Length(1, 400) cursor?: string;
}

/** One page of a short list kept in memory, ordered by id; the cursor is the last id of the page before. */
export function pageById<T extends { readonly id: string }>(
  all: readonly T[],
  { limit, cursor }: PagingDto,
): { items: T[]; nextCursor: string | null } {
  const rest = all.filter((one) => cursor === undefined || one.id > cursor).sort((a, b) => (a.id < b.id ? -1 : 1));
  const items = rest.slice(0, limit);
  return { items, nextCursor: rest.length > limit ? (items.at(-1)?.id ?? null) : null };
}

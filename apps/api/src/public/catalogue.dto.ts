import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import type { EntryKind, ServiceGuide } from '@linli/contracts';
import { PagingDto } from '../http/paging.dto';

export class ItemQueryDto extends PagingDto {
  /** Words in the name, aliases, keywords or summary. */
  @IsOptional() @IsString() @Length(1, 100) q?: string;
  /** Id or name. */
  @IsOptional() @IsString() @Length(1, 60) department?: string;
  @IsOptional() @IsString() @Length(1, 40) category?: string;
  @IsOptional() @IsIn(['item', 'service', 'report']) kind?: EntryKind;
}

export class NamedDto {
  id!: string;
  name!: string;
}

export class ItemDto {
  id!: string;
  kind!: EntryKind;
  name!: string;
  department!: NamedDto;
  category!: string;
  aliases!: readonly string[];
  summary!: string;
  /** Grows with every published change. */
  version!: number;
}

export class ItemPageDto {
  items!: readonly ItemDto[];
  nextCursor!: string | null;
}

/** An entry with its guide's fields beside the others; an entry without a guide has none of them. */
export type ItemGuide = ItemDto & Partial<ServiceGuide>;

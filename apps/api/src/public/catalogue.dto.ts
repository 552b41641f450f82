import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import type { Audience, EntryKind, ServiceGuide } from '@linli/contracts';
import { PagingDto } from '../http/paging.dto';

const audiences: readonly Audience[] = [
  'person',
  'enterprise',
  'institution',
  'socialOrganisation',
  'unincorporated',
  'authority',
  'other',
];

export class ItemQueryDto extends PagingDto {
  /** What is looked for: words in either script, pinyin in full, in first letters or mixed; slips of the pen are forgiven. */
  @IsOptional() @IsString() @Length(1, 100) q?: string;
  /** Id or name. */
  @IsOptional() @IsString() @Length(1, 60) department?: string;
  @IsOptional() @IsString() @Length(1, 40) category?: string;
  @IsOptional() @IsIn(['item', 'service', 'report']) kind?: EntryKind;
  /** 主题. */
  @IsOptional() @IsString() @Length(1, 40) theme?: string;
  /** 服务对象. */
  @IsOptional() @IsIn(audiences) audience?: Audience;
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

export class FacetCountDto {
  /** What to ask with. */
  value!: string;
  /** What to show. */
  name!: string;
  count!: number;
}

/** The commonest values of each facet among all that was found; a facet that is asked with is counted as if it were not. */
export class ItemFacetsDto {
  department!: readonly FacetCountDto[];
  category!: readonly FacetCountDto[];
  theme!: readonly FacetCountDto[];
  audience!: readonly FacetCountDto[];
}

/** Best first when words are looked for, else by id. */
export class ItemPageDto {
  items!: readonly ItemDto[];
  nextCursor!: string | null;
  facets!: ItemFacetsDto;
}

/** An entry with its guide's fields beside the others; an entry without a guide has none of them. */
export type ItemGuide = ItemDto & Partial<ServiceGuide>;

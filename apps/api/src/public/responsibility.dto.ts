import { IsIn, IsOptional, Length, Matches } from 'class-validator';
import type { ItemType } from '@linli/contracts';
import {
  listKinds,
  type AssignmentReason,
  type DepartmentLevel,
  type DutyRole,
  type ListKind,
  type ListPart,
} from '@linli/directory';
import { PagingDto } from '../http/paging.dto';

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;
const date = /^\d{4}-\d{2}-\d{2}$/;

export class ListsQueryDto extends PagingDto {
  /** The day the lists are read as of; today when left out. */
  @IsOptional() @Matches(date) on?: string;
}

export class ListKindDto {
  @IsIn(listKinds) kind!: ListKind;
}

export class ListRowsQueryDto extends ListsQueryDto {
  /** A subdistrict or community whose lists are wanted, or a department whose rows are. */
  @IsOptional() @Matches(slug) unit?: string;
}

export class ListHistoryQueryDto extends PagingDto {
  @Matches(slug) list!: string;
}

export class WhoQueryDto {
  @Matches(slug) entry!: string;
  @Matches(slug) subdistrict!: string;
  @IsOptional() @Matches(slug) community?: string;
  @IsOptional() @Length(10, 10) @Matches(date) on?: string;
}

export class PublishedListDto {
  id!: string;
  kind!: ListKind;
  title!: string;
  level!: DepartmentLevel;
  /** Null: every unit of the level. */
  unit!: string | null;
  version!: number;
  effectiveOn!: string;
  decidedBy!: string;
  documentNo!: string;
  rows!: number;
}

export class PublishedListPageDto {
  items!: readonly PublishedListDto[];
  nextCursor!: string | null;
}

export class ListRowDto {
  list!: string;
  key!: string;
  /** What the row is about, in words. */
  matter!: string;
  entryId!: string | null;
  category!: string | null;
  level!: DepartmentLevel;
  officeId!: string | null;
  officeName!: string | null;
  role!: DutyRole;
  part!: ListPart | null;
  powerType!: ItemType | null;
  basis!: string;
  effectiveOn!: string;
}

export class ListRowPageDto {
  items!: readonly ListRowDto[];
  nextCursor!: string | null;
}

export class ListVersionDto {
  version!: number;
  effectiveOn!: string;
  endsOn!: string | null;
  decidedBy!: string;
  documentNo!: string;
  reason!: string;
  loadedAt!: Date;
}

export class ListVersionPageDto {
  items!: readonly ListVersionDto[];
  nextCursor!: string | null;
}

export class LoggedRowDto {
  key!: string;
  matter!: string;
  level!: string;
  office!: string | null;
  role!: string;
  part!: string | null;
  powerType!: string | null;
  basis!: string;
}

export class AdjustmentDto {
  id!: string;
  version!: number;
  at!: Date;
  decidedBy!: string;
  reason!: string;
  change!: 'added' | 'changed' | 'removed';
  key!: string;
  before!: LoggedRowDto | null;
  after!: LoggedRowDto | null;
}

export class AdjustmentPageDto {
  items!: readonly AdjustmentDto[];
  nextCursor!: string | null;
}

export class NamedUnitDto {
  level!: DepartmentLevel;
  id!: string;
  name!: string;
}

export class CalledUnitDto extends NamedUnitDto {
  phone!: string | null;
}

export class RecordDto {
  kind!: 'list' | 'admission' | 'delegation' | 'catalogue';
  id!: string;
  title!: string;
}

export class PassedOverDto {
  unit!: NamedUnitDto;
  reason!: AssignmentReason;
  sentence!: string;
}

export class WhoHandlesDto {
  entry!: { readonly id: string; readonly name: string };
  unit!: CalledUnitDto | null;
  office!: CalledUnitDto | null;
  from!: string | null;
  record!: RecordDto | null;
  sentence!: string;
  passedOver!: readonly PassedOverDto[];
}

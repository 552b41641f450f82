import type { Limit } from '@linli/contracts';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { PagingDto } from '../http/paging.dto';

export class ListQueryDto extends PagingDto {
  /** `2026-03-10`: as it stood when that day ended; now when left out. */
  @IsOptional() @IsString() @Length(1, 40) on?: string;
}

export class ShapedListQueryDto extends ListQueryDto {
  /** How it is given; what `Accept` asks for when left out. */
  @IsOptional() @IsIn(['json', 'csv', 'html']) as?: 'json' | 'csv' | 'html';
}

class DepartmentDto {
  id!: string;
  name!: string;
}

/** 权力. */
export class PowerDto {
  id!: string;
  name!: string;
  type!: string;
  typeName!: string;
  level!: string;
  levelName!: string;
  department!: DepartmentDto;
  jointWith!: readonly string[];
  code!: string | null;
  basis!: readonly string[];
  source!: string | null;
  effectiveOn!: string | null;
  endsOn!: string | null;
  version!: number;
}

/** 责任. */
export class ResponsibilityDto {
  id!: string;
  name!: string;
  typeName!: string;
  department!: DepartmentDto;
  jointWith!: readonly string[];
  duties!: readonly string[];
  statutoryLimit!: Limit | null;
  committedLimit!: Limit | null;
  enquiryPhone!: string | null;
  complaintPhone!: string | null;
  version!: number;
}

/** 公共服务. */
export class PublicServiceDto {
  id!: string;
  name!: string;
  department!: DepartmentDto;
  category!: string;
  summary!: string;
  audience!: string | null;
  place!: string | null;
  hours!: string | null;
  fee!: string | null;
  online!: boolean;
  enquiryPhone!: string | null;
  version!: number;
}

class ListPageDto {
  /** Grows with every publication; null for a list as of a day. */
  revision!: number | null;
  /** The civil date since which the list stands so; null while nothing is published. */
  asOf!: string | null;
  /** Powers in no list yet: nobody has told the public what it must know of them. */
  pending!: number;
  nextCursor!: string | null;
}

export class PowerListDto extends ListPageDto {
  items!: readonly PowerDto[];
}

export class ResponsibilityListDto extends ListPageDto {
  items!: readonly ResponsibilityDto[];
}

export class ServiceListDto extends ListPageDto {
  items!: readonly PublicServiceDto[];
}

/** 动态调整. */
export class AdjustmentDto {
  at!: Date;
  what!: 'added' | 'changed' | 'withdrawn';
  item!: DepartmentDto;
  department!: DepartmentDto;
  version!: number;
  /** Chinese names of the fields that changed. */
  fields!: readonly string[];
  reason!: string | null;
}

export class AdjustmentPageDto {
  items!: readonly AdjustmentDto[];
  nextCursor!: string | null;
}

export class ItemVersionDto {
  version!: number;
  versionId!: string;
  name!: string;
  state!: 'published' | 'replaced' | 'withdrawn';
  publishedAt!: Date;
  endedAt!: Date | null;
  withdrawalReason!: string | null;
}

export class ItemVersionPageDto {
  items!: readonly ItemVersionDto[];
  nextCursor!: string | null;
}

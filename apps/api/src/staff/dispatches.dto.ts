import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsOptional,
  IsString,
  Length,
} from 'class-validator';
import { dispatchRoles, type DispatchRole } from '@linli/casework';
import { PagingDto } from '../http/paging.dto';
import { NamedDto } from '../public/catalogue.dto';

const states = ['waiting', 'signed', 'sentBack', 'ended'] as const;
type DispatchState = (typeof states)[number];

/** 派单: to which department, community or grid, in charge (lead) or to help (support). */
export class DispatchWishDto {
  @IsString() @Length(1, 64) departmentId!: string;
  @IsOptional() @IsIn(dispatchRoles) role?: DispatchRole;
}

/** 退单. */
export class SendBackDto {
  @IsString() @Length(1, 500) reason!: string;
}

/** 派单异议审核. */
export class RulingDto {
  /** The unit that sent the case back. */
  @IsString() @Length(1, 64) departmentId!: string;
  /** True: it need not take it; false: it has to. */
  @IsBoolean() upheld!: boolean;
  @IsString() @Length(1, 500) reason!: string;
}

export class DispatchQueryDto extends PagingDto {
  @IsOptional() @IsIn(states) state?: DispatchState;
}

/** Who a case was given to; a department, unless its kind says otherwise. */
export class DispatchUnitDto extends NamedDto {
  kind?: 'community' | 'grid';
}

export class DispatchDto {
  id!: string;
  unit!: DispatchUnitDto;
  role!: DispatchRole;
  /** Who was in charge before. */
  from!: NamedDto;
  state!: DispatchState;
  /** Ruled upon: may not be sent back. */
  binding!: boolean;
  dispatchedAt!: Date;
  signBy!: Date;
  signedAt!: Date | null;
}

export class DispatchItemDto extends DispatchDto {
  number!: string;
  title!: string;
  kind!: 'item' | 'report';
  subdistrictId!: string;
  dueOn!: string;
}

export class DispatchPageDto {
  items!: readonly DispatchItemDto[];
  nextCursor!: string | null;
}

export class DispatchListDto {
  items!: readonly DispatchDto[];
}

/** 协办记录: what a helping unit did. */
export class SupportWishDto {
  /** Internal: the resident never reads it. */
  @IsString() @Length(1, 1000) action!: string;
  /** Words or file ids that show it was done. */
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(20) @Length(1, 500, { each: true }) evidence!: string[];
  /** When it was done; now when left out. */
  @IsOptional() @IsDate() @Type(() => Date) doneAt?: Date;
}

export class SupportRecordDto {
  id!: string;
  dispatchId!: string;
  unit!: DispatchUnitDto;
  action!: string;
  evidence!: readonly string[];
  doneAt!: Date;
  recordedAt!: Date;
}

export class SupportRecordListDto {
  items!: readonly SupportRecordDto[];
}

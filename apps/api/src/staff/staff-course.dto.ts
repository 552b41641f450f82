import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { deliveryWays, stopKinds, type DeliveryWay, type StopKind } from '@linli/casework';
import {
  caseOutcomes,
  requestTypes,
  requestUrgencies,
  type CaseOutcome,
  type RequestType,
  type RequestUrgency,
} from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';

/**
 * 受理; with `deferred` 容缺受理: which papers come later, against a written pledge, and by when; with `pledgedFor` 告知承诺:
 * which papers a written pledge stands for.
 */
export class AcceptanceDto {
  @IsOptional() @IsArray() @ArrayNotEmpty() @ArrayMaxSize(40) @Length(1, 64, { each: true }) deferred?: string[];
  @IsOptional() @IsBoolean() pledged?: boolean;
  @IsOptional() @IsArray() @ArrayNotEmpty() @ArrayMaxSize(40) @Length(1, 64, { each: true }) pledgedFor?: string[];
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) by?: LocalDate;
}

/** 不予受理. */
export class DecliningDto {
  /** Read by the applicant. */
  @IsString() @Length(1, 500) reason!: string;
  /** The authority to go to instead. */
  @IsOptional() @IsString() @Length(1, 100) authority?: string;
}

/** 特别程序 or 挂起. */
export class SuspensionDto {
  /** Read by the applicant. */
  @IsString() @Length(1, 500) reason!: string;
  @IsOptional() @IsIn(stopKinds) kind?: StopKind;
}

/** 延期. */
export class ExtensionDto {
  /** Read by the applicant. */
  @IsString() @Length(1, 500) reason!: string;
  /** In the unit of the item's limit; the most the law allows when left out. */
  @IsOptional() @IsInt() @Min(1) @Max(15) days?: number;
}

export class DecisionDto {
  @IsIn(caseOutcomes) outcome!: CaseOutcome;
}

/** Who took a result (领取人). */
export class ReceiverDto {
  @IsString() @Length(1, 60) name!: string;
  /** To the applicant; 本人 when left out. */
  @IsOptional() @IsString() @Length(1, 20) relation?: string;
  /** A signed slip or a post receipt, uploaded by the officer. */
  @IsOptional() @IsUUID() evidenceFileId?: string;
}

/** 送达. */
export class DeliveryDto {
  @IsIn(deliveryWays) way!: DeliveryWay;
  @IsOptional() @ValidateNested() @Type(() => ReceiverDto) receiver?: ReceiverDto;
}

/** 回访: what the resident said when called after closure. */
export class FollowUpDto {
  @IsBoolean() reached!: boolean;
  /** Needed once reached; false takes the case up again. */
  @IsOptional() @IsBoolean() solved?: boolean;
  @IsString() @Length(1, 500) words!: string;
}

/** 诉求分类; what is left out stays as it is. */
export class ClassificationDto {
  @IsOptional() @IsIn(requestTypes) type?: RequestType;
  @IsOptional() @IsIn(requestUrgencies) urgency?: RequestUrgency;
  /** Read by the applicant. */
  @IsString() @Length(1, 500) reason!: string;
}

/** 重办. */
export class ReopeningDto {
  @IsString() @Length(1, 500) reason!: string;
}

export class BroughtMaterialDto {
  @Length(1, 64) materialId!: string;
  @IsUUID() fileId!: string;
}

/** 容缺材料补交. */
export class DeferredMaterialsDto {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(40)
  @ValidateNested({ each: true })
  @Type(() => BroughtMaterialDto)
  materials!: BroughtMaterialDto[];
}

import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import type { Grade } from '@linli/contracts';
import type { AppealDecision, FlagDecision, FlagKind, GradeCounts } from '@linli/rating';
import { PagingDto } from '../http/paging.dto';

export class ReviewQueryDto extends PagingDto {
  /** Those decided instead of those that wait. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  decided?: boolean;
}

export class ReasonDto {
  @IsString() @Length(1, 500) reason!: string;
}

export class FlagDecisionDto extends ReasonDto {
  @IsIn(['exclude', 'keep']) decision!: FlagDecision;
}

export class RatingFlagDto {
  id!: string;
  ratingId!: string;
  kind!: FlagKind;
  grade!: Grade;
  subject!: string;
  caseNumber!: string;
  department!: string;
  subdistrictId!: string;
  text!: string | null;
  raisedAt!: Date;
  decision!: FlagDecision | null;
  reason!: string | null;
  decidedAt!: Date | null;
}

export class RatingFlagPageDto {
  items!: readonly RatingFlagDto[];
  nextCursor!: string | null;
}

export class DoneDto {
  id!: string;
}

/** Which resident an officer is. */
export class StaffBindingDto {
  @IsUUID() officerId!: string;
  @IsUUID() residentId!: string;
}

export class AppealRequestDto {
  @IsUUID() ratingId!: string;
  @IsString() @Length(1, 500) evidence!: string;
  @IsOptional() @IsArray() @ArrayMaxSize(9) @IsUUID(undefined, { each: true }) fileIds?: string[];
}

export class AppealDecisionDto extends ReasonDto {
  @IsIn(['upheld', 'rejected']) decision!: AppealDecision;
}

export class RatingAppealDto {
  id!: string;
  ratingId!: string;
  grade!: Grade;
  /** What the resident said when called back, beside the original. */
  afterGrade!: Grade | null;
  subject!: string;
  caseNumber!: string;
  department!: string;
  subdistrictId!: string;
  evidence!: string;
  fileIds!: readonly string[];
  filedAt!: Date;
  decision!: AppealDecision | null;
  reason!: string | null;
  decidedAt!: Date | null;
}

export class RatingAppealPageDto {
  items!: readonly RatingAppealDto[];
  nextCursor!: string | null;
}

export class FiguresQueryDto {
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/) period!: string;
}

export class GradeCountsDto {
  source!: GradeCounts['source'];
  departmentId!: string;
  grade!: Grade;
  count!: number;
}

export class FiguresDto {
  items!: readonly GradeCountsDto[];
}

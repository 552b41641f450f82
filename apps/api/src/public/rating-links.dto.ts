import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { grades, type ExclusionReason, type Grade, type ServiceKind } from '@linli/contracts';
import type { OptionSets } from '@linli/rating';

export class RatingLinkDto {
  kind!: ServiceKind;
  subject!: string;
  /** Its last four digits. */
  caseNumber!: string;
  department!: string;
  at!: Date;
  expiresAt!: Date;
  options!: OptionSets;
}

export class RateByLinkDto {
  @IsIn(grades) grade!: Grade;
  /** Of the set that belongs to the grade. */
  @IsOptional() @IsArray() @ArrayMaxSize(12) @Length(1, 40, { each: true }) options?: string[];
  @IsOptional() @IsString() @Length(1, 500) text?: string;
  @IsOptional() @IsBoolean() anonymous?: boolean;
}

const listed = ({ value }: { value: unknown }): unknown =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

export class RatingPageQueryDto {
  @IsOptional() @IsIn(grades) grade?: Grade;
}

/** The form of the page, as browsers send it. */
export class RatingFormDto {
  @IsIn(grades, { message: '请先选一项' }) grade!: Grade;
  /** One, several or none. */
  @Transform(listed) @IsArray() @ArrayMaxSize(12) @Length(1, 40, { each: true }) options: string[] = [];
  @IsOptional() @IsString() @Length(0, 500) text?: string;
  @IsOptional() @IsIn(['1']) anonymous?: string;
}

/** A rating no figure counts, and why. */
export class ExclusionDto {
  id!: string;
  grade!: Grade;
  department!: string;
  subdistrictId!: string;
  /** `YYYY-MM`. */
  period!: string;
  reasonCode!: ExclusionReason;
  at!: Date;
  /** It counts again since then. */
  restoredAt!: Date | null;
}

export class ExclusionPageDto {
  items!: readonly ExclusionDto[];
  nextCursor!: string | null;
}

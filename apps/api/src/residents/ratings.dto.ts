import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { grades, type Grade } from '@linli/contracts';

export class RateableDto {
  id!: string;
  kind!: 'case';
  /** What was done. */
  subject!: string;
  caseNumber!: string;
  at!: Date;
}

export class RateablePageDto {
  items!: readonly RateableDto[];
  nextCursor!: string | null;
}

export class RateDto {
  @IsUUID() serviceEventId!: string;
  @IsIn(grades) grade!: Grade;
  /** Of the set that belongs to the grade. */
  @IsOptional() @IsArray() @ArrayMaxSize(12) @Length(1, 40, { each: true }) options?: string[];
  @IsOptional() @IsString() @Length(1, 500) text?: string;
  @IsOptional() @IsBoolean() anonymous?: boolean;
}

export class RatingDto {
  id!: string;
  grade!: Grade;
  at!: Date;
}

export class AddendumRequestDto {
  @IsString() @Length(1, 500) text!: string;
}

export class AddendumDto {
  id!: string;
  at!: Date;
}

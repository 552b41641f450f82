import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { grades, ratingChannels, type Grade, type RatingChannel, type ServiceKind } from '@linli/contracts';

export class RateableDto {
  id!: string;
  /** `case` and `caseClosed` end a matter; `applicationAccepted` and `correction` are steps on its way. */
  kind!: ServiceKind;
  /** What was done. */
  subject!: string;
  caseNumber!: string;
  at!: Date;
}

export class RateablePageDto {
  items!: readonly RateableDto[];
  nextCursor!: string | null;
}

export class OptionsQueryDto {
  /** Where the rating is given; the mini-program when left out. */
  @IsOptional() @IsIn(ratingChannels) channel?: RatingChannel;
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

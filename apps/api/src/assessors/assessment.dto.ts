import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
} from 'class-validator';
import { PagingDto } from '../http/paging.dto';

const directions = ['departments', 'subdistricts'] as const;
export type Direction = (typeof directions)[number];

export class ScoresQueryDto {
  @IsOptional() @IsIn(directions) direction: Direction = 'departments';
}

export class EvidenceQueryDto extends PagingDto {
  @IsOptional() @IsIn(directions) direction: Direction = 'departments';
  @IsOptional() @IsString() @Length(1, 64) indicator: string = 'satisfaction';
}

export class TrendQueryDto extends ScoresQueryDto {
  @IsString() @Length(1, 64) subject!: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(24) months: number = 12;
}

export class AppealDto {
  @IsOptional() @IsIn(directions) direction: Direction = 'departments';
  @IsString() @Length(1, 64) subjectId!: string;
  @IsString() @Length(1, 64) indicator!: string;
  @IsString() @Length(1, 2000) reason!: string;
  @IsOptional() @IsArray() @ArrayMaxSize(40) @Length(1, 500, { each: true }) evidence: string[] = [];
}

export class AppealDecisionDto {
  @IsBoolean() upheld!: boolean;
  @IsString() @Length(1, 2000) words!: string;
  /** Ids of evidence rows that do not count; only where the appeal is upheld. */
  @IsOptional() @IsArray() @ArrayMaxSize(200) @IsUUID('all', { each: true }) takenOut: string[] = [];
}

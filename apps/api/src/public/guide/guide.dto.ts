import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

export class GuideTextQueryDto {
  /** `1`: worded for reading aloud, one sentence a line. */
  @IsOptional() @IsIn(['0', '1']) aloud?: '0' | '1';
}

export class GuideTextDto {
  id!: string;
  name!: string;
  version!: number;
  /** Messages of at most 600 characters, or sentences when read aloud. */
  pages!: readonly string[];
}

export class GuidePrintQueryDto {
  /** `large` for old eyes. */
  @IsOptional() @IsIn(['normal', 'large']) size?: 'normal' | 'large';
}

export class GuidePageQueryDto {
  /** The version somebody holds on paper. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(1_000_000) version?: number;
}

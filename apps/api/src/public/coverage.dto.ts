import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { coverageLimits, type CoverageLimit } from '@linli/circle';

export class CoverageQueryDto {
  /** `YYYY-MM-DD`; places count that open on that day. Today when left out. */
  @IsOptional() @IsString() @Length(1, 10) on?: string;
}

export class CoverageMapQueryDto extends CoverageQueryDto {
  /** Id or Chinese name; a finer category is shown by the one above it. */
  @IsOptional() @IsString() @Length(1, 40) category: string = 'shopping';
  @IsOptional()
  @Type(() => Number)
  @IsIn(coverageLimits, { message: '步行时间 minutes 只能是 5、10 或 15' })
  minutes: CoverageLimit = 15;
}

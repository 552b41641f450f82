import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

/** GET requests, by the standard's own names; `extensions` and `jurisdiction_id` are accepted and change nothing. */
export class ListQueryDto {
  /** Several, separated by commas. */
  @IsOptional() @IsString() @Length(1, 2000) service_request_id?: string;
  @IsOptional() @IsString() @Length(1, 2000) service_code?: string;
  @IsOptional() @IsString() @Length(1, 40) start_date?: string;
  @IsOptional() @IsString() @Length(1, 40) end_date?: string;
  @IsOptional() @Matches(/^(open|closed)(,(open|closed))?$/) status?: string;
  @IsOptional() @IsString() @Length(1, 100) jurisdiction_id?: string;
  @IsOptional() @IsString() @Length(1, 10) extensions?: string;
  @IsOptional() @IsString() @Length(1, 200) api_key?: string;
  @IsInt() @Min(1) @Max(1000) @Type(() => Number) page = 1;
  @IsInt() @Min(1) @Max(1000) @Type(() => Number) page_size = 50;
}

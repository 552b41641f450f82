import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsNumber, IsOptional, IsString, Length, Max, Min } from 'class-validator';

const flag = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);
const degrees = { allowNaN: false, allowInfinity: false };

/** A point in GCJ-02, as WeChat gives it. */
export class WhereQueryDto {
  /** Latitude, GCJ-02. */
  @Type(() => Number) @IsNumber(degrees, { message: '纬度 lat 要写成数字，例如 30.4743' }) lat!: number;
  /** Longitude, GCJ-02. */
  @Type(() => Number) @IsNumber(degrees, { message: '经度 lng 要写成数字，例如 106.6327' }) lng!: number;
}

export class NearbyQueryDto extends WhereQueryDto {
  /** On foot, 1 to 60. */
  @IsOptional()
  @Type(() => Number)
  @Min(1, { message: '步行时间 minutes 最少 1 分钟' })
  @Max(60, { message: '步行时间 minutes 最多 60 分钟' })
  minutes: number = 15;
  /** Id or Chinese name, of either level. */
  @IsOptional() @IsString() @Length(1, 40) category?: string;
  /** Id of a service of the catalogue: only places that offer it, each with that offering alone. */
  @IsOptional() @IsString() @Length(1, 64) service?: string;
  /** True: only what can be booked. */
  @IsOptional() @Transform(flag) @IsBoolean() bookable?: boolean;
  /** ISO 8601 with its zone: only places with a free time that begins at or after it, up to `freeTo`. */
  @IsOptional() @IsString() @Length(1, 40) freeFrom?: string;
  /** ISO 8601; the end of the day of `freeFrom` when left out. */
  @IsOptional() @IsString() @Length(1, 40) freeTo?: string;
  @IsOptional()
  @Type(() => Number)
  @Min(1, { message: '条数 limit 最少 1 条' })
  @Max(50, { message: '条数 limit 最多 50 条' })
  limit: number = 20;
}

export class NearServiceDto {
  /** Of the offering: `/services/{id}/slots` takes it. */
  id!: string;
  name!: string;
  nextFree?: string;
}

export class NearPlaceDto {
  id!: string;
  name!: string;
  category!: string;
  /** As the crow flies. */
  distanceMeters!: number;
  walkMinutes!: number;
  services!: readonly NearServiceDto[];
}

export class NearPlacesDto {
  /** Nearest on foot first. */
  items!: readonly NearPlaceDto[];
}

export class AreaNameDto {
  id!: string;
  name!: string;
}

export class WhereaboutsDto {
  subdistrict!: AreaNameDto | null;
  community!: AreaNameDto | null;
}

export class FinerCategoryDto {
  id!: string;
  name!: string;
  /** The walk within which a neighbourhood should have one. */
  walkMinutes!: number;
}

export class CategoryDto extends FinerCategoryDto {
  children!: readonly FinerCategoryDto[];
}

export class CategoriesDto {
  items!: readonly CategoryDto[];
}

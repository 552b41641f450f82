import type { DepartmentLevel } from '@linli/directory';
import { type NamedDto } from './catalogue.dto';

export class PointDto {
  /** GCJ-02, as WeChat's maps have it. */
  lat!: number;
  lng!: number;
}

export class HallHoursDto {
  /** 0 = Sunday … 6 = Saturday. */
  weekdays!: readonly number[];
  opens!: string;
  closes!: string;
}

export class HallDto {
  id!: string;
  name!: string;
  subdistrictId!: string;
  address!: string;
  phone!: string;
  location!: PointDto;
  hours!: readonly HallHoursDto[];
  businesses!: readonly NamedDto[];
  windows!: readonly NamedDto[];
}

export class HallPageDto {
  items!: readonly HallDto[];
  nextCursor!: string | null;
}

export class CommunityDto {
  id!: string;
  subdistrictId!: string;
  code!: string;
  name!: string;
}

export class CommunityPageDto {
  items!: readonly CommunityDto[];
  nextCursor!: string | null;
}

export class DepartmentDto {
  id!: string;
  name!: string;
  level!: DepartmentLevel;
  phone!: string;
}

export class DepartmentPageDto {
  items!: readonly DepartmentDto[];
  nextCursor!: string | null;
}

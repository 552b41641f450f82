import type { Offering } from '@linli/circle';

export class HoursRuleDto {
  /** 0 = Sunday … 6 = Saturday. */
  weekdays!: readonly number[];
  /** `HH:MM`, Asia/Shanghai. */
  opens!: string;
  closes!: string;
}

export class ClosureDto {
  from!: string;
  to!: string;
  reason!: string;
}

export class PlaceHoursDto {
  weekly!: readonly HoursRuleDto[];
  holidays!: 'closed' | 'open';
  closures!: readonly ClosureDto[];
}

export class GcjPointDto {
  /** GCJ-02. */
  lat!: number;
  lng!: number;
}

/** One place with everything known of it. */
export class PlaceDto {
  id!: string;
  name!: string;
  category!: string;
  categoryName!: string;
  provider!: string;
  address!: string;
  phone!: string;
  location!: GcjPointDto;
  subdistrictId!: string | null;
  communityId!: string | null;
  hours!: PlaceHoursDto;
  hoursText!: string;
  openNow!: boolean;
  active!: boolean;
  sportsArea!: number | null;
  services!: readonly Offering[];
}

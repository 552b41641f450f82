import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { BookingState } from '@linli/contracts';
import { PagingDto } from '../http/paging.dto';
import { BookedServiceDto } from '../residents/bookings.dto';

export class StaffBookingQueryDto extends PagingDto {
  /** A hall or a place of the circle. */
  @IsString() @Length(1, 200) place!: string;
  /** `YYYY-MM-DD`; today when left out. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) on?: string;
}

export class StaffBookingDto {
  id!: string;
  number!: string;
  state!: BookingState;
  start!: Date;
  end!: Date;
  service!: BookedServiceDto;
  party!: number;
  note!: string | null;
  /** 姓*, when somebody books for another. */
  onBehalfOf!: string | null;
}

export class StaffBookingPageDto {
  items!: readonly StaffBookingDto[];
  nextCursor!: string | null;
}

export class DecideAppealDto {
  @IsIn(['upheld', 'lifted']) decision!: 'upheld' | 'lifted';
  @IsString() @Length(1, 500) reason!: string;
}

export class AppealedBanDto {
  id!: string;
  from!: Date;
  until!: Date;
  noShows!: number;
  /** In the resident's words. */
  appeal!: string | null;
  appealedAt!: Date | null;
  decision!: 'upheld' | 'lifted' | null;
}

export class AppealedBanPageDto {
  items!: readonly AppealedBanDto[];
  nextCursor!: null;
}

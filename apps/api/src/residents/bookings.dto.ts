import { Type } from 'class-transformer';
import {
  Equals,
  IsBoolean,
  IsInt,
  IsLatitude,
  IsLongitude,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { BookingState } from '@linli/contracts';

export class SlotRangeDto {
  /** First day, `YYYY-MM-DD`; today when left out. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) from?: string;
  /** Last day, included; at most 62 days after the first. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) to?: string;
}

export class SlotDto {
  id!: string;
  start!: Date;
  end!: Date;
  capacity!: number;
  free!: number;
}

export class SlotListDto {
  items!: readonly SlotDto[];
}

export class RepresentedDto {
  @IsString() @Length(1, 40) name!: string;
  @IsOptional() @Matches(/^\d{17}[\dXx]$/) idNumber?: string;
  @IsOptional() @Matches(/^1\d{10}$/) phone?: string;
  /** The person agreed to be booked for. */
  @IsBoolean() @Equals(true) consent!: boolean;
}

export class HoldDto {
  @IsString() @Length(1, 200) slotId!: string;
  /** How many come. */
  @IsOptional() @IsInt() @Min(1) @Max(1000) party?: number;
}

export class BookDto extends HoldDto {
  @IsOptional() @IsString() @Length(1, 200) note?: string;
  /** A hold that becomes this booking; found by itself when it is for the same slot. */
  @IsOptional() @IsUUID() holdId?: string;
  /** 代办: somebody else comes. */
  @IsOptional() @ValidateNested() @Type(() => RepresentedDto) onBehalfOf?: RepresentedDto;
}

export class RescheduleDto {
  @IsString() @Length(1, 200) slotId!: string;
}

export class SpotDto {
  @IsLatitude() lat!: number;
  @IsLongitude() lng!: number;
}

export class CheckInDto {
  /** The place whose code was scanned; checked against the booking's. */
  @IsOptional() @IsString() @Length(1, 200) placeId?: string;
  /** Where the resident is (GCJ-02), instead of a code: within 300 m of the place. */
  @IsOptional() @ValidateNested() @Type(() => SpotDto) spot?: SpotDto;
}

export class WaitDto {
  @IsOptional() @IsInt() @Min(1) @Max(1000) party?: number;
}

export class AppealDto {
  @IsString() @Length(1, 500) words!: string;
}

export class BookedSlotDto {
  id!: string;
  start!: Date;
  end!: Date;
}

export class BookedServiceDto {
  id!: string;
  name!: string;
}

export class ForWhomDto {
  name!: string;
}

export class BookingDto {
  id!: string;
  number!: string;
  state!: BookingState;
  slot!: BookedSlotDto;
  service!: BookedServiceDto;
  place!: BookedServiceDto;
  party!: number;
  note?: string;
  onBehalfOf?: ForWhomDto;
  /** Of a hold: until when the seat is kept. */
  heldUntil?: Date;
}

export class BookingPageDto {
  items!: readonly BookingDto[];
  nextCursor!: string | null;
}

export class WaitSlotDto {
  id!: string;
  start!: Date;
}

export class WaitingDto {
  id!: string;
  state!: 'waiting' | 'offered' | 'accepted' | 'lapsed' | 'left';
  slot!: WaitSlotDto;
  party!: number;
  /** How many are before them. */
  ahead!: number;
  /** The hold to accept, once a seat is offered. */
  bookingId!: string | null;
}

export class WaitingPageDto {
  items!: readonly WaitingDto[];
  nextCursor!: null;
}

export class BanDto {
  id!: string;
  from!: Date;
  until!: Date;
  noShows!: number;
  appealedAt!: Date | null;
  decision!: 'upheld' | 'lifted' | null;
  reason!: string | null;
}

export class BanPageDto {
  items!: readonly BanDto[];
  nextCursor!: null;
}

/** Hours of one day, `HH:MM` in Asia/Shanghai; `24:00` is the end of the day. */
export interface Hours {
  readonly from: string;
  readonly to: string;
}

/** When a desk is open week by week. */
export interface WeeklyOpening extends Hours {
  /** 0 = Sunday … 6 = Saturday. */
  readonly weekdays: readonly number[];
  /** Lunch and the like: no slot touches them. */
  readonly breaks?: readonly Hours[];
  /** Civil dates, both included. */
  readonly validFrom?: string;
  readonly validTo?: string;
  /** Seats a slot, where they differ from the desk's. */
  readonly capacity?: number;
}

/** Days, or hours of days, on which a desk is shut against its week. */
export interface Closure {
  readonly from: string;
  readonly to: string;
  /** Left out: whole days. */
  readonly hours?: Hours;
}

/** An opening on one day, holiday or not; no closure undoes it. */
export interface ExtraOpening extends Hours {
  readonly on: string;
  readonly capacity?: number;
}

/** What slots a desk has. */
export interface DeskRules {
  readonly slotMinutes: number;
  /** Seats a slot, shared by all services of the desk. */
  readonly capacity: number;
  /** `closed`: holidays are off, and make-up days (调休) are worked by a Wednesday's hours. `open`: the week goes on. */
  readonly onHolidays: 'closed' | 'open';
  readonly weekly: readonly WeeklyOpening[];
  readonly closures?: readonly Closure[];
  readonly extra?: readonly ExtraOpening[];
}

/** How bookings at a desk are dealt with; minutes count back from the start of a slot unless said otherwise. */
export interface DeskPolicy {
  readonly horizonWorkingDays: number;
  /** No booking later than this. */
  readonly lastMinutes: number;
  /** No cancelling or rescheduling by the resident later than this. */
  readonly cancelMinutes: number;
  /** How long a seat is held while a form is filled in. */
  readonly holdMinutes: number;
  /** How long a freed seat is offered to one who waits. */
  readonly offerMinutes: number;
  readonly checkInMinutesBefore: number;
  /** Counted from the end of the slot: then who has not come is a no-show (爽约). */
  readonly checkInMinutesAfter: number;
  readonly remindMinutes: number;
  /** 限制预约: so many no-shows within so many days stop bookings for so many days; 0 never does. */
  readonly noShows: { readonly most: number; readonly withinDays: number; readonly banDays: number };
}

/** The rules of running halls (five working days, ten minutes), where a desk names no others. */
export const usualPolicy: DeskPolicy = {
  horizonWorkingDays: 5,
  lastMinutes: 10,
  cancelMinutes: 120,
  holdMinutes: 5,
  offerMinutes: 15,
  checkInMinutesBefore: 30,
  checkInMinutesAfter: 0,
  remindMinutes: 24 * 60,
  noShows: { most: 3, withinDays: 90, banDays: 30 },
};

/** 预约点: seats at a place which the services of one desk share. */
export interface Desk {
  readonly id: string;
  /** A hall of the directory or a place of the circle. */
  readonly placeId: string;
  readonly placeName: string;
  readonly name: string;
  readonly subdistrictId: string;
  readonly department: { readonly id: string; readonly name: string };
  readonly rules: DeskRules;
  readonly policy: DeskPolicy;
}

/** How many bookings one person may have a day: one in a department, one of this service, or any number. */
export type DayLimit = 'department' | 'service' | 'none';

/** A service at a place, as residents book it. */
export interface Offering {
  /** `<place>.<catalogue service>` or `<hall>.<business>`. */
  readonly id: string;
  readonly deskId: string;
  readonly title: string;
  /** The catalogue's service, or the hall's business. */
  readonly serviceId: string;
  readonly partyMost: number;
  readonly perDay: DayLimit;
  readonly active: boolean;
}

/** An offering with its desk as they stand; `revision` grows with every change of the desk. */
export interface Bookable {
  readonly offering: Offering;
  readonly desk: Desk;
  readonly revision: number;
}

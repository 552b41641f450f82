import { localDate, openingWeekday, startOf, weekday, type LocalDate, type WorkCalendar } from '@linli/kernel';

/** One stretch of opening on some weekdays; a lunch break is the gap between two stretches. */
export interface HoursRule {
  /** 0 = Sunday … 6 = Saturday. */
  readonly weekdays: readonly number[];
  /** `HH:MM` in Asia/Shanghai. */
  readonly opens: string;
  /** Up to `24:00`; later than `opens`. */
  readonly closes: string;
}

export interface Closure {
  readonly from: LocalDate;
  /** The last day of it. */
  readonly to: LocalDate;
  readonly reason: string;
}

/** When a place is open. */
export interface Hours {
  readonly weekly: readonly HoursRule[];
  /** On public holidays: shut, or as on any such weekday. */
  readonly holidays: 'closed' | 'open';
  readonly closures: readonly Closure[];
}

export interface OpenSpan {
  readonly from: Date;
  readonly to: Date;
}

/** The stretches of opening on a date, earliest first; none when it is shut all day. */
export function openSpansOn(hours: Hours, on: LocalDate, calendar: WorkCalendar): OpenSpan[] {
  if (hours.closures.some(({ from, to }) => on >= from && on <= to)) return [];
  const day = hours.holidays === 'open' ? weekday(on) : openingWeekday(on, calendar);
  if (day === null) return [];
  return hours.weekly
    .filter((rule) => rule.weekdays.includes(day))
    .map(({ opens, closes }) => ({ from: instantOf(on, opens), to: instantOf(on, closes) }))
    .sort((a, b) => a.from.getTime() - b.from.getTime());
}

/** Whether it is open at an instant; the instant it closes it is shut. */
export function isOpenAt(hours: Hours, at: Date, calendar: WorkCalendar): boolean {
  return openSpansOn(hours, localDate(at), calendar).some(({ from, to }) => from <= at && at < to);
}

/** Whether it opens at all on a date. */
export function opensOn(hours: Hours, on: LocalDate, calendar: WorkCalendar): boolean {
  return openSpansOn(hours, on, calendar).length > 0;
}

function instantOf(on: LocalDate, clock: string): Date {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return new Date(startOf(on).getTime() + (hours * 60 + minutes) * 60_000);
}

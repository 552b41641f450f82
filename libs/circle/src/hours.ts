import { addDays, localDate, startOf, weekday, type LocalDate, type WorkCalendar } from '@linli/kernel';

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
  if (hours.holidays === 'closed' && isHoliday(on, calendar)) return [];
  const day = countsAs(on, hours, calendar);
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

/** A make-up day (调休上班) of a place that keeps holidays has the hours of a Monday. */
function countsAs(on: LocalDate, hours: Hours, calendar: WorkCalendar): number {
  const day = weekday(on);
  return hours.holidays === 'closed' && isWeekend(day) && calendar.isWorkingDay(on) ? 1 : day;
}

const longestHoliday = 12;

/** A run of days off that takes in a day from Monday to Friday is a holiday; a plain weekend is none. */
function isHoliday(on: LocalDate, calendar: WorkCalendar): boolean {
  if (calendar.isWorkingDay(on)) return false;
  if (!isWeekend(weekday(on))) return true;
  return meetsWeekday(on, 1, calendar) || meetsWeekday(on, -1, calendar);
}

function meetsWeekday(on: LocalDate, step: 1 | -1, calendar: WorkCalendar): boolean {
  let day = on;
  for (let count = 0; count < longestHoliday && !calendar.isWorkingDay(day); count += 1) {
    if (!isWeekend(weekday(day))) return true;
    day = addDays(day, step);
  }
  return false;
}

function isWeekend(day: number): boolean {
  return day === 0 || day === 6;
}

function instantOf(on: LocalDate, clock: string): Date {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return new Date(startOf(on).getTime() + (hours * 60 + minutes) * 60_000);
}

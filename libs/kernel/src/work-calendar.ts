import { addDays, daysBetween, weekday, type LocalDate } from './local-date';
import { isStatutoryDay } from './work-calendar-statutory';

/** One year's holidays as the State Council's notice sets them (国务院办公厅节假日安排通知); both ends belong to a holiday. */
export interface CalendarYear {
  readonly year: number;
  readonly notice: string;
  readonly holidays: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** 调休: weekend days on which everybody works. */
  readonly makeUpDays: readonly string[];
}

/** A span in whole days, as limits are written: 工作日 or 自然日. */
export interface DaySpan {
  readonly days: number;
  readonly unit: 'workingDay' | 'naturalDay';
}

/** A date reached by counting; `provisional` when part of the count lies outside the years with a notice. */
export interface CountedDate {
  readonly on: LocalDate;
  readonly provisional: boolean;
}

/** Which days are working days, and dates counted in them (行政许可法 §82). */
export interface WorkCalendar {
  isWorkingDay(on: LocalDate): boolean;
  /** The day a span ends when the day after `from` is day one. */
  addDays(from: LocalDate, span: DaySpan): CountedDate;
  /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
  workingDaysBetween(from: LocalDate, to: LocalDate): number;
  /** The last day up to which every year has a notice; null without any. */
  readonly coveredUntil: LocalDate | null;
}

function everyDay(from: string, to: string): LocalDate[] {
  const first = from as LocalDate;
  const length = daysBetween(first, to as LocalDate) + 1;
  return Array.from({ length: Math.max(0, length) }, (_, index) => addDays(first, index));
}

function isWeekend(on: LocalDate): boolean {
  return weekday(on) === 0 || weekday(on) === 6;
}

/** The last year before the first gap. */
function lastInRow(years: ReadonlySet<number>): number {
  let last = Math.min(...years);
  while (years.has(last + 1)) last += 1;
  return last;
}

/**
 * The calendar of the given years. Days of other years are judged by weekends and the thirteen statutory days, and
 * every date counted through them is provisional.
 */
export function workCalendar(years: readonly CalendarYear[]): WorkCalendar {
  const covered = new Set(years.map((one) => one.year));
  const off = new Set(years.flatMap((one) => one.holidays.flatMap(({ from, to }) => everyDay(from, to))));
  const makeUp = new Set<string>(years.flatMap((one) => one.makeUpDays));
  const isCovered = (on: LocalDate): boolean => covered.has(Number(on.slice(0, 4)));
  // A notice may reach into the neighbouring year, so named days count whether or not their own year is covered.
  const isWorkingDay = (on: LocalDate): boolean => {
    if (makeUp.has(on)) return true;
    if (off.has(on) || isWeekend(on)) return false;
    return isCovered(on) || !isStatutoryDay(on);
  };
  const workingDaysAfter = (from: LocalDate, to: LocalDate): number =>
    everyDay(addDays(from, 1), to).filter(isWorkingDay).length;

  return {
    isWorkingDay,
    addDays: (from, { days, unit }) => {
      if (unit === 'naturalDay') return { on: addDays(from, days), provisional: false };
      let on = from;
      let provisional = false;
      for (let left = days; left > 0;) {
        on = addDays(on, 1);
        provisional ||= !isCovered(on);
        if (isWorkingDay(on)) left -= 1;
      }
      return { on, provisional };
    },
    workingDaysBetween: (from, to) => (to < from ? -workingDaysAfter(to, from) : workingDaysAfter(from, to)),
    coveredUntil: covered.size === 0 ? null : (`${lastInRow(covered)}-12-31` as LocalDate),
  };
}

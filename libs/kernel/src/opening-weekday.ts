import { addDays, weekday, type LocalDate } from './local-date';
import type { WorkCalendar } from './work-calendar';

/** Wednesday: many places rest on Mondays, and many offices close on Friday afternoons. */
const ordinaryWeekday = 3;
const longestHoliday = 12;

/**
 * The weekday (0 = Sunday) whose hours a place that keeps holidays has on a date; null on a holiday, when it is shut. A
 * make-up day (调休上班) has the hours of a Wednesday; a weekend that a holiday takes in is part of it.
 */
export function openingWeekday(on: LocalDate, calendar: WorkCalendar): number | null {
  const day = weekday(on);
  if (calendar.isWorkingDay(on)) return isWeekend(day) ? ordinaryWeekday : day;
  return isHoliday(on, calendar) ? null : day;
}

/** A run of days off that takes in a day from Monday to Friday is a holiday; a plain weekend is none. */
function isHoliday(on: LocalDate, calendar: WorkCalendar): boolean {
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

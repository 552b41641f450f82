import { addDays, parseLocalDate, weekday, type LocalDate } from './local-date';
import { workCalendar, type CalendarYear } from './work-calendar';
import { isStatutoryDay } from './work-calendar-statutory';

type Json = Readonly<Record<string, unknown>>;

/** A year read from a file, or one sentence for each thing that is wrong with it. */
export type ReadYear =
  { readonly ok: true; readonly year: CalendarYear } | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads a year's notice (国务院办公厅节假日安排通知). A file that leaves out one of the thirteen statutory days, or has people
 * work on an ordinary weekday by name, was copied wrong, and every date counted with it would be too.
 */
export function readCalendarYear(json: unknown): ReadYear {
  const file: Json = typeof json === 'object' && json !== null ? (json as Json) : {};
  const problems: string[] = [];
  const year = file['year'];
  if (typeof year !== 'number' || !Number.isInteger(year) || year < 2000 || year > 2100)
    return { ok: false, problems: ['year must be a whole number such as 2027'] };
  const notice = textIn(file, 'notice');
  if (notice === '') problems.push('notice must name the notice the days come from');
  const holidays = listIn(file, 'holidays', problems).flatMap((one, at) => holidayOf(one, at, year, problems));
  const makeUpDays = listIn(file, 'makeUpDays', problems).flatMap((one, at) =>
    dayOf(one, `makeUpDays[${at}]`, year, problems),
  );
  for (const on of makeUpDays) {
    if (![0, 6].includes(weekday(on))) problems.push(`makeUpDays: ${on} is no weekend day`);
    if (holidays.some(({ from, to }) => from <= on && on <= to)) problems.push(`makeUpDays: ${on} is a holiday`);
  }
  const read: CalendarYear = { year, notice, holidays, makeUpDays };
  if (problems.length === 0) problems.push(...missingDays(read));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, year: read };
}

function textIn(file: Json, name: string): string {
  const value = file[name];
  return typeof value === 'string' ? value.trim() : '';
}

function listIn(file: Json, name: string, problems: string[]): readonly unknown[] {
  const value = file[name];
  if (Array.isArray(value)) return value;
  problems.push(`${name} must be a list`);
  return [];
}

/** A day of the year, or of the weeks around it, into which holidays reach. */
function dayOf(value: unknown, at: string, year: number, problems: string[]): LocalDate[] {
  const on = typeof value === 'string' ? parseLocalDate(value) : null;
  if (on !== null && on >= `${year - 1}-12-15` && on <= `${year + 1}-01-15`) return [on];
  problems.push(`${at} must be a day of ${year}, written like ${year}-01-01`);
  return [];
}

function holidayOf(
  value: unknown,
  at: number,
  year: number,
  problems: string[],
): { name: string; from: LocalDate; to: LocalDate }[] {
  const holiday: Json = typeof value === 'object' && value !== null ? (value as Json) : {};
  const [from] = dayOf(holiday['from'], `holidays[${at}].from`, year, problems);
  const [to] = dayOf(holiday['to'], `holidays[${at}].to`, year, problems);
  const name = textIn(holiday, 'name');
  if (name === '') problems.push(`holidays[${at}].name is missing`);
  if (from === undefined || to === undefined) return [];
  if (to < from) problems.push(`holidays[${at}] ends before it begins`);
  return [{ name, from, to }];
}

/** The statutory days of the year on which the file would have people work. */
function missingDays(year: CalendarYear): string[] {
  const calendar = workCalendar([year]);
  const first = `${year.year}-01-01` as LocalDate;
  const days = Array.from({ length: 366 }, (_, offset) => addDays(first, offset));
  return days
    .filter((on) => on.startsWith(String(year.year)) && isStatutoryDay(on) && calendar.isWorkingDay(on))
    .map((on) => `holidays: ${on} is a statutory day and missing`);
}

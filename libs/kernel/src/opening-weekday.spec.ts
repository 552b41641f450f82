import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalDate } from './local-date';
import { openingWeekday } from './opening-weekday';
import { workCalendar, type CalendarYear } from './work-calendar';

const read = (year: number): CalendarYear =>
  JSON.parse(readFileSync(join(__dirname, `../../../config/calendar/${year}.json`), 'utf8')) as CalendarYear;
const notices = workCalendar([read(2025), read(2026)]);
/** Off from Wednesday to Friday, worked for on the Saturday after. */
const short = workCalendar([
  {
    year: 2026,
    notice: '',
    holidays: [{ name: '', from: '2026-07-01', to: '2026-07-03' }],
    makeUpDays: ['2026-07-04'],
  },
]);

describe('the weekday whose hours count', () => {
  it.each([
    ['an ordinary Monday', '2026-03-09', 1],
    ['an ordinary Friday', '2026-03-13', 5],
    ['a plain Saturday', '2026-03-14', 6],
    ['a plain Sunday', '2026-03-15', 0],
    ['a Tuesday in the spring festival', '2026-02-17', null],
    ['the Saturday in the middle of the spring festival', '2026-02-21', null],
    ['the Sunday with which it begins', '2026-02-15', null],
    ['a make-up Saturday after it', '2026-02-28', 3],
    ['the plain Sunday after that', '2026-03-01', 0],
    ['a make-up Sunday before National Day', '2026-09-20', 3],
    ['a Saturday within National Day', '2026-10-03', null],
    ['the Saturday before Tomb-Sweeping Monday', '2026-04-04', null],
    ['National Day beyond the notices', '2027-10-01', null],
    ['the Sunday after it, which its Friday takes in', '2027-10-03', null],
  ])('%s', (_what, on, day) => expect(openingWeekday(on as LocalDate, notices)).toBe(day));

  it.each([
    ['the make-up Saturday right after a holiday', '2026-07-04', 3],
    ['the Sunday behind it is no part of the holiday', '2026-07-05', 0],
    ['its last day', '2026-07-03', null],
  ])('%s', (_what, on, day) => expect(openingWeekday(on as LocalDate, short)).toBe(day));

  it('ends with a calendar that has no working day', () => {
    const idle = { ...notices, isWorkingDay: () => false };
    expect(openingWeekday('2026-03-14' as LocalDate, idle)).toBeNull();
  });
});

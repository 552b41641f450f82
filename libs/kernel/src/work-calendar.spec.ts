import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, localDate, parseLocalDate, type LocalDate } from './local-date';
import { workCalendar, type CalendarYear } from './work-calendar';
import { isStatutoryDay } from './work-calendar-statutory';

const root = join(__dirname, '../../..');
const read = (year: number): CalendarYear =>
  JSON.parse(readFileSync(join(root, `config/calendar/${year}.json`), 'utf8')) as CalendarYear;
const calendar = workCalendar([read(2025), read(2026)]);
const day = (text: string): LocalDate => {
  const on = parseLocalDate(text);
  if (!on) throw new Error(`${text} is no date`);
  return on;
};

describe('working days', () => {
  it.each([
    ['an ordinary Monday', '2026-03-09', true],
    ['a Saturday', '2026-03-14', false],
    ['a Monday inside a holiday', '2026-02-16', false],
    ['a Saturday worked in exchange', '2026-02-28', true],
    ['a Sunday worked in exchange', '2026-09-20', true],
    ['a Sunday beyond the notices', '2027-03-14', false],
    ['the eve of the spring festival beyond the notices', '2027-02-05', false],
    ['a Tuesday beyond the notices', '2027-03-16', true],
  ])('judges %s', (_what, on, working) => expect(calendar.isWorkingDay(day(on))).toBe(working));

  it.each([
    ['the day after is day one', '2026-03-09', 1, '2026-03-10'],
    ['over a weekend', '2026-03-13', 1, '2026-03-16'],
    ['over the spring festival and its worked Saturdays', '2026-02-13', 5, '2026-02-27'],
    ['a worked Sunday counts', '2026-09-18', 1, '2026-09-20'],
    ['no days at all', '2026-03-14', 0, '2026-03-14'],
  ])('counts: %s', (_what, from, days, on) => {
    expect(calendar.addDays(day(from), { days, unit: 'workingDay' })).toEqual({ on, provisional: false });
    expect(calendar.workingDaysBetween(day(from), day(on))).toBe(days);
    expect(calendar.workingDaysBetween(day(on), day(from))).toBe(days === 0 ? 0 : -days);
  });

  it('counts natural days straight through', () => {
    expect(calendar.addDays(day('2026-02-13'), { days: 15, unit: 'naturalDay' })).toEqual({
      on: '2026-02-28',
      provisional: false,
    });
  });

  it('marks what is counted past the last notice', () => {
    expect(calendar.coveredUntil).toBe('2026-12-31');
    expect(calendar.addDays(day('2026-12-29'), { days: 2, unit: 'workingDay' })).toEqual({
      on: '2026-12-31',
      provisional: false,
    });
    expect(calendar.addDays(day('2026-12-31'), { days: 1, unit: 'workingDay' })).toEqual({
      on: '2027-01-04',
      provisional: true,
    });
    expect(workCalendar([]).coveredUntil).toBeNull();
    expect(workCalendar([read(2025), { ...read(2026), year: 2027 }]).coveredUntil).toBe('2025-12-31');
  });
});

describe('statutory days', () => {
  it.each([
    [2025, 13],
    [2026, 13],
    [2027, 13],
    // 中秋 meets 国庆节.
    [2028, 12],
    [2030, 13],
    [2031, 12],
  ])('%i has thirteen, one fewer when two fall together', (year, count) => {
    const first = day(`${year}-01-01`);
    const all = Array.from({ length: 365 }, (_, index) => addDays(first, index)).filter(isStatutoryDay);
    expect(all).toHaveLength(count);
  });

  it.each([2025, 2026])('of %i all lie within the holidays of its notice', (year) => {
    const noticed = workCalendar([read(year)]);
    const first = day(`${year}-01-01`);
    const all = Array.from({ length: 365 }, (_, index) => addDays(first, index)).filter(isStatutoryDay);
    expect(all.filter((on) => noticed.isWorkingDay(on))).toEqual([]);
  });
});

describe('the years kept in config/calendar', () => {
  const folder = join(process.env['SHARED_DATA'] ?? join(root, '../shared/data'), 'holidays');

  it.each([2025, 2026])('%i agrees with a published list, where one is at hand', (year) => {
    const path = join(folder, `${year}.json`);
    if (!existsSync(path)) return;
    const { days } = JSON.parse(readFileSync(path, 'utf8')) as { days: { date: string; isOffDay: boolean }[] };
    const ours = read(year);
    const off = ours.holidays.flatMap(({ from, to }) => {
      const list: string[] = [];
      for (let on = day(from); on <= to; on = addDays(on, 1)) list.push(on);
      return list;
    });
    expect(off).toEqual(days.filter((one) => one.isOffDay).map((one) => one.date));
    expect([...ours.makeUpDays]).toEqual(days.filter((one) => !one.isOffDay).map((one) => one.date));
  });

  it('has no make-up day on a weekday', () => {
    const makeUp = [read(2025), read(2026)].flatMap((one) => one.makeUpDays);
    expect(makeUp.filter((on) => ![0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay()))).toEqual([]);
    expect(localDate(new Date('2026-03-10T16:00:00Z'))).toBe('2026-03-11');
  });
});

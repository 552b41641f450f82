import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCalendarYear } from './calendar-year';

const file = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(__dirname, '../../../config/calendar/2026.json'), 'utf8')) as Record<string, unknown>;
const holidays = file()['holidays'] as { name: string; from: string; to: string }[];

describe('a year of the calendar', () => {
  it('that ships is sound', () => expect(readCalendarYear(file())).toEqual({ ok: true, year: file() }));

  it.each([
    ['no year', { year: '2026' }, /^year must/],
    ['no notice', { notice: ' ' }, /^notice must/],
    ['no list', { holidays: {} }, /^holidays must be a list/],
    ['a date that is none', { makeUpDays: ['2026-02-30'] }, /^makeUpDays\[0\] must be a day of 2026/],
    ['a day of another year', { makeUpDays: ['2027-02-28'] }, /^makeUpDays\[0\]/],
    ['a weekday worked by name', { makeUpDays: ['2026-02-27'] }, /2026-02-27 is no weekend day/],
    ['work on a holiday', { makeUpDays: ['2026-02-15'] }, /2026-02-15 is a holiday/],
    ['a holiday turned round', { holidays: [{ name: '春节', from: '2026-02-23', to: '2026-02-15' }] }, /ends before/],
    ['a holiday without a name', { holidays: [{ from: '2026-02-15', to: '2026-02-23' }] }, /name is missing/],
    ['a festival left out', { holidays: holidays.slice(0, -1) }, /2026-10-01 is a statutory day/],
  ])('with %s is refused', (_what, change, said) => {
    const read = readCalendarYear({ ...file(), ...change });
    expect(read.ok ? [] : read.problems.join('\n')).toMatch(said);
  });

  it('that is no object is refused', () => expect(readCalendarYear(null)).toMatchObject({ ok: false }));
});

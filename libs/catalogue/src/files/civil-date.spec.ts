import { civilDate } from './civil-date';

describe('a date in a file', () => {
  it.each<[unknown, string | null]>([
    ['2026-1-5', '2026-01-05'],
    ['2026/01/05', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['2026.1.5', '2026-01-05'],
    ['20260105', '2026-01-05'],
    [46027, '2026-01-05'],
    ['46027', '2026-01-05'],
    [new Date('2026-01-05T00:00:00Z'), '2026-01-05'],
    ['2026-01-05 00:00:00', '2026-01-05'],
    [' 2026-01-05 ', '2026-01-05'],
    ['2026-02-30', null],
    ['2026年13月1日', null],
    ['20261301', null],
    ['2025-02-29', null],
    [20260105, null],
    [7, null],
    ['tomorrow', null],
    ['', null],
    [true, null],
    [new Date(Number.NaN), null],
  ])('%p is %p', (told, date) => expect(civilDate(told)).toBe(date));
});

import { addDays, parseLocalDate, type LocalDate } from '@linli/kernel';

/** The shapes a date may have in a file, for whoever has to mend one. */
export const datesToldAs = '2026-01-05, 2026/1/5, 2026年1月5日, 20260105 or a date cell of the spreadsheet';

// Serial numbers of 1954 and 2119: beyond, a number is more likely something else.
const serials = { first: 20_000, last: 80_000 };
// Day 0 such that day 60 is the 29 February 1900 Excel believes in and all later days are right.
const serialZero = '1899-12-30' as LocalDate;

/** The civil date a cell tells, whichever of the five usual shapes it has; null for what is no day of the calendar. */
export function civilDate(told: unknown): LocalDate | null {
  if (told instanceof Date)
    return Number.isNaN(told.getTime()) ? null : parseLocalDate(told.toISOString().slice(0, 10));
  if (typeof told === 'number') return ofSerial(told);
  if (typeof told !== 'string') return null;
  const text = told.trim();
  if (/^\d{5}(\.0+)?$/.test(text)) return ofSerial(Number(text));
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?Z?)?$/.exec(text);
  if (!parts) return null;
  const [, year = '', month = '', day = ''] = parts;
  return parseLocalDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

function ofSerial(serial: number): LocalDate | null {
  const day = Math.floor(serial);
  return day >= serials.first && day <= serials.last ? addDays(serialZero, day) : null;
}

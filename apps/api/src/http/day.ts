import { localDate, parseLocalDate, Refusal, type LocalDate } from '@linli/kernel';

/** A day named in a request, or today in Asia/Shanghai; refuses what is no date of the calendar. */
export function dayOf(text: string | undefined, now: Date, at = 'on'): LocalDate {
  if (text === undefined) return localDate(now);
  const day = parseLocalDate(text);
  if (day === null) throw new Refusal('request.invalid', [{ at, problem: '日期不对，请写成 2026-03-10 这样的形式' }]);
  return day;
}

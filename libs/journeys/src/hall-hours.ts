import { localDate, weekday } from '@linli/kernel';

interface Hours {
  /** 0 = Sunday … 6 = Saturday. */
  readonly weekdays: readonly number[];
  /** `HH:MM` in Asia/Shanghai; `24:00` is the end of the day. */
  readonly opens: string;
  readonly closes: string;
}

/** Whether a hall is open at an instant, by its own hours. */
export function isOpen(hours: readonly Hours[], now: Date): boolean {
  const today = weekday(localDate(now));
  const time = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
  return hours.some((span) => span.weekdays.includes(today) && span.opens <= time && time < span.closes);
}

const dayNames = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** Hours in words: `每天 00:00—24:00`, `周一至周五 09:00—17:00`. */
export function hoursInWords(hours: readonly Hours[]): string {
  return hours.map((span) => `${daysInWords(span.weekdays)} ${span.opens}—${span.closes}`).join('，');
}

function daysInWords(days: readonly number[]): string {
  if (days.length === 7) return '每天';
  // The week is read from Monday.
  const sorted = [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  const unbroken = ((last + 6) % 7) - ((first + 6) % 7) === sorted.length - 1;
  if (unbroken && sorted.length > 2) return `${dayNames[first] ?? ''}至${dayNames[last] ?? ''}`;
  return sorted.map((day) => dayNames[day] ?? '').join('、');
}

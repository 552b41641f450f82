import { daysBetween, type CountedDate, type DaySpan, type LocalDate, type WorkCalendar } from '@linli/kernel';
import type { Stop } from './case';

/**
 * The day a span ends that began the day after `from`, while the clock stood during `stops` (行政许可法 §45). A stop's
 * first day is spent, its last one is not; an open stop is counted as if it ended today's count: nothing after it is spent.
 */
export function endOfSpan(
  from: LocalDate,
  span: DaySpan,
  stops: readonly Pick<Stop, 'from' | 'to'>[],
  calendar: WorkCalendar,
): CountedDate {
  const between = (one: LocalDate, other: LocalDate): number =>
    span.unit === 'workingDay' ? calendar.workingDaysBetween(one, other) : daysBetween(one, other);
  let start = from;
  let left = span.days;
  for (const stop of [...stops].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    const spent = Math.max(0, between(start, stop.from));
    if (left <= spent) break;
    if (stop.to === null || stop.to <= start) continue;
    left -= spent;
    start = stop.to;
  }
  return calendar.addDays(start, { days: left, unit: span.unit });
}

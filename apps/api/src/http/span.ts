import type { TimeSpan } from '@linli/booking';
import { addDays, localDate, Refusal, startOf } from '@linli/kernel';

const zoned = /T.*(Z|[+-]\d{2}:\d{2})$/;
const longestMs = 31 * 86_400_000;

/**
 * A span of time named in a request, up to the end of its first day in Asia/Shanghai when no end is given; null when none
 * is. Refuses instants without a zone, since they are two, and spans that end before they begin or last over a month.
 */
export function spanOf(from: string | undefined, to: string | undefined): TimeSpan | null {
  if (from === undefined && to === undefined) return null;
  const first = instantOf(from, 'freeFrom');
  const last = to === undefined ? startOf(addDays(localDate(first), 1)) : instantOf(to, 'freeTo');
  if (last <= first || last.getTime() - first.getTime() > longestMs)
    throw new Refusal('request.invalid', [{ at: 'freeTo', problem: '结束时间要晚于开始时间，最多相隔 31 天' }]);
  return { from: first, to: last };
}

function instantOf(text: string | undefined, at: string): Date {
  const instant = new Date(text !== undefined && zoned.test(text) ? text : NaN);
  if (Number.isNaN(instant.getTime()))
    throw new Refusal('request.invalid', [{ at, problem: '时间要带时区，写成 2026-03-11T14:00:00+08:00 这样' }]);
  return instant;
}

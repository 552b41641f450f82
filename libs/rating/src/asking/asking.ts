import { addDays, localDate, startOf } from '@linli/kernel';
import type { ServiceKind } from '@linli/contracts';
import type { RatingLimits } from '../limits';

type Hours = RatingLimits['asking'];

const hour = 3_600_000;
const minute = 60_000;
/** The platform carries words to a resident for so long after they spoke. */
const reachable = 48 * hour;

/** Whether it is an hour of the day at which a resident may be asked (Asia/Shanghai). */
export function isDecent(now: Date, { fromHour, untilHour }: Hours): boolean {
  const into = now.getTime() - startOf(localDate(now)).getTime();
  return into >= fromHour * hour && into < untilHour * hour;
}

/** The next decent moment, which may be now. */
export function decentFrom(at: Date, hours: Hours): Date {
  if (isDecent(at, hours)) return at;
  const today = startOf(localDate(at)).getTime() + hours.fromHour * hour;
  return new Date(at.getTime() < today ? today : startOf(addDays(localDate(at), 1)).getTime() + hours.fromHour * hour);
}

/** When to ask about a service: a booking is kept on arrival, and what it was like is known later. */
export function askAt(kind: ServiceKind, at: Date, hours: Hours): Date {
  const wait = kind === 'bookingKept' ? hours.afterBookingMinutes * minute : 0;
  return decentFrom(new Date(at.getTime() + wait), hours);
}

/** When to remind of a question, once. */
export function remindAt(askedAt: Date, hours: Hours): Date {
  return decentFrom(new Date(askedAt.getTime() + hours.reminderAfterDays * 24 * hour), hours);
}

/** Whether words still reach a resident who spoke then. */
export function isReachable(lastSpokeAt: Date | null, now: Date): boolean {
  return lastSpokeAt !== null && now.getTime() - lastSpokeAt.getTime() < reachable;
}

import { localDate, addDays, Refusal, startOf } from '@linli/kernel';
import type { Booking } from './booking';
import type { DeskPolicy } from './desk';

const minuteMs = 60_000;

/** Refuses what comes too late, or for a booking that is over. */
export function checkCanChange(booking: Booking, policy: DeskPolicy, now: Date): void {
  if (booking.state === 'held') return;
  if (booking.state !== 'booked') throw new Refusal('booking.wrongState');
  if (now.getTime() > booking.start.getTime() - policy.cancelMinutes * minuteMs)
    throw new Refusal('booking.cancelTooLate');
}

/** Refuses a check-in outside its time, or at another place than the booking's. */
export function checkCanCheckIn(booking: Booking, policy: DeskPolicy, now: Date, placeId: string | undefined): void {
  if (booking.state !== 'booked') throw new Refusal('booking.wrongState');
  if (placeId !== undefined && placeId !== booking.placeId) throw new Refusal('booking.wrongPlace');
  if (!isCheckInOpen(booking, policy, now)) throw new Refusal('booking.checkInClosed');
}

/** Whether now is the time to check in. */
export function isCheckInOpen({ start, end }: Pick<Booking, 'start' | 'end'>, policy: DeskPolicy, now: Date): boolean {
  const opens = start.getTime() - policy.checkInMinutesBefore * minuteMs;
  const closes = end.getTime() + policy.checkInMinutesAfter * minuteMs;
  return opens <= now.getTime() && now.getTime() < closes;
}

/** When a booking that nobody came for is a no-show. */
export function noShowAt({ end }: { readonly end: Date }, policy: DeskPolicy): Date {
  return new Date(end.getTime() + policy.checkInMinutesAfter * minuteMs);
}

/** When to remind; null when that moment has passed, since who books late needs no reminder. */
export function remindAt(start: Date, policy: DeskPolicy, now: Date): Date | null {
  const at = new Date(start.getTime() - policy.remindMinutes * minuteMs);
  return policy.remindMinutes > 0 && at > now ? at : null;
}

/** How long a freed seat is kept for one who waits; null when the slot begins too soon to offer it. */
export function offerUntil(start: Date, policy: DeskPolicy, now: Date): Date | null {
  const until = Math.min(
    now.getTime() + policy.offerMinutes * minuteMs,
    start.getTime() - policy.lastMinutes * minuteMs,
  );
  return until > now.getTime() ? new Date(until) : null;
}

/** 限制预约: the end of the ban so many no-shows bring; null when they bring none. */
export function banUntil(noShows: number, policy: DeskPolicy, now: Date): Date | null {
  const { most, banDays } = policy.noShows;
  if (most === 0 || noShows < most) return null;
  return startOf(addDays(localDate(now), banDays + 1));
}

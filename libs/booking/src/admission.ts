import { localDate, Refusal, type LocalDate } from '@linli/kernel';
import type { BookingRequest } from './booking';
import type { Bookable } from './desk';
import { earliestStart, type Slot } from './slots';

const noteLongest = 200;

/** The slot a request is for, if its day has it and it can be booked now, up to the `last` day; refuses with the reason otherwise. */
export function admit(
  { offering, desk }: Bookable,
  { slots, last }: { readonly slots: readonly Slot[]; readonly last: LocalDate },
  start: Date,
  request: Pick<BookingRequest, 'party' | 'note' | 'onBehalfOf'>,
  now: Date,
): Slot {
  checkWords(request);
  if (!offering.active) throw new Refusal('booking.offeringNotFound');
  if (request.party > offering.partyMost)
    throw new Refusal('booking.partyTooLarge', [{ at: 'party', problem: `一次最多预约${offering.partyMost}人` }]);
  const slot = slots.find((one) => one.start.getTime() === start.getTime());
  if (!slot) throw new Refusal('booking.slotNotFound');
  if (start < earliestStart(desk.policy, now)) throw new Refusal('booking.slotPassed');
  if (localDate(start) > last) throw new Refusal('booking.beyondHorizon');
  return slot;
}

function checkWords({ note, onBehalfOf }: Pick<BookingRequest, 'note' | 'onBehalfOf'>): void {
  if (note !== undefined && note.length > noteLongest)
    throw new Refusal('request.invalid', [{ at: 'note', problem: `备注最多${noteLongest}个字` }]);
  // 老年人权益保障法 §55: it must be the elder's own will.
  if (onBehalfOf && !onBehalfOf.consent)
    throw new Refusal('booking.consentMissing', [{ at: 'onBehalfOf.consent', problem: '请先得到本人同意' }]);
}

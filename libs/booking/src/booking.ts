import type { BookingFacts, BookingState, BookingSummary } from '@linli/contracts';
import { localDate, type LocalDate } from '@linli/kernel';
import type { Bookable } from './desk';
import { slotId } from './slot-id';

/** The elder or other person an agent books for (代办), who agreed to it. */
export interface Represented {
  readonly name: string;
  readonly idNumber?: string;
  readonly phone?: string;
}

/** What a resident wrote on a booking; sealed at rest. */
export interface BookingWords {
  readonly note?: string;
  readonly onBehalfOf?: Represented;
}

/** 预约: a seat at a place and time. */
export interface Booking {
  readonly id: string;
  readonly number: string;
  readonly state: BookingState;
  readonly offeringId: string;
  readonly title: string;
  readonly serviceId: string;
  readonly deskId: string;
  readonly placeId: string;
  readonly placeName: string;
  readonly subdistrictId: string;
  readonly department: { readonly id: string; readonly name: string };
  readonly start: Date;
  readonly end: Date;
  /** Who booked, and the key of who comes. */
  readonly residentId: string;
  readonly person: string;
  readonly onBehalf: boolean;
  readonly party: number;
  readonly heldUntil: Date | null;
  readonly waitId: string | null;
  readonly madeAt: Date;
  readonly words: BookingWords;
}

/** A booking as its owner sees it. */
export interface BookingView {
  readonly id: string;
  readonly number: string;
  readonly state: BookingState;
  readonly slot: { readonly id: string; readonly start: Date; readonly end: Date };
  readonly service: { readonly id: string; readonly name: string };
  readonly place: { readonly id: string; readonly name: string };
  readonly party: number;
  readonly note?: string;
  readonly onBehalfOf?: { readonly name: string };
  /** Of a hold: until when the seat is kept. */
  readonly heldUntil?: Date;
}

/** What is asked for when a booking is made. */
export interface BookingRequest {
  readonly residentId: string;
  readonly slotId: string;
  readonly party: number;
  readonly note?: string;
  readonly onBehalfOf?: Represented & { readonly consent: boolean };
}

/** A slot's row: its desk and when it begins. */
export interface SlotKey {
  readonly deskId: string;
  readonly start: Date;
}

export function viewOf(booking: Booking): BookingView {
  const { id, number, state, offeringId, start, end, title, placeId, placeName, party, words, heldUntil } = booking;
  return {
    id,
    number,
    state,
    slot: { id: slotId({ offeringId, start }), start, end },
    service: { id: offeringId, name: title },
    place: { id: placeId, name: placeName },
    party,
    ...(words.note === undefined ? {} : { note: words.note }),
    ...(words.onBehalfOf === undefined ? {} : { onBehalfOf: { name: words.onBehalfOf.name } }),
    ...(heldUntil === null ? {} : { heldUntil }),
  };
}

export function summaryOf({ id, number, state, title, placeName, start, end, party }: Booking): BookingSummary {
  return { id, number, state, title, placeName, start, end, party };
}

export function factsOf(booking: Booking): BookingFacts {
  const { id, number, offeringId, title, serviceId, placeId, placeName, department, subdistrictId } = booking;
  const { residentId, onBehalf, party, start, end } = booking;
  return {
    ...{ bookingId: id, number, offeringId, title, serviceId, placeId, placeName, department, subdistrictId },
    ...{ residentId, onBehalf, party, start: start.toISOString(), end: end.toISOString() },
  };
}

/** What may be there once for a person and a day, by the offering's rule; null when any number may. */
export function limitKey({ offering, desk }: Bookable): string | null {
  if (offering.perDay === 'none') return null;
  return offering.perDay === 'department' ? `d:${desk.department.id}` : `s:${offering.id}`;
}

/** The civil date a slot belongs to. */
export function dayOf(start: Date): LocalDate {
  return localDate(start);
}

/** Whether a booking is in that slot of that service already. */
export function isThere(booking: Booking, { offering }: Bookable, start: Date): boolean {
  return booking.offeringId === offering.id && booking.start.getTime() === start.getTime();
}

/** The booking in another slot. */
export function movedTo(booking: Booking, { offering, desk }: Bookable, slot: { start: Date; end: Date }): Booking {
  return {
    ...booking,
    ...{ offeringId: offering.id, title: offering.title, serviceId: offering.serviceId, deskId: desk.id },
    ...{ placeId: desk.placeId, placeName: desk.placeName, subdistrictId: desk.subdistrictId },
    ...{ department: desk.department, start: slot.start, end: slot.end },
  };
}

/** A booking as a conversation tells it. */
export function summarise({ id, number, state, service, place, slot, party }: BookingView): BookingSummary {
  return { id, number, state, title: service.name, placeName: place.name, start: slot.start, end: slot.end, party };
}

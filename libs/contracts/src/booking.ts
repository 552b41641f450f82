export type BookingState = 'held' | 'booked' | 'checkedIn' | 'cancelled' | 'noShow' | 'expired';

/** Facts every booking event carries, so that no subscriber must read another feature's tables. */
export interface BookingFacts {
  readonly bookingId: string;
  readonly number: string;
  readonly offeringId: string;
  /** What is booked. */
  readonly title: string;
  readonly serviceId: string;
  /** A hall of the directory or a place of the circle. */
  readonly placeId: string;
  readonly placeName: string;
  readonly department: { readonly id: string; readonly name: string };
  readonly subdistrictId: string;
  /** Who booked. */
  readonly residentId: string;
  /** Booked for somebody else who agreed. */
  readonly onBehalf: boolean;
  readonly party: number;
  /** ISO instants. */
  readonly start: string;
  readonly end: string;
}

/** A booking in a resident's list. */
export interface BookingSummary {
  readonly id: string;
  readonly number: string;
  readonly state: BookingState;
  readonly title: string;
  readonly placeName: string;
  readonly start: Date;
  readonly end: Date;
  readonly party: number;
}

/** A free time as a list in chat offers it. */
export interface SlotChoice {
  readonly slotId: string;
  readonly placeName: string;
  readonly start: Date;
  readonly end: Date;
  readonly free: number;
}

/** 候补 in a resident's list. */
export interface WaitSummary {
  readonly id: string;
  readonly title: string;
  readonly placeName: string;
  readonly start: Date;
  /** How many are before them. */
  readonly ahead: number;
}

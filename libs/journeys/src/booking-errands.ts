import { Injectable } from '@nestjs/common';
import { BookingService, DeskBook, summarise, WaitlistService, type Bookable, type WaitView } from '@linli/booking';
import type { Intent, Outcome, WaitSummary } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { Arrivals } from './arrivals';
import { choiceOf } from './slot-choice';

/** What a conversation does with a booking that stands, or with a seat that is not there yet. */
export type ErrandIntent = Extract<
  Intent,
  { kind: 'listMoves' | 'moveBooking' | 'joinWaitlist' | 'leaveWaitlist' | 'arrive' }
>;

const timesShown = 6;

/** 改期, 候补 and 签到 in chat. */
@Injectable()
export class BookingErrands {
  constructor(
    private readonly bookings: BookingService,
    private readonly waitlist: WaitlistService,
    private readonly book: DeskBook,
    private readonly arrivals: Arrivals,
  ) {}

  async perform(tx: Tx, intent: ErrandIntent, residentId: string, now: Date): Promise<Outcome> {
    switch (intent.kind) {
      case 'listMoves':
        return this.moves(tx, intent, residentId, now);
      case 'moveBooking':
        return {
          kind: 'bookingMoved',
          booking: summarise(await this.bookings.reschedule(tx, intent.id, residentId, intent.slotId, now)),
        };
      case 'joinWaitlist':
        return {
          kind: 'waiting',
          wait: await this.named(tx, await this.waitlist.join(tx, residentId, intent.slotId, intent.party ?? 1, now)),
        };
      case 'leaveWaitlist':
        return { kind: 'leftWaitlist', wait: await this.left(tx, intent.id ?? null, residentId, now) };
      case 'arrive':
        return {
          kind: 'arrived',
          booking: summarise(await this.arrivals.checkInHere(tx, residentId, intent, now)),
        };
    }
  }

  /** What the resident waits for, soonest first. */
  async waits(tx: Tx, residentId: string): Promise<WaitSummary[]> {
    const waits = await this.waitlist.ofResident(tx, residentId);
    if (waits.length === 0) return [];
    const found = await this.book.findAll([...new Set(waits.map(offeringOf))], tx);
    const known = new Map(found.map((one) => [one.offering.id, one]));
    return waits.flatMap((wait) => {
      const bookable = known.get(offeringOf(wait));
      return bookable ? [waitOf(wait, bookable)] : [];
    });
  }

  /** The free times at the booking's own place, in the wished-for span, else the next ones. */
  private async moves(
    tx: Tx,
    { id, within }: Extract<ErrandIntent, { kind: 'listMoves' }>,
    residentId: string,
    now: Date,
  ): Promise<Outcome> {
    const booking = await this.bookings.readIn(tx, id, residentId);
    const bookable = await this.book.find(booking.service.id, tx);
    if (!bookable) throw new Refusal('booking.offeringNotFound');
    const free = async (span: typeof within | null): Promise<Extract<Outcome, { kind: 'moves' }>['items']> => {
      const wish = { within: span ?? null, party: booking.party };
      const [openings] = await this.book.nextFor([bookable], timesShown + 1, now, tx, wish);
      return (openings?.slots ?? [])
        .filter((slot) => slot.start.getTime() !== booking.slot.start.getTime())
        .map((slot) => choiceOf(slot, booking.place.name));
    };
    const wanted = within ? await free(within) : [];
    const items = wanted.length > 0 ? wanted : await free(null);
    const missed = within !== undefined && wanted.length === 0;
    return { kind: 'moves', booking: summarise(booking), items, ...(missed ? { missed } : {}) };
  }

  private async left(tx: Tx, id: string | null, residentId: string, now: Date): Promise<WaitSummary | null> {
    const waits = await this.waits(tx, residentId);
    const wait = id === null ? waits[0] : waits.find((one) => one.id === id);
    if (!wait) return null;
    await this.waitlist.leave(tx, wait.id, residentId, now);
    return wait;
  }

  private async named(tx: Tx, wait: WaitView): Promise<WaitSummary> {
    const bookable = await this.book.find(offeringOf(wait), tx);
    if (!bookable) throw new Refusal('booking.offeringNotFound');
    return waitOf(wait, bookable);
  }
}

/** Whatever stands before the moment in a slot's id. */
function offeringOf({ slot }: WaitView): string {
  return slot.id.split('~')[0] ?? '';
}

function waitOf({ id, ahead, slot }: WaitView, { offering, desk }: Bookable): WaitSummary {
  return { id, ahead, start: slot.start, title: offering.title, placeName: desk.placeName };
}

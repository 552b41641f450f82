import { Injectable } from '@nestjs/common';
import { localDate, newId, Refusal } from '@linli/kernel';
import { Batcher, Database, FieldCipher, type RequestKey, type Tx } from '@linli/platform';
import { admit } from './admission';
import { limitKey, viewOf, type Booking, type BookingRequest, type BookingView } from './booking';
import { BookingStore } from './booking.store';
import { remindAt } from './conduct';
import type { Bookable } from './desk';
import { DeskStore } from './desk.store';
import { personKey, personWords } from './person';
import { SeatRelease } from './seat-release.service';
import { SeatStore, type Reader, type Taken, type Taking } from './seat.store';
import { readSlotId } from './slot-id';
import type { Slot } from './slots';

/** A seat that was taken, or the hold of the same person which must be confirmed instead. */
export type Got =
  { readonly kind: 'view'; readonly view: BookingView } | { readonly kind: 'held'; readonly booking: Booking };

/** Through a transaction that is open, or through the batcher. */
interface Way {
  readonly reader: Reader;
  take(taking: Taking): Promise<Taken>;
  inTx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

const attempts = 6;
const gathering = { most: 64, lanes: 2 };

/** Bookings and holds: admitted by the rules, settled by the database, those of the same moment together. */
@Injectable()
export class SeatTaking {
  private readonly batcher: Batcher<Taking, () => Taken>;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly desks: DeskStore,
    private readonly seats: SeatStore,
    private readonly bookings: BookingStore,
    private readonly release: SeatRelease,
  ) {
    // Two wishes of one person meet in the database one after the other, so that the second is told why it cannot be.
    this.batcher = new Batcher((takings) => this.takeTogether(takings), {
      ...gathering,
      keyOf: ({ booking }) => booking.person,
    });
  }

  /** Takes a seat in a statement shared with others of the same moment. */
  gathered(request: BookingRequest, hold: boolean, once: RequestKey | null, now: Date): Promise<Got> {
    return this.get(request, hold, once, now, {
      reader: this.database,
      take: async (taking) => (await this.batcher.add(taking))(),
      inTx: (work) => this.database.transact(work),
    });
  }

  /** Takes a seat within a transaction that is open. */
  within(tx: Tx, request: BookingRequest, now: Date): Promise<Got> {
    return this.get(request, false, null, now, {
      reader: tx,
      take: async (taking) => {
        const [taken] = await this.seats.take(tx, [taking]);
        if (!taken) throw new Error('a taking was not answered');
        return taken;
      },
      inTx: (work) => work(tx),
    });
  }

  private async get(
    request: BookingRequest,
    hold: boolean,
    once: RequestKey | null,
    now: Date,
    way: Way,
  ): Promise<Got> {
    for (let attempt = 1; ; attempt += 1) {
      const taking = await this.takingOf(request, hold, once, now, way.reader);
      const taken = await way.take(taking);
      const got = this.final(taking, taken) ?? (await this.afterwards(taking, taken, way));
      if (got) return got;
      if (attempt >= attempts) throw new Refusal('service.unavailable');
    }
  }

  /** What needs no second look; null when it does. */
  private final({ booking }: Taking, taken: Taken): Got | null {
    switch (taken.kind) {
      case 'taken':
        return { kind: 'view', view: viewOf(booking) };
      case 'kept':
        return { kind: 'view', view: taken.answer as BookingView };
      case 'mismatch':
        throw new Refusal('idempotency.mismatch');
      case 'banned':
        throw new Refusal('booking.banned');
      case 'full':
        throw new Refusal('booking.full');
      default:
        return null;
    }
  }

  /** Clears the way for another attempt (null), or says what is in it. */
  private async afterwards(taking: Taking, taken: Taken, way: Way): Promise<Got | null> {
    const { booking, bookable, now } = taking;
    if (taken.kind === 'stale') this.desks.forget(booking.offeringId);
    if (taken.kind === 'lapsed') await way.inTx((tx) => this.release.settleSlot(tx, booking, now));
    if (taken.kind !== 'conflict') return null;
    const inTheWay = await this.bookings.inTheWay(way.reader, booking.person, booking, limitKey(bookable));
    const lapsed = inTheWay.find((one) => one.heldUntil !== null && one.heldUntil <= now);
    if (lapsed) {
      await way.inTx((tx) => this.release.settleSlot(tx, lapsed, now));
      return null;
    }
    const own = inTheWay.find((one) => isHoldOf(one, booking));
    if (own && booking.state === 'booked') return { kind: 'held', booking: own };
    if (own) return { kind: 'view', view: viewOf(own) };
    if (inTheWay.length === 0) return null;
    const overlaps = inTheWay.some((one) => one.start < booking.end && booking.start < one.end);
    throw new Refusal(overlaps ? 'booking.elsewhere' : 'booking.dayLimit');
  }

  private async takingOf(
    request: BookingRequest,
    hold: boolean,
    once: RequestKey | null,
    now: Date,
    reader: Reader,
  ): Promise<Taking> {
    const name = readSlotId(request.slotId);
    if (!name) throw new Refusal('booking.slotNotFound');
    const bookable = await this.desks.bookable(name.offeringId, reader);
    const slot = admit(bookable, this.desks.around(bookable.desk, name.start, now), name.start, request, now);
    const number = await this.seats.nextNumber(reader, localDate(now));
    const { policy } = bookable.desk;
    const heldUntil = hold ? new Date(now.getTime() + policy.holdMinutes * 60_000) : null;
    const booking = this.bookingOf(request, bookable, slot, number, heldUntil, now);
    return {
      ...{ bookable, slot, booking, now },
      remindAt: hold ? null : remindAt(slot.start, policy, now),
      once: once && { key: once, answer: viewOf(booking) },
    };
  }

  private bookingOf(
    { residentId, party, note, onBehalfOf }: BookingRequest,
    { offering, desk }: Bookable,
    slot: Slot,
    number: string,
    heldUntil: Date | null,
    now: Date,
  ): Booking {
    const { consent: _consent, ...represented } = onBehalfOf ?? { consent: true, name: '' };
    const person = onBehalfOf
      ? personKey(this.cipher.blindIndex('booking.person', personWords(represented, residentId)))
      : residentId;
    return {
      ...{ id: newId(), number, state: heldUntil ? 'held' : 'booked', offeringId: offering.id, title: offering.title },
      ...{ serviceId: offering.serviceId, deskId: desk.id, placeId: desk.placeId, placeName: desk.placeName },
      ...{ subdistrictId: desk.subdistrictId, department: desk.department, start: slot.start, end: slot.end },
      ...{ residentId, person, onBehalf: onBehalfOf !== undefined, party, heldUntil, waitId: null, madeAt: now },
      words: { ...(note === undefined ? {} : { note }), ...(onBehalfOf ? { onBehalfOf: represented } : {}) },
    };
  }

  /** One that cannot be written must not take the others with it: then each goes alone. */
  private async takeTogether(takings: readonly Taking[]): Promise<(() => Taken)[]> {
    try {
      return (await this.seats.takeAll(takings)).map((taken) => () => taken);
    } catch (error) {
      if (takings.length === 1) throw error;
      const alone = await Promise.allSettled(takings.map((one) => this.seats.takeAll([one])));
      return alone.map((one) => () => {
        if (one.status === 'rejected') throw one.reason;
        const [taken] = one.value;
        if (!taken) throw new Error('a taking was not answered');
        return taken;
      });
    }
  }
}

/** A hold by the same resident of the very same seat. */
function isHoldOf(one: Booking, wanted: Booking): boolean {
  return (
    one.state === 'held' &&
    one.residentId === wanted.residentId &&
    one.offeringId === wanted.offeringId &&
    one.start.getTime() === wanted.start.getTime()
  );
}

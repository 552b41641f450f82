import { Injectable } from '@nestjs/common';
import { localDate, newId } from '@linli/kernel';
import { appendEvent, together, type Tx } from '@linli/platform';
import { dayOf, factsOf, limitKey, type Booking, type SlotKey } from './booking';
import { BookingStore } from './booking.store';
import { offerUntil } from './conduct';
import { DeskStore } from './desk.store';
import { SeatStore } from './seat.store';
import { WaitStore, type Offer, type Wait } from './wait.store';

const offeredAtOnce = 20;
const rounds = 5;

/** What becomes of a seat that is given back: it is offered to the first who waits, in the same transaction. */
@Injectable()
export class SeatRelease {
  constructor(
    private readonly bookings: BookingStore,
    private readonly waits: WaitStore,
    private readonly seats: SeatStore,
    private readonly desks: DeskStore,
  ) {}

  /** Gives back the seats of bookings of one slot, whose row is locked, and offers them. */
  async free(tx: Tx, key: SlotKey, party: number, now: Date): Promise<void> {
    await tx.sql('update booking_slot set taken = taken - $3 where desk_id = $1 and starts_at = $2', [
      key.deskId,
      key.start,
      party,
    ]);
    await this.offer(tx, key, now);
  }

  /** Ends holds of a slot that have run out, and offers what is free; locks the slot. */
  async settleSlot(tx: Tx, key: SlotKey, now: Date): Promise<number> {
    const free = await this.waits.lockSlot(tx, key);
    if (free === null) return 0;
    const lapsed = await this.bookings.lapsedHolds(tx, key, now);
    const waited = lapsed.flatMap((one) => one.waitId ?? []);
    if (lapsed.length > 0)
      await together(
        this.bookings.settle(
          tx,
          lapsed.map((one) => one.id),
          'expired',
          now,
        ),
        this.waits.settle(tx, waited, 'lapsed'),
      );
    await this.free(tx, key, sum(lapsed), now);
    return lapsed.length;
  }

  /** Offers free seats in the order people joined; who needs more seats than are free lets the next go first. */
  async offer(tx: Tx, key: SlotKey, now: Date): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const [free, first] = await together(this.waits.lockSlot(tx, key), this.waits.first(tx, key, offeredAtOnce));
      const fitting = fittingIn(first, free ?? 0);
      if (fitting.length === 0) return;
      const offers = await this.offersFor(tx, fitting, now);
      if (offers.length === 0) return;
      const got = await this.waits.offer(tx, offers, now);
      await this.tell(
        tx,
        offers.filter((one) => got.has(one.wait.id)),
        now,
      );
      if (got.size === offers.length) return;
    }
  }

  private async offersFor(tx: Tx, waits: readonly Wait[], now: Date): Promise<Offer[]> {
    const offers: Offer[] = [];
    for (const wait of waits) {
      const bookable = await this.desks.bookable(wait.offeringId, tx);
      const on = localDate(wait.start);
      const until = offerUntil(wait.start, bookable.desk.policy, now);
      const slot = this.desks.slotsOn(bookable.desk, on).find((one) => one.start.getTime() === wait.start.getTime());
      if (until === null || !slot) continue;
      const number = await this.seats.nextNumber(tx, localDate(now));
      offers.push({
        wait,
        id: newId(),
        number,
        end: slot.end,
        on: dayOf(slot.start),
        limitKey: limitKey(bookable),
        until,
      });
    }
    return offers;
  }

  private async tell(tx: Tx, offers: readonly Offer[], now: Date): Promise<void> {
    const held = await Promise.all(offers.map((one) => this.bookings.find(tx, one.id)));
    await Promise.all(
      held
        .filter((one): one is Booking => one !== null)
        .map((one) =>
          appendEvent(tx, 'booking.offered', { ...factsOf(one), until: (one.heldUntil ?? now).toISOString() }, now),
        ),
    );
  }
}

function fittingIn(waits: readonly Wait[], free: number): Wait[] {
  let left = free;
  return waits.filter((wait) => {
    if (wait.party > left) return false;
    left -= wait.party;
    return true;
  });
}

function sum(bookings: readonly Booking[]): number {
  return bookings.reduce((seats, one) => seats + one.party, 0);
}

import { Injectable } from '@nestjs/common';
import { isUuid, Refusal } from '@linli/kernel';
import { Database, type Tx } from '@linli/platform';
import { admit } from './admission';
import type { BookingView } from './booking';
import { BookingService } from './booking.service';
import { BanStore } from './ban.store';
import { DeskStore } from './desk.store';
import { SeatRelease } from './seat-release.service';
import { readSlotId, slotId } from './slot-id';
import { SlotStore } from './slot.store';
import { WaitStore, type Wait } from './wait.store';

/** A place on a waiting list as its owner sees it. */
export interface WaitView {
  readonly id: string;
  readonly state: Wait['state'];
  readonly slot: { readonly id: string; readonly start: Date };
  readonly party: number;
  /** How many are before them. */
  readonly ahead: number;
  /** The hold to accept, once a seat is offered. */
  readonly bookingId: string | null;
}

const listed = 50;

/** 候补: waiting for a seat in a full slot, and taking what is offered. */
@Injectable()
export class WaitlistService {
  constructor(
    private readonly database: Database,
    private readonly desks: DeskStore,
    private readonly slots: SlotStore,
    private readonly waits: WaitStore,
    private readonly bans: BanStore,
    private readonly release: SeatRelease,
    private readonly bookings: BookingService,
  ) {}

  /** Joins the list of a full slot; one that has room is to be booked instead. */
  async join(tx: Tx, residentId: string, id: string, party: number, now: Date): Promise<WaitView> {
    const name = readSlotId(id);
    if (!name) throw new Refusal('booking.slotNotFound');
    const bookable = await this.desks.bookable(name.offeringId, tx);
    const slot = admit(bookable, this.desks.around(bookable.desk, name.start, now), name.start, { party }, now);
    if (await this.bans.isBanned(tx, residentId, now)) throw new Refusal('booking.banned');
    const key = { deskId: bookable.desk.id, start: slot.start };
    await this.slots.make(tx, key.deskId, slot);
    await this.release.settleSlot(tx, key, now);
    const free = (await this.waits.lockSlot(tx, key)) ?? 0;
    if (free >= party) throw new Refusal('booking.notFull');
    return viewOfWait(await this.waits.join(tx, key, { residentId, offeringId: name.offeringId, party }, now));
  }

  /** Gives up waiting; an offer that is open goes to the next. */
  async leave(tx: Tx, id: string, residentId: string, now: Date): Promise<WaitView> {
    const wait = await this.own(tx, id, residentId);
    if (wait.state === 'offered' && wait.bookingId !== null)
      await this.bookings.cancel(tx, wait.bookingId, residentId, now);
    else if (wait.state === 'waiting' && !(await this.waits.leave(tx, id)))
      throw Object.assign(new Error('a seat was offered in this moment'), { code: '40001' });
    return viewOfWait(await this.own(tx, id, residentId));
  }

  /** Takes the seat that is offered. */
  async accept(tx: Tx, id: string, residentId: string, now: Date): Promise<BookingView> {
    const { bookingId } = await this.own(tx, id, residentId);
    if (bookingId === null) throw new Refusal('booking.holdEnded');
    return this.bookings.confirm(tx, bookingId, residentId, undefined, now);
  }

  /** The wait whose seat is kept for the resident now, the soonest; null when none is. */
  async offeredTo(tx: Tx, residentId: string): Promise<string | null> {
    const waits = await this.waits.ofResident(tx, residentId, listed);
    return waits.find((one) => one.state === 'offered')?.id ?? null;
  }

  /** What the caller waits for, soonest first. */
  async mine(residentId: string): Promise<WaitView[]> {
    return this.ofResident(this.database, residentId);
  }

  /** The same, read where a turn of a conversation reads. */
  async ofResident(reader: Pick<Tx, 'sql'>, residentId: string): Promise<WaitView[]> {
    return (await this.waits.ofResident(reader, residentId, listed)).map(viewOfWait);
  }

  private async own(tx: Tx, id: string, residentId: string): Promise<Wait> {
    const wait = isUuid(id) ? await this.waits.find(tx, id) : null;
    if (wait?.residentId !== residentId) throw new Refusal('booking.waitNotFound');
    return wait;
  }
}

function viewOfWait({ id, state, offeringId, start, party, ahead, bookingId }: Wait): WaitView {
  return { id, state, slot: { id: slotId({ offeringId, start }), start }, party, ahead, bookingId };
}

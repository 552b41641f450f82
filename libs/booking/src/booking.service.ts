import { Injectable } from '@nestjs/common';
import { addDays, isUuid, localDate, Refusal, type LocalDate } from '@linli/kernel';
import type { BookingSummary } from '@linli/contracts';
import { appendEvent, Database, OnceOnly, together, type RequestKey, type Tx } from '@linli/platform';
import { admit } from './admission';
import {
  factsOf,
  isThere,
  limitKey,
  movedTo,
  summaryOf,
  viewOf,
  type Booking,
  type BookingRequest,
  type BookingView,
} from './booking';
import { BookingStore } from './booking.store';
import { calendarFile } from './calendar-file';
import { checkCanChange, checkCanCheckIn, isCheckInOpen, remindAt } from './conduct';
import { DeskStore } from './desk.store';
import { SeatRelease } from './seat-release.service';
import { SlotStore, type FreeSlot } from './slot.store';
import { readSlotId } from './slot-id';
import { SeatTaking, type Got } from './taking.service';
import { WaitStore } from './wait.store';

/** A page of a resident's bookings. */
export interface BookingPage {
  readonly items: readonly BookingView[];
  readonly nextCursor: string | null;
}

const longestMonth = 62;
const awaitedMost = 20;

/** What residents do with bookings: find a time, take it, hold it, move it, give it back, come. */
@Injectable()
export class BookingService {
  constructor(
    private readonly database: Database,
    private readonly once: OnceOnly,
    private readonly desks: DeskStore,
    private readonly slots: SlotStore,
    private readonly bookings: BookingStore,
    private readonly taking: SeatTaking,
    private readonly release: SeatRelease,
    private readonly waits: WaitStore,
  ) {}

  /** The slots of a service between two dates (both included) that can be booked now, with the seats still free. */
  async slotsOf(offeringId: string, from: LocalDate | null, to: LocalDate | null, now: Date): Promise<FreeSlot[]> {
    const bookable = await this.desks.bookable(offeringId);
    const first = from ?? localDate(now);
    const last = to ?? addDays(first, longestMonth);
    const until = last < addDays(first, longestMonth) ? last : addDays(first, longestMonth);
    return bookable.offering.active ? this.slots.free(this.database, bookable, { from: first, to: until }, now) : [];
  }

  /** Books a seat; the same request sent again gets the same booking. */
  async book(request: BookingRequest, key: RequestKey | null, now: Date): Promise<BookingView> {
    return this.settled(await this.taking.gathered(request, false, key, now), request, (work) =>
      this.once.perform(key, now, (tx) => work(tx, now)),
    );
  }

  /** Books within a transaction that is open, for a turn of a conversation. */
  async bookIn(tx: Tx, request: BookingRequest, now: Date): Promise<BookingView> {
    return this.settled(await this.taking.within(tx, request, now), request, (work) => work(tx, now));
  }

  /** Keeps a seat for some minutes while a form is filled in. */
  async hold(request: BookingRequest, key: RequestKey | null, now: Date): Promise<BookingView> {
    const got = await this.taking.gathered(request, true, key, now);
    return got.kind === 'view' ? got.view : viewOf(got.booking);
  }

  /** A hold, or an offer to one who waited, becomes a booking. */
  async confirm(tx: Tx, id: string, residentId: string, note: string | undefined, now: Date): Promise<BookingView> {
    const held = await this.own(tx, id, residentId);
    if (held.state === 'booked') return viewOf(held);
    if (held.state !== 'held' || held.heldUntil === null || held.heldUntil <= now)
      throw new Refusal('booking.holdEnded');
    const { desk } = await this.desks.bookable(held.offeringId, tx);
    const words = note === undefined ? held.words : { ...held.words, note };
    const booked: Booking = { ...held, state: 'booked', heldUntil: null, words };
    await together(
      this.bookings.confirm(tx, id, words, remindAt(held.start, desk.policy, now)),
      this.waits.settle(tx, held.waitId === null ? [] : [held.waitId], 'accepted'),
      appendEvent(tx, 'booking.booked', factsOf(booked), now),
    );
    return viewOf(booked);
  }

  /** 取消 by the resident; a second time changes nothing. */
  async cancel(tx: Tx, id: string, residentId: string, now: Date): Promise<BookingView> {
    const booking = await this.own(tx, id, residentId);
    if (booking.state === 'cancelled') return viewOf(booking);
    const { desk } = await this.desks.bookable(booking.offeringId, tx);
    checkCanChange(booking, desk.policy, now);
    const cancelled: Booking = { ...booking, state: 'cancelled', heldUntil: null };
    await together(
      this.bookings.settle(tx, [id], 'cancelled', now),
      this.waits.settle(tx, booking.waitId !== null && booking.state === 'held' ? [booking.waitId] : [], 'left'),
      booking.state === 'booked'
        ? appendEvent(tx, 'booking.cancelled', { ...factsOf(cancelled), by: 'resident' }, now)
        : Promise.resolve(''),
      this.release.free(tx, booking, booking.party, now),
    );
    return viewOf(cancelled);
  }

  /** 改期 as one step: the new seat is taken before the old one is free. */
  async reschedule(tx: Tx, id: string, residentId: string, slotId: string, now: Date): Promise<BookingView> {
    const name = readSlotId(slotId);
    if (!name) throw new Refusal('booking.slotNotFound');
    const before = await this.bookings.find(tx, id);
    if (before?.residentId !== residentId) throw new Refusal('booking.notFound');
    const [from, to] = [
      await this.desks.bookable(before.offeringId, tx),
      await this.desks.bookable(name.offeringId, tx),
    ];
    const slot = admit(to, this.desks.around(to.desk, name.start, now), name.start, { party: before.party }, now);
    if (isThere(before, to, slot.start)) return viewOf(before);
    await this.slots.lockBoth(tx, before, to.desk.id, slot);
    const booking = await this.own(tx, id, residentId);
    if (booking.state !== 'booked') throw new Refusal('booking.wrongState');
    checkCanChange(booking, from.desk.policy, now);
    const moved = movedTo(booking, to, slot);
    await this.release.settleSlot(tx, moved, now);
    await this.slots.swap(tx, booking, moved);
    await this.bookings.move(tx, moved, limitKey(to), remindAt(slot.start, to.desk.policy, now));
    const fromStart = booking.start.toISOString();
    await appendEvent(tx, 'booking.rescheduled', { ...factsOf(moved), fromStart }, now);
    await this.release.offer(tx, booking, now);
    return viewOf(moved);
  }

  /** 签到 by the resident, at the place and in time; a second time changes nothing. */
  async checkIn(tx: Tx, id: string, residentId: string, placeId: string | undefined, now: Date): Promise<BookingView> {
    return this.arrive(tx, await this.own(tx, id, residentId), placeId, null, now);
  }

  /** Records that somebody has come. */
  async arrive(
    tx: Tx,
    booking: Booking,
    placeId: string | undefined,
    officerId: string | null,
    now: Date,
  ): Promise<BookingView> {
    if (booking.state === 'checkedIn') return viewOf(booking);
    const { desk } = await this.desks.bookable(booking.offeringId, tx);
    checkCanCheckIn(booking, desk.policy, now, placeId);
    const arrived: Booking = { ...booking, state: 'checkedIn' };
    await together(
      this.bookings.settle(tx, [booking.id], 'checkedIn', now, officerId),
      appendEvent(
        tx,
        'booking.checkedIn',
        { ...factsOf(arrived), by: officerId ? 'officer' : 'resident', officerId },
        now,
      ),
    );
    return viewOf(arrived);
  }

  /** The caller's bookings, newest first. */
  async mine(residentId: string, limit: number, cursor: string | null): Promise<BookingPage> {
    if (cursor !== null && !isUuid(cursor)) throw new Refusal('request.cursorInvalid');
    const found = await this.bookings.ofResident(this.database, residentId, limit + 1, cursor);
    const items = found.slice(0, limit);
    return { items: items.map(viewOf), nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** What a resident still has to come to, soonest first. */
  async coming(tx: Tx, residentId: string, now: Date, limit: number): Promise<BookingSummary[]> {
    return (await this.bookings.comingOf(tx, residentId, now, limit)).map(summaryOf);
  }

  /** What a resident can check in for now, soonest first; refuses when they come at the wrong time or for nothing. */
  async awaited(tx: Tx, residentId: string, now: Date): Promise<BookingView[]> {
    const coming = (await this.bookings.comingOf(tx, residentId, now, awaitedMost)).filter(
      (one) => one.state === 'booked',
    );
    if (coming.length === 0) throw new Refusal('booking.notFound');
    const desks = new Map(
      (await this.desks.findAll([...new Set(coming.map((one) => one.offeringId))], tx)).map((one) => [
        one.offering.id,
        one.desk,
      ]),
    );
    const open = coming.filter((one) => {
      const desk = desks.get(one.offeringId);
      return desk !== undefined && isCheckInOpen(one, desk.policy, now);
    });
    if (open.length === 0) throw new Refusal('booking.checkInClosed');
    return open.map(viewOf);
  }

  async read(id: string, residentId: string): Promise<BookingView> {
    return this.readIn(this.database, id, residentId);
  }

  /** The same, read where a turn of a conversation reads. */
  async readIn(reader: Pick<Tx, 'sql'>, id: string, residentId: string): Promise<BookingView> {
    return viewOf(await this.ownRead(id, residentId, reader));
  }

  /** The booking as a calendar's file (RFC 5545). */
  async calendarOf(id: string, residentId: string, now: Date): Promise<string> {
    return calendarFile(await this.ownRead(id, residentId), now);
  }

  /** The same person was known under two ids: the bookings of the one are the other's. */
  moveResident(tx: Tx, from: string, to: string): Promise<void> {
    return this.bookings.moveResident(tx, from, to);
  }

  private async ownRead(id: string, residentId: string, reader: Pick<Tx, 'sql'> = this.database): Promise<Booking> {
    const found = isUuid(id) ? await this.bookings.find(reader, id) : null;
    if (found?.residentId !== residentId) throw new Refusal('booking.notFound');
    return found;
  }

  private async own(tx: Tx, id: string, residentId: string): Promise<Booking> {
    const found = isUuid(id) ? await this.bookings.lock(tx, id) : null;
    // What belongs to someone else is not found.
    if (found?.residentId !== residentId) throw new Refusal('booking.notFound');
    return found;
  }

  private async settled(
    got: Got,
    { residentId, note }: BookingRequest,
    perform: (work: (tx: Tx, now: Date) => Promise<BookingView>) => Promise<BookingView>,
  ): Promise<BookingView> {
    if (got.kind === 'view') return got.view;
    return perform((tx, now) => this.confirm(tx, got.booking.id, residentId, note, now));
  }
}

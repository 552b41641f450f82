import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDate, Refusal, type LocalDate, type WorkCalendar } from '@linli/kernel';
import { CALENDAR, sqlState, type Tx } from '@linli/platform';
import type { Booking, SlotKey } from './booking';
import type { Bookable } from './desk';
import { DeskStore } from './desk.store';
import type { Reader } from './seat.store';
import { slotId } from './slot-id';
import { openSlots, type Slot } from './slots';

/** A slot as residents see it. */
export interface FreeSlot {
  readonly id: string;
  readonly start: Date;
  readonly end: Date;
  readonly capacity: number;
  readonly free: number;
}

/** A half-open span of time. */
export interface TimeSpan {
  readonly from: Date;
  readonly to: Date;
}

interface CounterRow {
  readonly starts_at: Date;
  readonly capacity: number;
  readonly free: number;
}

const farthestDays = 14;
const dayMs = 86_400_000;

/** Counters of slots: a row from the first booking on; a slot without one is as the rules make it. */
@Injectable()
export class SlotStore {
  constructor(
    private readonly desks: DeskStore,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** The slots between two dates that can be booked now; seats of holds that ran out count as free. */
  async free(
    reader: Reader,
    { offering, desk }: Bookable,
    between: { readonly from: LocalDate; readonly to: LocalDate },
    now: Date,
  ): Promise<FreeSlot[]> {
    const slots = openSlots(desk, between, now, this.calendar, (on) => this.desks.slotsOn(desk, on));
    const [first, last] = [slots[0], slots.at(-1)];
    if (!first || !last) return [];
    const rows = await reader.sql<CounterRow>(
      `select s.starts_at, s.capacity, s.capacity - s.taken + coalesce(h.seats, 0)::int as free
       from booking_slot s
       left join (
         select starts_at, sum(party) as seats from booking_booking
         where desk_id = $1 and starts_at between $2 and $3 and state = 'held' and held_until <= $4 group by 1
       ) h on h.starts_at = s.starts_at
       where s.desk_id = $1 and s.starts_at between $2 and $3`,
      [desk.id, first.start, last.start, now],
    );
    const counters = new Map(rows.map((row) => [row.starts_at.getTime(), row]));
    return slots.map((slot) => shown(offering.id, slot, counters.get(slot.start.getTime())));
  }

  /**
   * The first slots of each offering with seats free, or with as many as are `wanted`, by its id; those that begin within a
   * span when one is given. One read for all.
   */
  async next(
    reader: Reader,
    bookables: readonly Bookable[],
    most: number,
    now: Date,
    within: TimeSpan | null,
    wanted: (free: number) => boolean = (free) => free > 0,
  ): Promise<Map<string, FreeSlot[]>> {
    const today = localDate(now);
    const between = within
      ? { from: localDate(within.from), to: localDate(within.to) }
      : { from: today, to: addDays(today, farthestDays) };
    const [first, last] = within ? [within.from, within.to] : [now, new Date(now.getTime() + farthestDays * dayMs)];
    const rows = await reader.sql<CounterRow & { readonly desk_id: string }>(
      `select desk_id, starts_at, capacity, capacity - taken as free from booking_slot
       where desk_id = any($1) and starts_at between $2 and $3`,
      [bookables.map((one) => one.desk.id), first, last],
    );
    const counters = new Map(rows.map((row) => [`${row.desk_id}~${row.starts_at.getTime()}`, row]));
    return new Map(
      bookables.map(({ offering, desk }) => {
        const free = openSlots(desk, between, now, this.calendar)
          .filter(({ start }) => within === null || (within.from <= start && start < within.to))
          .map((slot) => shown(offering.id, slot, counters.get(`${desk.id}~${slot.start.getTime()}`)))
          .filter((slot) => wanted(slot.free));
        return [offering.id, free.slice(0, most)];
      }),
    );
  }

  /** Locks a slot that is left and one that is gone to, made when nobody asked for it before; in the order all lock. */
  async lockBoth(tx: Tx, from: SlotKey, toDeskId: string, to: Slot): Promise<void> {
    await tx.sql(
      `insert into booking_slot (desk_id, starts_at, ends_at, capacity) values ($1, $2, $3, $4) on conflict do nothing`,
      [toDeskId, to.start, to.end, to.capacity],
    );
    await tx.sql(
      `select from booking_slot where (desk_id, starts_at) in (($1, $2), ($3, $4)) order by desk_id, starts_at for update`,
      [from.deskId, from.start, toDeskId, to.start],
    );
  }

  /** The row of a slot, made when nobody asked for it before. */
  async make(tx: Tx, deskId: string, slot: Slot): Promise<void> {
    await tx.sql(
      `insert into booking_slot (desk_id, starts_at, ends_at, capacity) values ($1, $2, $3, $4) on conflict do nothing`,
      [deskId, slot.start, slot.end, slot.capacity],
    );
  }

  /** Seats pass from one locked slot to another in one statement; refuses when the other is full. */
  async swap(tx: Tx, from: Booking, to: SlotKey): Promise<void> {
    if (from.deskId === to.deskId && from.start.getTime() === to.start.getTime()) return;
    try {
      await tx.sql(
        `update booking_slot set taken = taken + case when (desk_id, starts_at) = ($3, $4) then $5::int else -$5::int end
         where (desk_id, starts_at) in (($1, $2), ($3, $4))`,
        [from.deskId, from.start, to.deskId, to.start, from.party],
      );
    } catch (error) {
      if (sqlState(error) === '23514') throw new Refusal('booking.full');
      throw error;
    }
  }

  /** Slots where a hold has run out, or where somebody waits although seats are free. */
  async unsettled(reader: Reader, now: Date, limit: number): Promise<SlotKey[]> {
    const rows = await reader.sql<{ desk_id: string; starts_at: Date }>(
      `(select distinct desk_id, starts_at from booking_booking where state = 'held' and held_until <= $1 limit $2)
       union
       (select distinct w.desk_id, w.starts_at from booking_wait w
        join booking_slot s on s.desk_id = w.desk_id and s.starts_at = w.starts_at
        where w.state = 'waiting' and w.starts_at > $1 and s.taken + w.party <= s.capacity limit $2)`,
      [now, limit],
    );
    return rows.map((row) => ({ deskId: row.desk_id, start: row.starts_at }));
  }
}

function shown(offeringId: string, { start, end, capacity }: Slot, counter: CounterRow | undefined): FreeSlot {
  const seats = counter?.capacity ?? capacity;
  return { id: slotId({ offeringId, start }), start, end, capacity: seats, free: counter?.free ?? seats };
}

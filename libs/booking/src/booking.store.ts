import { Injectable } from '@nestjs/common';
import type { BookingState } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import { FieldCipher, sqlState, together, type Tx } from '@linli/platform';
import { dayOf, type Booking, type BookingWords, type SlotKey } from './booking';
import type { Reader } from './seat.store';

interface BookingRow {
  readonly id: string;
  readonly number: string;
  readonly state: BookingState;
  readonly offering_id: string;
  readonly title: string;
  readonly service_id: string;
  readonly desk_id: string;
  readonly place_id: string;
  readonly place_name: string;
  readonly subdistrict_id: string;
  readonly department_id: string;
  readonly department_name: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly resident_id: string;
  readonly person: string;
  readonly on_behalf: boolean;
  readonly party: number;
  readonly held_until: Date | null;
  readonly wait_id: string | null;
  readonly made_at: Date;
  readonly words: Buffer | null;
}

/** What the columns of a booking are read from, for queries over `booking_booking b`. */
const columns = `
  b.id, b.number, b.state, b.offering_id, o.title, o.service_id, b.desk_id, d.place_id, d.place_name, d.subdistrict_id,
  d.department_id, p.name as department_name, b.starts_at, b.ends_at, b.resident_id, b.person, b.on_behalf, b.party,
  b.held_until, b.wait_id, b.made_at, b.words`;
const joined = `
  join booking_offering o on o.id = b.offering_id join booking_desk d on d.id = b.desk_id
  join directory_department p on p.id = d.department_id`;
const bookings = `select ${columns} from booking_booking b ${joined}`;

/** Bookings in PostgreSQL: look up, lock, change. What residents wrote is sealed. */
@Injectable()
export class BookingStore {
  constructor(private readonly cipher: FieldCipher) {}

  async find(reader: Reader, id: string): Promise<Booking | null> {
    return this.one(await reader.sql<BookingRow>(`${bookings} where b.id = $1`, [id]));
  }

  async byNumber(reader: Reader, number: string): Promise<Booking | null> {
    return this.one(await reader.sql<BookingRow>(`${bookings} where b.number = $1`, [number]));
  }

  /**
   * The booking with its slot, both held until the transaction ends; slots before bookings, as everybody locks them. One
   * that was moved to another slot in this very moment makes the transaction start anew.
   */
  async lock(tx: Tx, id: string): Promise<Booking | null> {
    const [slots, found] = await together(
      tx.sql<{ desk_id: string; starts_at: Date }>(
        `select s.desk_id, s.starts_at from booking_booking b
         join booking_slot s on s.desk_id = b.desk_id and s.starts_at = b.starts_at where b.id = $1 for update of s`,
        [id],
      ),
      tx.sql<BookingRow>(`${bookings} where b.id = $1 for update of b`, [id]),
    );
    const booking = this.one(found);
    const [slot] = slots;
    if (!booking || !slot) return null;
    if (slot.desk_id !== booking.deskId || slot.starts_at.getTime() !== booking.start.getTime())
      throw Object.assign(new Error('the booking was moved while it was looked at'), { code: '40001' });
    return booking;
  }

  /** A resident's bookings, newest first, beginning after an id. */
  async ofResident(reader: Reader, residentId: string, limit: number, after: string | null): Promise<Booking[]> {
    const rows = await reader.sql<BookingRow>(
      `${bookings} where b.resident_id = $1 ${after === null ? '' : 'and b.id < $3'} order by b.id desc limit $2`,
      [residentId, limit, ...(after === null ? [] : [after])],
    );
    return rows.map((row) => this.bookingOf(row));
  }

  /** What a resident still has to come, soonest first. */
  async comingOf(reader: Reader, residentId: string, now: Date, limit: number): Promise<Booking[]> {
    const rows = await reader.sql<BookingRow>(
      `select ${columns} from (
         select * from booking_booking where resident_id = $1 order by id desc limit 200
       ) b ${joined} where b.state in ('booked', 'checkedIn') and b.ends_at > $2 order by b.starts_at, b.id limit $3`,
      [residentId, now, limit],
    );
    return rows.map((row) => this.bookingOf(row));
  }

  /** Who comes to a place on a day, in order of time, beginning after a position. */
  async atPlace(
    reader: Reader,
    placeId: string,
    between: { readonly from: Date; readonly to: Date },
    limit: number,
    after: { readonly at: Date; readonly id: string } | null,
  ): Promise<Booking[]> {
    const rows = await reader.sql<BookingRow>(
      `${bookings} where d.place_id = $1 and b.starts_at >= $2 and b.starts_at < $3
         and b.state in ('booked', 'checkedIn', 'noShow') ${after ? 'and (b.starts_at, b.id) > ($5, $6)' : ''}
       order by b.starts_at, b.id limit $4`,
      [placeId, between.from, between.to, limit, ...(after ? [after.at, after.id] : [])],
    );
    return rows.map((row) => this.bookingOf(row));
  }

  /** What stands in the way of another booking of that person. */
  async inTheWay(
    reader: Reader,
    person: string,
    slot: { readonly start: Date; readonly end: Date },
    limitKey: string | null,
  ): Promise<Booking[]> {
    const rows = await reader.sql<BookingRow>(
      `${bookings} where b.person = $1 and b.state in ('held', 'booked', 'checkedIn') and not b.past
         and (tstzrange(b.starts_at, b.ends_at) && tstzrange($2, $3) or (b.limit_key = $4 and b.on_date = $5))`,
      [person, slot.start, slot.end, limitKey, dayOf(slot.start)],
    );
    return rows.map((row) => this.bookingOf(row));
  }

  /** Holds of a slot that have run out, locked. */
  async lapsedHolds(tx: Tx, { deskId, start }: SlotKey, now: Date): Promise<Booking[]> {
    const rows = await tx.sql<BookingRow>(
      `${bookings} where b.desk_id = $1 and b.starts_at = $2 and b.state = 'held' and b.held_until <= $3
       order by b.id for update of b`,
      [deskId, start, now],
    );
    return rows.map((row) => this.bookingOf(row));
  }

  /** Bookings whose slot is over and whose holder did not come, the longest past first. */
  async awaitedBefore(reader: Reader, now: Date, limit: number): Promise<string[]> {
    const rows = await reader.sql<{ id: string }>(
      `select id from booking_booking where state = 'booked' and ends_at <= $1 order by ends_at, id limit $2`,
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  /** Bookings to remind of, each once. */
  async takeReminders(tx: Tx, now: Date, limit: number): Promise<Booking[]> {
    const due = await tx.sql<{ id: string }>(
      `update booking_booking b set remind_at = null from (
         select id from booking_booking where remind_at <= $1 order by remind_at limit $2 for update skip locked
       ) d where b.id = d.id and b.state = 'booked' and b.starts_at > $1 returning b.id`,
      [now, limit],
    );
    const rows = await tx.sql<BookingRow>(`${bookings} where b.id = any($1::uuid[])`, [due.map((row) => row.id)]);
    return rows.map((row) => this.bookingOf(row));
  }

  /** Ends bookings in a state they do not leave. */
  async settle(
    tx: Tx,
    ids: readonly string[],
    state: 'checkedIn' | 'cancelled' | 'noShow' | 'expired',
    now: Date,
    officerId: string | null = null,
  ): Promise<void> {
    await tx.sql(
      `update booking_booking set state = $2, settled_at = $3, held_until = null, remind_at = null, officer_id = $4
       where id = any($1::uuid[])`,
      [ids, state, now, officerId],
    );
  }

  /** A hold becomes a booking. */
  async confirm(tx: Tx, id: string, words: BookingWords, remindAt: Date | null): Promise<void> {
    await tx.sql(
      `update booking_booking set state = 'booked', held_until = null, words = $2, remind_at = $3 where id = $1`,
      [id, this.sealed(id, words), remindAt],
    );
  }

  /** Puts a booking into another slot; the seats are swapped by then. */
  async move(tx: Tx, moved: Booking, limitKey: string | null, remindAt: Date | null): Promise<void> {
    const { id, offeringId, deskId, start, end } = moved;
    try {
      await tx.sql(
        `update booking_booking set offering_id = $2, desk_id = $3, starts_at = $4, ends_at = $5, limit_key = $6,
           on_date = $7, remind_at = $8 where id = $1`,
        [id, offeringId, deskId, start, end, limitKey, dayOf(start), remindAt],
      );
    } catch (error) {
      if (sqlState(error) === '23P01') throw new Refusal('booking.elsewhere');
      if (sqlState(error) === '23505') throw new Refusal('booking.dayLimit');
      throw error;
    }
  }

  /** The same person was known under two ids. Where both hold a booking at one time, each keeps its own key. */
  async moveResident(tx: Tx, from: string, to: string): Promise<void> {
    await tx.sql(
      `update booking_booking b set resident_id = $2,
         person = case when b.person = $1 and (b.state in ('cancelled', 'noShow', 'expired') or not exists (
             select from booking_booking o
             where o.resident_id = $2 and o.person = $2 and o.state in ('held', 'booked', 'checkedIn')
               and (tstzrange(o.starts_at, o.ends_at) && tstzrange(b.starts_at, b.ends_at)
                 or o.limit_key = b.limit_key and o.on_date = b.on_date)))
           then $2 else b.person end
       where b.resident_id = $1`,
      [from, to],
    );
    await tx.sql(
      `update booking_wait w set resident_id = $2 where w.resident_id = $1 and not exists (
         select from booking_wait o where o.resident_id = $2 and o.desk_id = w.desk_id and o.starts_at = w.starts_at)`,
      [from, to],
    );
    await tx.sql(
      `update booking_ban set resident_id = $2, person = case when person = $1 then $2 else person end
       where resident_id = $1`,
      [from, to],
    );
  }

  private sealed(id: string, words: BookingWords): Buffer | null {
    const said = JSON.stringify(words);
    return said === '{}' ? null : this.cipher.seal('booking.words', id, said);
  }

  private one(rows: readonly BookingRow[]): Booking | null {
    const [row] = rows;
    return row ? this.bookingOf(row) : null;
  }

  private bookingOf(row: BookingRow): Booking {
    return {
      ...{ id: row.id, number: row.number, state: row.state, offeringId: row.offering_id, title: row.title },
      ...{ serviceId: row.service_id, deskId: row.desk_id, placeId: row.place_id, placeName: row.place_name },
      subdistrictId: row.subdistrict_id,
      department: { id: row.department_id, name: row.department_name },
      ...{ start: row.starts_at, end: row.ends_at, residentId: row.resident_id, person: row.person },
      ...{ onBehalf: row.on_behalf, party: row.party, heldUntil: row.held_until, waitId: row.wait_id },
      madeAt: row.made_at,
      words: row.words ? (JSON.parse(this.cipher.open('booking.words', row.id, row.words)) as BookingWords) : {},
    };
  }
}

import { Injectable } from '@nestjs/common';
import { newId, Refusal } from '@linli/kernel';
import { sqlState, type Tx } from '@linli/platform';
import type { SlotKey } from './booking';
import type { Reader } from './seat.store';

/** 候补: somebody who waits for a seat in a full slot. */
export interface Wait {
  readonly id: string;
  readonly offeringId: string;
  readonly residentId: string;
  readonly party: number;
  readonly state: 'waiting' | 'offered' | 'accepted' | 'lapsed' | 'left';
  /** How many wait before them; known while they wait. */
  readonly ahead: number;
  readonly bookingId: string | null;
  readonly deskId: string;
  readonly start: Date;
}

interface WaitRow {
  readonly id: string;
  readonly offering_id: string;
  readonly resident_id: string;
  readonly party: number;
  readonly state: Wait['state'];
  readonly ahead: number;
  readonly booking_id: string | null;
  readonly desk_id: string;
  readonly starts_at: Date;
}

const columns = `w.id, w.offering_id, w.resident_id, w.party, w.state, w.booking_id, w.desk_id, w.starts_at,
  (select count(*)::int from booking_wait o where o.desk_id = w.desk_id and o.starts_at = w.starts_at
     and o.state = 'waiting' and o.position < w.position) as ahead`;

/** A hold that keeps a freed seat for one who waited. */
export interface Offer {
  readonly wait: Wait;
  readonly id: string;
  readonly number: string;
  readonly end: Date;
  readonly on: string;
  readonly limitKey: string | null;
  readonly until: Date;
}

/** The waiting lists of slots, in the order people joined. */
@Injectable()
export class WaitStore {
  /** The seats free in a slot, its row locked; null when nobody ever asked for it. */
  async lockSlot(tx: Tx, { deskId, start }: SlotKey): Promise<number | null> {
    const [row] = await tx.sql<{ free: number }>(
      'select capacity - taken as free from booking_slot where desk_id = $1 and starts_at = $2 for update',
      [deskId, start],
    );
    return row?.free ?? null;
  }

  /** Joins the list of a slot whose row is locked; once a person. */
  async join(
    tx: Tx,
    key: SlotKey,
    who: { readonly residentId: string; readonly offeringId: string; readonly party: number },
    now: Date,
  ): Promise<Wait> {
    const id = newId();
    try {
      await tx.sql(
        `insert into booking_wait (id, desk_id, starts_at, offering_id, resident_id, party, state, joined_at)
         values ($1, $2, $3, $4, $5, $6, 'waiting', $7)`,
        [id, key.deskId, key.start, who.offeringId, who.residentId, who.party, now],
      );
    } catch (error) {
      if (sqlState(error) === '23505') throw new Refusal('booking.alreadyWaiting');
      throw error;
    }
    const wait = await this.find(tx, id);
    if (!wait) throw new Error('a wait vanished while it was made');
    return wait;
  }

  async find(reader: Reader, id: string): Promise<Wait | null> {
    const [row] = await reader.sql<WaitRow>(`select ${columns} from booking_wait w where w.id = $1`, [id]);
    return row ? waitOf(row) : null;
  }

  /** What a resident waits for, the soonest first. */
  async ofResident(reader: Reader, residentId: string, limit: number): Promise<Wait[]> {
    const rows = await reader.sql<WaitRow>(
      `select ${columns} from booking_wait w where w.resident_id = $1 and w.state in ('waiting', 'offered')
       order by w.starts_at, w.id limit $2`,
      [residentId, limit],
    );
    return rows.map(waitOf);
  }

  /** The first who wait for a slot, in order. */
  async first(tx: Tx, { deskId, start }: SlotKey, limit: number): Promise<Wait[]> {
    const rows = await tx.sql<WaitRow>(
      `select ${columns} from booking_wait w where w.desk_id = $1 and w.starts_at = $2 and w.state = 'waiting'
       order by w.position limit $3`,
      [deskId, start, limit],
    );
    return rows.map(waitOf);
  }

  /** Holds seats for those who waited; answers the ids of the waits that got one: others are somewhere else by then. */
  async offer(tx: Tx, offers: readonly Offer[], now: Date): Promise<Set<string>> {
    const rows = await tx.sql<{ wait_id: string }>(
      `with given as (
         select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::date[], $6::text[], $7::timestamptz[])
           as g (id, number, wait_id, ends_at, on_date, limit_key, until)
       ), held as (
         insert into booking_booking (id, number, offering_id, desk_id, starts_at, ends_at, on_date, resident_id, person,
           on_behalf, party, state, limit_key, held_until, wait_id, made_at)
         select g.id, g.number, w.offering_id, w.desk_id, w.starts_at, g.ends_at, g.on_date, w.resident_id, w.resident_id,
           false, w.party, 'held', g.limit_key, g.until, w.id, $8
         from given g join booking_wait w on w.id = g.wait_id order by w.position
         on conflict do nothing returning id, wait_id, desk_id, starts_at, party
       ), counted as (
         update booking_slot s set taken = s.taken + h.seats
         from (select desk_id, starts_at, sum(party) as seats from held group by 1, 2) h
         where s.desk_id = h.desk_id and s.starts_at = h.starts_at
       ), told as (
         update booking_wait w set state = case when h.id is null then 'lapsed' else 'offered' end,
           booking_id = h.id, offered_at = case when h.id is null then null else $8::timestamptz end
         from given g left join held h on h.wait_id = g.wait_id where w.id = g.wait_id
       )
       select wait_id from held`,
      [
        ...[offers.map((one) => one.id), offers.map((one) => one.number), offers.map((one) => one.wait.id)],
        ...[offers.map((one) => one.end), offers.map((one) => one.on), offers.map((one) => one.limitKey)],
        ...[offers.map((one) => one.until), now],
      ],
    );
    return new Set(rows.map((row) => row.wait_id));
  }

  async settle(tx: Tx, ids: readonly string[], state: 'accepted' | 'lapsed' | 'left'): Promise<void> {
    await tx.sql('update booking_wait set state = $2 where id = any($1::uuid[])', [ids, state]);
  }

  /** Gives up waiting; false when it was over already. */
  async leave(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.sql(
      `update booking_wait set state = 'left' where id = $1 and state = 'waiting' returning id`,
      [id],
    );
    return rows.length === 1;
  }

  /** Nobody gets a seat in a slot that has begun. */
  async lapsePassed(tx: Tx, now: Date): Promise<void> {
    await tx.sql(
      `update booking_wait set state = 'lapsed' where id in
         (select id from booking_wait where state = 'waiting' and starts_at <= $1 limit 1000)`,
      [now],
    );
  }
}

function waitOf(row: WaitRow): Wait {
  return {
    ...{ id: row.id, offeringId: row.offering_id, residentId: row.resident_id, party: row.party, state: row.state },
    ...{ ahead: row.ahead, bookingId: row.booking_id, deskId: row.desk_id, start: row.starts_at },
  };
}

import { Injectable } from '@nestjs/common';
import { Database } from '@linli/platform';

const examplesMost = 5;

/** Holds and offers are settled by a sweep every half minute; longer than this is a fault. */
const patience = `interval '10 minutes'`;

/** What must hold of the tables whatever happened to them: each query returns what breaks it. */
const checks: readonly (readonly [sentence: string, query: string])[] = [
  [
    'slots sold beyond their seats',
    `select desk_id || '~' || starts_at as what from booking_slot where taken > capacity or taken < 0`,
  ],
  [
    'slots whose counter differs from the seats of their bookings',
    `select s.desk_id || '~' || s.starts_at as what from booking_slot s
     left join (
       select desk_id, starts_at, sum(party) as seats from booking_booking
       where state in ('held', 'booked', 'checkedIn', 'noShow') group by 1, 2
     ) b on b.desk_id = s.desk_id and b.starts_at = s.starts_at
     where s.taken <> coalesce(b.seats, 0)`,
  ],
  [
    'bookings in a slot nobody counts',
    `select b.number as what from booking_booking b
     where not exists (select from booking_slot s where s.desk_id = b.desk_id and s.starts_at = b.starts_at)`,
  ],
  [
    'persons in two places at once',
    `select number as what from (
       select number, starts_at, max(ends_at) over (partition by person order by starts_at, id
         rows between unbounded preceding and 1 preceding) as before
       from booking_booking where state in ('held', 'booked', 'checkedIn')
     ) b where before > starts_at`,
  ],
  ['numbers given twice', 'select number as what from booking_booking group by number having count(*) > 1'],
  [
    'holds that ran out long ago',
    `select number as what from booking_booking
     where state = 'held' and held_until < (select now from moment) - ${patience}`,
  ],
  [
    'offers made past somebody who waited longer for no more seats',
    `select w.id::text as what from booking_wait w
     join booking_wait o on o.desk_id = w.desk_id and o.starts_at = w.starts_at and o.position > w.position
     where w.state = 'waiting' and w.starts_at > (select now from moment) and w.party <= o.party
       and o.state = 'offered' and o.offered_at > w.joined_at`,
  ],
  [
    'waits whose offer is not held for them',
    `select w.id::text as what from booking_wait w left join booking_booking b on b.id = w.booking_id
     where w.state = 'offered' and (b.state is distinct from 'held' or b.wait_id is distinct from w.id)`,
  ],
  [
    'bookings of the last day without an event',
    `select b.number as what from booking_booking b
     where b.state = 'booked' and b.made_at > (select now from moment) - interval '1 day' and not exists (
       select from platform_outbox o where o.type = 'booking.booked' and o.payload ->> 'bookingId' = b.id::text)`,
  ],
];

/** The check an operator runs over the live tables. */
@Injectable()
export class BookingIntegrityStore {
  constructor(private readonly database: Database) {}

  /** One sentence for each rule that is broken, with a few examples; empty when all is sound. */
  async problems(now: Date): Promise<string[]> {
    const found = await Promise.all(
      checks.map(async ([sentence, query]) => {
        const rows = await this.database.sql<{ what: string; total: string }>(
          `with moment as (select $1::timestamptz as now)
           select what, count(*) over () as total from (${query}) broken order by what limit ${examplesMost}`,
          [now],
        );
        const [first] = rows;
        return first ? `${first.total} ${sentence}, such as ${rows.map((row) => row.what).join(', ')}` : null;
      }),
    );
    return found.filter((sentence) => sentence !== null);
  }
}

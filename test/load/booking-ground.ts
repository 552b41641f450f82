import type { Pool } from 'pg';
import { settle, withoutIndexes } from './filling';

/** Desks the bench books at: `spread` share 10,000 slots, `hot` has the one everybody wants, `pg` are pgbench's own. */
export interface BookingGround {
  readonly spread: readonly string[];
  readonly hot: string;
}

const desks = 50;
const slotsADesk = 200;
const slotMinutes = 30;
const firstSlotMs = 24 * 3_600_000;

/** Slots far enough ahead that none passes while the bench runs: from tomorrow midnight in Shanghai on. */
export function firstStart(now: Date): Date {
  const shanghai = now.getTime() + 8 * 3_600_000;
  return new Date(Math.floor(shanghai / firstSlotMs) * firstSlotMs + firstSlotMs - 8 * 3_600_000);
}

function idOf(offering: string, start: Date): string {
  return `${offering}~${new Date(start.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace(/[-T:]/g, '')}`;
}

/** Opens the desks; every slot has room for all who come, so that what is measured is taking seats, not refusing them. */
export async function openDesks(db: Pool, now: Date): Promise<BookingGround> {
  const rules = {
    slotMinutes,
    capacity: 10_000_000,
    onHolidays: 'open',
    weekly: [{ weekdays: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '24:00' }],
  };
  await db.query(
    `insert into booking_desk (id, place_id, place_name, name, subdistrict_id, department_id, rules, policy)
     select n, 'bench', '压测大厅', n, 'guihua', (select min(id) from directory_department),
       case n when 'month-1' then $4::jsonb else $1::jsonb end, $2
     from unnest($3::text[]) n`,
    [
      rules,
      { horizonWorkingDays: 30 },
      ['spread', 'pg'].flatMap((kind) => names(kind)).concat('hot-1', 'hotpg-1', 'month-1'),
      officeHours(rules),
    ],
  );
  await db.query(
    `insert into booking_offering (id, desk_id, title, service_id, party_most, per_day, active)
     select id || '.bench', id, '压测业务', 'bench', 5, 'department', true from booking_desk where place_id = 'bench'`,
  );
  const first = firstStart(now).getTime();
  const starts = [...Array(slotsADesk).keys()].map((n) => new Date(first + n * slotMinutes * 60_000));
  return {
    spread: names('spread').flatMap((desk) => starts.map((start) => idOf(`${desk}.bench`, start))),
    hot: idOf('hot-1.bench', starts[0] ?? now),
  };
}

/** Every day from nine to five, as a hall has it. */
function officeHours(rules: object): object {
  return { ...rules, weekly: [{ weekdays: [0, 1, 2, 3, 4, 5, 6], from: '09:00', to: '17:00' }] };
}

function names(kind: string): string[] {
  return [...Array(desks).keys()].map((n) => `${kind}-${n + 1}`);
}

/**
 * What the api sends for one booking, for pgbench: the same call of the same function, one booking at a time, arguments
 * of the same size. `hot`: all for one slot.
 */
export function transactionScript(hot: boolean, now: Date): string {
  const first = firstStart(now).getTime() / 1000;
  const desk = hot ? `'hotpg-1'` : `concat('pg-', :desk::int)`;
  return `\\set desk random(1, ${desks})
\\set slot random(0, ${slotsADesk - 1})
select n, outcome, kept from (select uuidv7() as id, nextval('booking_number') as serial, gen_random_uuid() as person,
  to_timestamp(${first}) + ${hot ? '0' : ':slot::int'} * interval '${slotMinutes} minutes' as start) x,
lateral booking_take(now(), array[x.id], array['Y00' || lpad(x.serial::text, 8, '0')], array[concat(${desk}, '.bench')],
  array[${desk}], array[1], array[x.start], array[x.start + interval '${slotMinutes} minutes'], array[10000000],
  array[(x.start at time zone 'Asia/Shanghai')::date], array[x.person], array[x.person], array[false], array[1],
  array['d' || chr(58) || 'department'], array[null::timestamptz], array[null::bytea], array[x.start - interval '1 day'],
  array[uuidv7()], array['booking.booked'],
  array[jsonb_build_object('bookingId', x.id, 'filler', repeat('x', 380))::text],
  array['resident:' || x.person || ' POST /api/v1/bookings'], array[x.serial::text],
  array[decode(repeat('ab', 32), 'hex')], array[decode(repeat('cd', 420), 'hex')]) order by n;
`;
}

/** Bookings of days past, so many that tables and indexes are as large as after years; those who came are put behind. */
export async function fillPast(db: Pool, count: number): Promise<void> {
  await db.query(
    `insert into booking_slot (desk_id, starts_at, ends_at, capacity, taken)
     select 'month-1', s, s + interval '${slotMinutes} minutes', 10000000, 0
     from generate_series(date_trunc('day', now()) - interval '999 days', date_trunc('day', now()) - interval '1 day',
       interval '1 day') s on conflict do nothing`,
  );
  await withoutIndexes(db, ['booking_booking'], () => insertPast(db, count));
  await db.query(
    `update booking_slot s set taken = c.taken from (
       select starts_at, count(*) as taken from booking_booking
       where desk_id = 'month-1' and state <> 'cancelled' group by 1
     ) c where s.desk_id = 'month-1' and s.starts_at = c.starts_at`,
  );
  await settle(db, ['booking_booking', 'booking_slot']);
}

async function insertPast(db: Pool, count: number): Promise<void> {
  await db.query(
    `insert into booking_booking (id, number, offering_id, desk_id, starts_at, ends_at, on_date, resident_id, person,
       on_behalf, party, state, limit_key, made_at, settled_at, past)
     select uuidv7(), 'Y00' || lpad(nextval('booking_number')::text, 8, '0'), 'month-1.bench', 'month-1', s,
       s + interval '${slotMinutes} minutes', s::date, p, p, false, 1,
       case n % 10 when 0 then 'cancelled' when 1 then 'noShow' else 'checkedIn' end, 'd:department',
       s - interval '2 days', s, n % 10 > 1
     from (select n, gen_random_uuid() as p,
         date_trunc('day', now()) - interval '1 day' - (n % 999) * interval '1 day' as s
       from generate_series(1, $1::int) n) g`,
    [count],
  );
}

import fc from 'fast-check';
import { Test } from '@nestjs/testing';
import { newId, Refusal } from '@linli/kernel';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { BookingIntegrityStore } from './booking-integrity.store';
import { Booking1780000016000 } from './booking.migration';
import { PastBookings1780000100100 } from './past-bookings.migration';
import { BookingModule } from './booking.module';
import { BookingService } from './booking.service';
import { usualPolicy } from './desk';
import { officeHours, sampleDistrict, samplePlatform } from './samples.module';
import { SeatRelease } from './seat-release.service';
import { WaitlistService } from './waitlist.service';

/** Tuesday 10:00 in Shanghai. */
const begin = new Date('2026-03-10T02:00:00Z');
const places = ['a', 'b'] as const;
/** Desk b has slots of an hour: its first overlaps both of desk a. */
const slots = [
  ['a', '0900'],
  ['b', '0900'],
  ['a', '0930'],
  ['b', '1000'],
] as const;

let db: TestDatabase;
let bookings: BookingService;
let waitlist: WaitlistService;
let release: SeatRelease;
let integrity: BookingIntegrityStore;

beforeAll(async () => {
  db = await testDatabase({
    rows: directoryRows,
    migrations: [Directory1780000001000, Booking1780000016000, PastBookings1780000100100],
  });
  const parts = { database: db.database, cipher: db.cipher, clock: db.clock };
  const module = await Test.createTestingModule({ imports: [samplePlatform(parts), BookingModule] }).compile();
  bookings = module.get(BookingService);
  waitlist = module.get(WaitlistService);
  release = module.get(SeatRelease);
  integrity = module.get(BookingIntegrityStore);
  await db.database.transact(sampleDistrict);
});
afterAll(() => db.close());

interface Act {
  readonly kind: 'book' | 'hold' | 'cancel' | 'reschedule' | 'wait' | 'leave' | 'accept' | 'settle' | 'later';
  readonly who: number;
  readonly slot: number;
  readonly party: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(
    ...([
      'book',
      'book',
      'book',
      'hold',
      'cancel',
      'reschedule',
      'wait',
      'wait',
      'leave',
      'accept',
      'settle',
      'later',
    ] as const),
  ),
  who: fc.nat(3),
  slot: fc.nat(3),
  party: fc.integer({ min: 1, max: 2 }),
});

/** Two desks of two seats each, used by nobody else, and four residents. */
class Round {
  private static count = 0;
  private readonly id = `r${(Round.count += 1)}`;
  private readonly people = [newId(), newId(), newId(), newId()];
  private readonly made = new Map<number, string>();
  private readonly waits = new Map<number, string>();
  private now = begin;

  async open(): Promise<void> {
    await db.database.sql(
      `with desks as (
         insert into booking_desk (id, place_id, place_name, name, subdistrict_id, department_id, rules, policy)
         select $1 || p, 'hall', '', '', 's1', 'civil',
           jsonb_set($2, '{slotMinutes}', to_jsonb(case p when 'a' then 30 else 60 end)), $3 from unnest($4::text[]) p returning id)
       insert into booking_offering (id, desk_id, title, service_id, party_most, per_day, active)
       select id || '.x', id, '', 'x', 5, 'none', true from desks`,
      [this.id, JSON.stringify({ ...officeHours, capacity: 2 }), JSON.stringify(usualPolicy), places],
    );
  }

  async run({ kind, who, slot, party }: Act): Promise<void> {
    const residentId = this.people[who] ?? '';
    const [place, time] = slots[slot] ?? slots[0];
    const slotId = `${this.id}${place}.x~20260311${time}`;
    const request = { residentId, slotId, party };
    const { now } = this;
    const made = this.made.get(who) ?? newId();
    const wait = this.waits.get(who) ?? newId();
    try {
      if (kind === 'book') this.made.set(who, (await bookings.book(request, null, now)).id);
      if (kind === 'hold') this.made.set(who, (await bookings.hold(request, null, now)).id);
      if (kind === 'later') this.now = new Date(now.getTime() + 3 * 60_000);
      if (kind === 'settle') await this.settle();
      await db.database.transact(async (tx) => {
        if (kind === 'cancel') await bookings.cancel(tx, made, residentId, now);
        if (kind === 'reschedule') await bookings.reschedule(tx, made, residentId, slotId, now);
        if (kind === 'wait') this.waits.set(who, (await waitlist.join(tx, residentId, slotId, party, now)).id);
        if (kind === 'leave') await waitlist.leave(tx, wait, residentId, now);
        if (kind === 'accept') this.made.set(who, (await waitlist.accept(tx, wait, residentId, now)).id);
      });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'service.unavailable') throw error;
    }
  }

  async settle(): Promise<void> {
    for (const [place, time] of slots)
      await db.database.transact((tx) =>
        release.settleSlot(
          tx,
          { deskId: this.id + place, start: new Date(`2026-03-11T${time.slice(0, 2)}:${time.slice(2)}+08:00`) },
          this.now,
        ),
      );
  }

  /** What is wrong in this round's slots. */
  async problems(): Promise<unknown[]> {
    return db.database.sql(
      `select 'counter' as what, s.starts_at from booking_slot s where s.desk_id = any($1) and (s.taken > s.capacity
         or s.taken <> (select coalesce(sum(party), 0) from booking_booking b where b.desk_id = s.desk_id
           and b.starts_at = s.starts_at and b.state in ('held', 'booked')))
       union all
       select 'two places', a.starts_at from booking_booking a join booking_booking b on b.person = a.person and b.id > a.id
       where a.desk_id = any($1) and a.state in ('held', 'booked') and b.state in ('held', 'booked')
         and a.starts_at < b.ends_at and b.starts_at < a.ends_at
       union all
       select 'waits though it fits', w.starts_at from booking_wait w
         join booking_slot s on s.desk_id = w.desk_id and s.starts_at = w.starts_at
       where w.desk_id = any($1) and w.state = 'waiting' and w.party <= s.capacity - s.taken
       union all
       select 'hold run out', starts_at from booking_booking where desk_id = any($1) and state = 'held' and held_until <= $2
       union all
       select 'offer without hold', w.starts_at from booking_wait w left join booking_booking b on b.id = w.booking_id
       where w.desk_id = any($1) and w.state = 'offered' and b.state is distinct from 'held'`,
      [places.map((place) => this.id + place), this.now],
    );
  }
}

it('in any order, at any moment, together: seats, persons and lines stay right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(act, { maxLength: 5 }), { minLength: 1, maxLength: 4 }), async (lanes) => {
      const round = new Round();
      await round.open();
      const each = async (acts: readonly Act[]): Promise<void> => {
        for (const one of acts) await round.run(one);
      };
      await Promise.all(lanes.map(each));
      await round.settle();
      expect(await round.problems()).toEqual([]);
    }),
    { numRuns: 500 },
  );
  expect(await integrity.problems(begin)).toEqual([]);
}, 120_000);

import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { newId, Refusal } from '@linli/kernel';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { bodyHash, Database, dataSourceOptions, type RequestKey } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { BookingIntegrityStore } from './booking-integrity.store';
import { Booking1780000016000 } from './booking.migration';
import { PastBookings1780000100100 } from './past-bookings.migration';
import { BookingModule } from './booking.module';
import { BookingService } from './booking.service';
import { DeskBook } from './desk-book.service';
import { sampleDesk, sampleDistrict, sampleOffering, samplePlatform } from './samples.module';

const schema = {
  rows: directoryRows,
  migrations: [Directory1780000001000, Booking1780000016000, PastBookings1780000100100],
};
/** Tuesday 10:00 in Shanghai. */
const now = new Date('2026-03-10T02:00:00Z');
const slot = 'hall.general~202603111000';

let db: TestDatabase;
let sources: DataSource[];
/** As many processes, each with its own connections and its own gathering. */
let doors: BookingService[];
let integrity: BookingIntegrityStore;

async function door(database: Database): Promise<BookingService> {
  const parts = { database, cipher: db.cipher, clock: db.clock };
  const module = await Test.createTestingModule({ imports: [samplePlatform(parts), BookingModule] }).compile();
  return module.get(BookingService);
}

async function outcomes(tries: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const one of await Promise.allSettled(tries)) {
    const reason: unknown = one.status === 'rejected' ? one.reason : null;
    const name = one.status === 'fulfilled' ? 'booked' : reason instanceof Refusal ? reason.code : String(reason);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

beforeAll(async () => {
  db = await testDatabase(schema);
  sources = await Promise.all([1, 2, 3].map(() => new DataSource(dataSourceOptions(db.url, schema, 6)).initialize()));
  doors = await Promise.all([db.database, ...sources.map((one) => new Database(one))].map(door));
  const parts = { database: db.database, cipher: db.cipher, clock: db.clock };
  const module = await Test.createTestingModule({ imports: [samplePlatform(parts), BookingModule] }).compile();
  integrity = module.get(BookingIntegrityStore);
  await db.database.transact(async (tx) => {
    await sampleDistrict(tx);
    await module
      .get(DeskBook)
      .save(
        tx,
        [sampleDesk('hall'), sampleDesk('other')],
        [sampleOffering('hall.general', 'hall'), sampleOffering('other.general', 'other', { perDay: 'department' })],
        now,
      );
  });
});
afterAll(async () => {
  await Promise.all(sources.map((one) => one.destroy()));
  await db.close();
});

const at = (n: number): BookingService => doors[n % doors.length]!;

describe('a rush', () => {
  it('of 200 for a slot of 10 gives 10 seats and 190 refusals', async () => {
    const tries = Array.from({ length: 200 }, (_, n) =>
      at(n).book({ residentId: newId(), slotId: slot, party: 1 }, null, now),
    );
    expect(await outcomes(tries)).toEqual({ booked: 10, 'booking.full': 190 });
    const [row] = await db.database.sql<{ taken: number; bookings: number; numbers: number; events: number }>(
      `select (select taken from booking_slot where desk_id = 'hall') as taken, count(*)::int as bookings,
         count(distinct number)::int as numbers,
         (select count(*)::int from platform_outbox where type = 'booking.booked') as events from booking_booking`,
    );
    expect(row).toEqual({ taken: 10, bookings: 10, numbers: 10, events: 10 });
    expect(await integrity.problems(now)).toEqual([]);
  });

  it('of groups fills the slot as far as groups fit', async () => {
    const tries = Array.from({ length: 40 }, (_, n) =>
      at(n).book({ residentId: newId(), slotId: 'hall.general~202603111030', party: 3 }, null, now),
    );
    expect(await outcomes(tries)).toEqual({ booked: 3, 'booking.full': 37 });
    const last = await outcomes([
      at(0).book({ residentId: newId(), slotId: 'hall.general~202603111030', party: 1 }, null, now),
    ]);
    expect(last).toEqual({ booked: 1 });
  });

  it('of one person for several places at once leaves them in one', async () => {
    for (let round = 0; round < 10; round += 1) {
      const residentId = newId();
      const tries = Array.from({ length: 8 }, (_, n) =>
        at(n).book(
          { residentId, slotId: `${n % 2 === 0 ? 'hall' : 'other'}.general~202603121000`, party: 1 },
          null,
          now,
        ),
      );
      expect(await outcomes(tries)).toEqual({ booked: 1, 'booking.elsewhere': 7 });
      await db.database.sql(
        `update booking_booking set state = 'cancelled', settled_at = made_at
                             where resident_id = $1 and state = 'booked'`,
        [residentId],
      );
      await db.database.sql(`update booking_slot s set taken = (select coalesce(sum(party), 0) from booking_booking b
        where b.desk_id = s.desk_id and b.starts_at = s.starts_at and b.state = 'booked')`);
    }
    expect(await integrity.problems(now)).toEqual([]);
  });

  it('of one person in one department on one day leaves one booking', async () => {
    const residentId = newId();
    const times = ['0900', '0930', '1000', '1030', '1100', '1130', '1400', '1430'];
    const tries = times.map((time, n) =>
      at(n).book({ residentId, slotId: `other.general~20260313${time}`, party: 1 }, null, now),
    );
    expect(await outcomes(tries)).toEqual({ booked: 1, 'booking.dayLimit': 7 });
  });

  it('across many slots in crossed order ends, and every counter is right', async () => {
    const tries = Array.from({ length: 400 }, (_, n) => {
      const time = ['0900', '0930', '1000', '1030', '1100', '1130'][(n * 7) % 6]!;
      return at(n).book({ residentId: newId(), slotId: `hall.general~20260316${time}`, party: 1 + (n % 2) }, null, now);
    });
    const counts = await outcomes(tries);
    expect(Object.keys(counts).sort()).toEqual(['booked', 'booking.full']);
    const full = await db.database.sql(
      `select from booking_slot where starts_at >= '2026-03-16' and taken <> capacity`,
    );
    expect(full).toEqual([]);
    expect(await integrity.problems(now)).toEqual([]);
  });
});

describe('a request sent again', () => {
  const key = (name: string, body: unknown = 1): RequestKey => ({
    scope: 'resident:1 POST /b',
    key: name,
    bodyHash: bodyHash(body),
  });

  it('gets the booking it made, at once or later, through any door', async () => {
    const residentId = newId();
    const request = { residentId, slotId: 'hall.general~202603170900', party: 1 };
    const views = await Promise.all(Array.from({ length: 12 }, (_, n) => at(n).book(request, key('k1'), now)));
    views.push(await at(1).book(request, key('k1'), new Date(now.getTime() + 3_600_000)));
    expect(new Set(views.map((one) => one.id)).size).toBe(1);
    expect(new Set(views.map((one) => JSON.stringify(one))).size).toBe(1);
    const [{ count } = { count: 0 }] = await db.database.sql<{ count: number }>(
      'select count(*)::int as count from booking_booking where resident_id = $1',
      [residentId],
    );
    expect(count).toBe(1);
  });

  it('with another body is refused, and a full slot still answers its holder', async () => {
    const residentId = newId();
    const request = { residentId, slotId: 'hall.general~202603170930', party: 5 };
    const made = await at(0).book(request, key('k2'), now);
    await at(1).book({ ...request, residentId: newId() }, null, now);
    expect((await at(2).book(request, key('k2'), now)).id).toBe(made.id);
    await expect(at(3).book({ ...request, party: 1 }, key('k2', 2), now)).rejects.toMatchObject({
      code: 'idempotency.mismatch',
    });
    await expect(at(3).book({ ...request, residentId: newId(), party: 1 }, key('k3'), now)).rejects.toMatchObject({
      code: 'booking.full',
    });
    // What was refused is not kept: the same request may succeed later.
    await db.database.sql(`update booking_slot set capacity = 11 where starts_at = '2026-03-17T01:30:00Z'`);
    expect((await at(3).book({ ...request, residentId: newId(), party: 1 }, key('k3'), now)).state).toBe('booked');
  });

  it('with one key for two slots at once makes one booking', async () => {
    for (let round = 0; round < 10; round += 1) {
      const residentId = newId();
      const book = (n: number, time: string): Promise<unknown> =>
        at(n).book({ residentId, slotId: `hall.general~20260316${time}`, party: 1 }, key(`k4-${round}`, time), now);
      await db.database.sql(
        `update booking_slot set capacity = 1000 where starts_at >= '2026-03-16' and starts_at < '2026-03-17'`,
      );
      const counts = await outcomes([book(0, '1400'), book(1, '1430')]);
      expect(counts).toEqual({ booked: 1, 'idempotency.mismatch': 1 });
    }
  });
});

import { Test, type TestingModule } from '@nestjs/testing';
import { newId } from '@linli/kernel';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { BanService } from './ban.service';
import type { BookingView } from './booking';
import { BookingIntegrityStore } from './booking-integrity.store';
import { BookingSweep } from './booking-sweep.service';
import { Booking1780000016000 } from './booking.migration';
import { PastBookings1780000100100 } from './past-bookings.migration';
import { BookingModule } from './booking.module';
import { BookingService } from './booking.service';
import { DeskBook } from './desk-book.service';
import { sampleDesk, sampleDistrict, sampleOfficer, sampleOffering, samplePlatform } from './samples.module';
import { StaffBookingService } from './staff-booking.service';
import { WaitlistService } from './waitlist.service';

let db: TestDatabase;
let house: TestingModule;
let bookings: BookingService;
let waitlist: WaitlistService;
let sweep: BookingSweep;
let bans: BanService;
let staff: StaffBookingService;
const clerk = sampleOfficer('clerk', { hallId: 'hall', subdistrictId: 's1' });
/** Shanghai time. */
const at = (text: string): Date => new Date(`${text}+08:00`);
const now = at('2026-03-10T10:00');
const minutes = (n: number, from = now): Date => new Date(from.getTime() + n * 60_000);
const slot = (time: string, offering = 'one.general', on = '20260311'): string => `${offering}~${on}${time}`;

const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
const book = (slotId: string, residentId = newId(), when = now, party = 1): Promise<BookingView> =>
  bookings.book({ residentId, slotId, party }, null, when);
const events = async (bookingId: string): Promise<string[]> =>
  (
    await db.database.sql<{ type: string }>(
      `select type from platform_outbox where payload->>'bookingId' = $1 order by at, id`,
      [bookingId],
    )
  ).map((row) => row.type);
const free = async (slotId: string, when = now): Promise<number | undefined> =>
  (await bookings.slotsOf(slotId.split('~')[0]!, null, null, when)).find((one) => one.id === slotId)?.free;

beforeAll(async () => {
  db = await testDatabase({
    rows: directoryRows,
    migrations: [Directory1780000001000, Booking1780000016000, PastBookings1780000100100],
  });
  house = await Test.createTestingModule({ imports: [samplePlatform(db), BookingModule] }).compile();
  bookings = house.get(BookingService);
  waitlist = house.get(WaitlistService);
  sweep = house.get(BookingSweep);
  bans = house.get(BanService);
  staff = house.get(StaffBookingService);
  await transact(async (tx) => {
    await sampleDistrict(tx);
    await house
      .get(DeskBook)
      .save(
        tx,
        [sampleDesk('one', { capacity: 1 }), sampleDesk('many', { capacity: 10 })],
        [
          sampleOffering('one.general', 'one'),
          sampleOffering('many.general', 'many'),
          sampleOffering('many.social', 'many'),
        ],
        now,
      );
  });
});
afterEach(async () => expect(await house.get(BookingIntegrityStore).problems(now)).toEqual([]));
afterAll(() => db.close());

describe('a hold', () => {
  it('keeps its seat for five minutes and no longer, before any sweep', async () => {
    const [first, second] = [newId(), newId()];
    const held = await bookings.hold({ residentId: first, slotId: slot('0900'), party: 1 }, null, now);
    expect(held).toMatchObject({ state: 'held', heldUntil: minutes(5) });
    await expect(book(slot('0900'), second, minutes(4))).rejects.toMatchObject({ code: 'booking.full' });
    expect(await free(slot('0900'), minutes(5))).toBe(1);
    expect((await book(slot('0900'), second, minutes(5))).state).toBe('booked');
    const late = transact((tx) => bookings.confirm(tx, held.id, first, undefined, minutes(5)));
    await expect(late).rejects.toMatchObject({ code: 'booking.holdEnded' });
    expect(await events(held.id)).toEqual([]);
  });

  it('becomes a booking, once, and is nobody else’s', async () => {
    const residentId = newId();
    const held = await bookings.hold({ residentId, slotId: slot('0930'), party: 1 }, null, now);
    const foreign = transact((tx) => bookings.confirm(tx, held.id, newId(), undefined, now));
    await expect(foreign).rejects.toMatchObject({ code: 'booking.notFound' });
    const confirm = (): Promise<BookingView> =>
      transact((tx) => bookings.confirm(tx, held.id, residentId, '带轮椅', minutes(1)));
    const both = await Promise.all([confirm(), confirm()]);
    expect(both.map((one) => one.state)).toEqual(['booked', 'booked']);
    expect(await events(held.id)).toEqual(['booking.booked']);
    const [row] = await db.database.sql<{ words: Buffer }>('select words from booking_booking where id = $1', [
      held.id,
    ]);
    expect(row?.words.toString('utf8')).not.toContain('轮椅');
  });

  it('is given back by the sweep', async () => {
    await bookings.hold({ residentId: newId(), slotId: slot('1000'), party: 1 }, null, now);
    await sweep.run(minutes(6), 100);
    expect(await free(slot('1000'))).toBe(1);
  });
});

describe('moving and giving back', () => {
  it('is refused too late, and allowed until then', async () => {
    const residentId = newId();
    const made = await book(slot('1600', 'many.general', '20260310'), residentId);
    const cancel = (when: Date): Promise<BookingView> =>
      transact((tx) => bookings.cancel(tx, made.id, residentId, when));
    await expect(cancel(at('2026-03-10T14:01'))).rejects.toMatchObject({ code: 'booking.cancelTooLate' });
    expect((await cancel(at('2026-03-10T14:00'))).state).toBe('cancelled');
    expect((await cancel(at('2026-03-10T15:00'))).state).toBe('cancelled');
    expect(await events(made.id)).toEqual(['booking.booked', 'booking.cancelled']);
  });

  it('in crossed directions at once neither waits for ever nor loses a seat', async () => {
    for (let round = 0; round < 8; round += 1) {
      const people = Array.from({ length: 6 }, () => newId());
      const made = await Promise.all(
        people.map((who, n) => book(slot(n % 2 === 0 ? '1400' : '1430', 'many.general', '20260312'), who)),
      );
      const moves = made.map((one, n) =>
        transact((tx) =>
          bookings.reschedule(
            tx,
            one.id,
            people[n]!,
            slot(n % 2 === 0 ? '1430' : '1400', 'many.social', '20260312'),
            now,
          ),
        ),
      );
      expect((await Promise.all(moves)).every((one) => one.state === 'booked')).toBe(true);
      await Promise.all(made.map((one, n) => transact((tx) => bookings.cancel(tx, one.id, people[n]!, now))));
    }
    expect(await free(slot('1400', 'many.general', '20260312'))).toBe(10);
  });

  it('to a full time changes nothing', async () => {
    const [me, other] = [newId(), newId()];
    const [mine] = [await book(slot('1030'), me), await book(slot('1100'), other)];
    const move = transact((tx) => bookings.reschedule(tx, mine.id, me, slot('1100'), now));
    await expect(move).rejects.toMatchObject({ code: 'booking.full' });
    expect((await bookings.read(mine.id, me)).slot.id).toBe(slot('1030'));
    expect(await free(slot('1030'))).toBe(0);
  });
});

describe('who waits', () => {
  it('is offered what is given back, in order, each for a quarter of an hour', async () => {
    const [holder, first, second] = [newId(), newId(), newId()];
    const made = await book(slot('1130'), holder);
    const join = (who: string) => transact((tx) => waitlist.join(tx, who, slot('1130'), 1, now));
    const [one, two] = [await join(first), await join(second)];
    await expect(join(first)).rejects.toMatchObject({ code: 'booking.alreadyWaiting' });
    await transact((tx) => bookings.cancel(tx, made.id, holder, now));
    const [offer] = await waitlist.mine(first);
    expect(offer).toMatchObject({ id: one.id, state: 'offered' });
    await expect(book(slot('1130'), newId(), now)).rejects.toMatchObject({ code: 'booking.full' });
    expect((await waitlist.mine(second))[0]?.state).toBe('waiting');
    await sweep.run(minutes(14), 100);
    expect((await waitlist.mine(second))[0]?.state).toBe('waiting');
    await sweep.run(minutes(15), 100);
    expect(await waitlist.mine(first)).toEqual([]);
    const late = transact((tx) => waitlist.accept(tx, one.id, first, minutes(15)));
    await expect(late).rejects.toMatchObject({ code: 'booking.holdEnded' });
    const taken = await transact((tx) => waitlist.accept(tx, two.id, second, minutes(20)));
    expect(taken.state).toBe('booked');
    const told = await db.database.sql(
      `select from platform_outbox where type = 'booking.offered'
      and payload->>'residentId' = any($1)`,
      [[first, second]],
    );
    expect(told).toHaveLength(2);
  });

  it('and is somewhere else by then is passed over', async () => {
    const [holder, first, second] = [newId(), newId(), newId()];
    const made = await book(slot('1400'), holder);
    for (const who of [first, second]) await transact((tx) => waitlist.join(tx, who, slot('1400'), 1, now));
    await book(slot('1400', 'many.general'), first);
    await transact((tx) => bookings.cancel(tx, made.id, holder, now));
    expect([await waitlist.mine(first), (await waitlist.mine(second))[0]?.state]).toEqual([[], 'offered']);
  });
});

describe('who does not come', () => {
  const missThree = async (residentId: string, days: readonly string[]): Promise<void> => {
    for (const on of days) {
      const day = `${on.slice(0, 4)}-${on.slice(4, 6)}-${on.slice(6)}`;
      await book(slot('0900', 'many.general', on), residentId, at(`${day}T08:00`));
      await sweep.run(at(`${day}T09:29`), 100);
      expect((await bookings.mine(residentId, 1, null)).items[0]?.state).toBe('booked');
      await sweep.run(at(`${day}T09:30`), 100);
      expect((await bookings.mine(residentId, 1, null)).items[0]?.state).toBe('noShow');
    }
  };

  it('three times is stopped for thirty days, may appeal once, and is heard by another officer', async () => {
    const residentId = newId();
    await missThree(residentId, ['20260316', '20260317', '20260318']);
    const later = at('2026-03-18T10:00');
    const next = slot('1000', 'many.general', '20260319');
    await expect(book(next, residentId, later)).rejects.toMatchObject({ code: 'booking.banned' });
    const [ban] = await bans.mine(residentId);
    expect(ban).toMatchObject({ noShows: 3, until: at('2026-04-18T00:00'), decision: null });
    const appeal = (who: string) => transact((tx) => bans.appeal(tx, ban!.id, who, '住院了', later));
    await expect(appeal(newId())).rejects.toMatchObject({ code: 'booking.banNotFound' });
    expect((await appeal(residentId)).appeal).toBe('住院了');
    await expect(appeal(residentId)).rejects.toMatchObject({ code: 'booking.alreadyAppealed' });
    await db.database.sql('update booking_ban set made_by = $2 where id = $1', [ban!.id, clerk.id]);
    const decide = (officer = clerk) =>
      transact((tx) => bans.decide(tx, ban!.id, officer, { decision: 'lifted', reason: '有住院证明' }, later));
    await expect(decide()).rejects.toMatchObject({ code: 'booking.appealBySame' });
    await decide(sampleOfficer('supervisor'));
    expect((await book(next, residentId, later)).state).toBe('booked');
  });

  it('is recorded by a clerk from the start on, not before and not elsewhere', async () => {
    const residentId = newId();
    const made = await book(slot('1500', 'many.general', '20260310'), residentId);
    const miss = (when: string, officer = clerk) =>
      transact((tx) => staff.noShow(tx, officer, made.number, at(`2026-03-10T${when}`)));
    await expect(miss('14:59')).rejects.toMatchObject({ code: 'booking.wrongState' });
    await expect(miss('15:00', { ...clerk, hallId: 'other' })).rejects.toMatchObject({ code: 'booking.notFound' });
    expect((await miss('15:00')).state).toBe('noShow');
  });
});

describe('on the day', () => {
  it('a reminder is due once, and checking in has its time and place', async () => {
    const residentId = newId();
    const made = await book(slot('1530', 'many.general', '20260313'), residentId);
    await sweep.run(at('2026-03-12T15:29'), 100);
    expect(await events(made.id)).toEqual(['booking.booked']);
    for (const time of ['15:30', '15:31']) await sweep.run(at(`2026-03-12T${time}`), 100);
    expect(await events(made.id)).toEqual(['booking.booked', 'booking.reminderDue']);
    const checkIn = (time: string, placeId?: string) =>
      transact((tx) => bookings.checkIn(tx, made.id, residentId, placeId, at(`2026-03-13T${time}`)));
    await expect(checkIn('14:59')).rejects.toMatchObject({ code: 'booking.checkInClosed' });
    await expect(checkIn('16:00')).rejects.toMatchObject({ code: 'booking.checkInClosed' });
    await expect(checkIn('15:00', 'elsewhere')).rejects.toMatchObject({ code: 'booking.wrongPlace' });
    expect((await checkIn('15:00', 'hall')).state).toBe('checkedIn');
    expect((await transact((tx) => staff.checkIn(tx, clerk, made.number, at('2026-03-13T15:01')))).state).toBe(
      'checkedIn',
    );
    expect(await events(made.id)).toEqual(['booking.booked', 'booking.reminderDue', 'booking.checkedIn']);
    const list = await staff.list(clerk, 'hall', '2026-03-13' as never, 10, null);
    expect(list.items.map((one) => one.id)).toContain(made.id);
  });

  it('a desk that is closed afterwards takes no more, and keeps what it has', async () => {
    const made = await book(slot('1600', 'many.general', '20260313'));
    await transact((tx) =>
      house
        .get(DeskBook)
        .save(tx, [sampleDesk('many', { closures: [{ from: '2026-03-13', to: '2026-03-13' }] })], [], now),
    );
    // Remembered as it was; the database knows better.
    await expect(book(slot('1600', 'many.social', '20260313'))).rejects.toMatchObject({ code: 'booking.slotNotFound' });
    const [row] = await db.database.sql('select capacity, taken from booking_slot where starts_at = $1', [
      made.slot.start,
    ]);
    expect(row).toEqual({ capacity: 1, taken: 1 });
  });

  it('an agent books for two elders at one time, and each of them once', async () => {
    const residentId = newId();
    const forElder = (name: string, idNumber: string) =>
      bookings.book(
        {
          residentId,
          slotId: slot('1600', 'many.general', '20260312'),
          party: 1,
          onBehalfOf: { name, idNumber, consent: true },
        },
        null,
        now,
      );
    const made = [await forElder('李奶奶', '990102193803051129'), await forElder('王爷爷', '990102193803051137')];
    expect(made.map((one) => one.state)).toEqual(['booked', 'booked']);
    await expect(forElder('李奶奶', '990102193803051129')).rejects.toMatchObject({ code: 'booking.elsewhere' });
  });
});

describe('the next day', () => {
  it('who came is in nobody’s way from the next day on, and not before', async () => {
    const residentId = newId();
    await transact((tx) =>
      house
        .get(DeskBook)
        .save(
          tx,
          [sampleDesk('own'), sampleDesk('next')],
          [sampleOffering('own.general', 'own'), sampleOffering('next.general', 'next')],
          now,
        ),
    );
    const made = await book(slot('1600', 'own.general', '20260313'), residentId);
    await transact((tx) => bookings.checkIn(tx, made.id, residentId, undefined, at('2026-03-13T15:40')));
    const isPast = async (when: string): Promise<boolean | undefined> => {
      await sweep.run(at(when), 100);
      const [row] = await db.database.sql<{ past: boolean }>('select past from booking_booking where id = $1', [
        made.id,
      ]);
      return row?.past;
    };
    expect(await isPast('2026-03-13T23:59')).toBe(false);
    await expect(
      book(slot('1600', 'next.general', '20260313'), residentId, at('2026-03-13T15:45')),
    ).rejects.toMatchObject({ code: 'booking.elsewhere' });
    expect(await isPast('2026-03-14T00:00')).toBe(true);
    const page = await bookings.mine(residentId, 10, null);
    expect(page.items.map((one) => one.state)).toEqual(['checkedIn']);
  });
});

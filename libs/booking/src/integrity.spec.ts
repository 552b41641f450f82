import { Test } from '@nestjs/testing';
import { newId } from '@linli/kernel';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase } from '@linli/testing';
import { BookingIntegrityStore } from './booking-integrity.store';
import { Booking1780000016000 } from './booking.migration';
import { PastBookings1780000100100 } from './past-bookings.migration';
import { BookingModule } from './booking.module';
import { BookingService } from './booking.service';
import { DeskBook } from './desk-book.service';
import { sampleDesk, sampleDistrict, sampleOffering, samplePlatform } from './samples.module';
import { WaitlistService } from './waitlist.service';

/** Tuesday 10:00 in Shanghai. */
const now = new Date('2026-03-10T10:00:00+08:00');
const later = new Date('2026-03-10T10:30:00+08:00');
const slot = (offering: string, time: string): string => `${offering}~20260311${time}`;
const untold = `delete from platform_outbox where payload ->> 'bookingId' = (select id::text from booking_booking
  where desk_id = 'one' limit 1)`;

/** A restored or mended database may have lost its constraints, and rows may have been changed by hand. */
describe('live data that was damaged', () => {
  it.each<[string, readonly string[], RegExp]>([
    [
      'a slot is sold beyond its seats',
      [
        'alter table booking_slot drop constraint booking_slot_not_oversold',
        `update booking_slot set capacity = 0 where desk_id = 'one'`,
      ],
      /^1 slots sold beyond their seats, such as one~/,
    ],
    [
      'a counter is not what was booked',
      [`update booking_slot set taken = taken - 1 where desk_id = 'many'`],
      /^1 slots whose counter differs/,
    ],
    [
      'a slot has vanished',
      [`delete from booking_slot where desk_id = 'many'`],
      /^1 bookings in a slot nobody counts, such as Y/,
    ],
    [
      'one person is in two places',
      [
        'alter table booking_booking drop constraint booking_one_place',
        `update booking_booking set person = (select person from booking_booking where desk_id = 'one' limit 1)`,
      ],
      /^1 persons in two places at once/,
    ],
    [
      'a number was given twice',
      [
        'alter table booking_booking drop constraint booking_booking_number_key',
        `update booking_booking set number = 'Y2600000423'`,
      ],
      /^1 numbers given twice, such as Y2600000423/,
    ],
    [
      'a hold is kept for ever',
      [
        `update booking_booking set state = 'held', settled_at = null, held_until = '2026-03-10T01:00:00Z'
        where desk_id = 'many'`,
      ],
      /^1 holds that ran out long ago/,
    ],
    ['a booking was never told of', [untold], /^1 bookings of the last day without an event/],
    [
      'an offer holds no seat',
      [
        `update booking_wait set state = 'offered', offered_at = now(), booking_id = (select id from booking_booking
        where desk_id = 'one' limit 1)`,
      ],
      /^1 waits whose offer is not held for them/,
    ],
  ])('%s: it is found, and nothing before', async (_, damage, sentence) => {
    const db = await testDatabase({
      rows: directoryRows,
      migrations: [Directory1780000001000, Booking1780000016000, PastBookings1780000100100],
    });
    try {
      const house = await Test.createTestingModule({ imports: [samplePlatform(db), BookingModule] }).compile();
      const [bookings, integrity] = [house.get(BookingService), house.get(BookingIntegrityStore)];
      await db.database.transact(async (tx) => {
        await sampleDistrict(tx);
        const desks = [sampleDesk('one', { capacity: 1 }), sampleDesk('many', { capacity: 4 })];
        const offerings = [sampleOffering('one.a', 'one'), sampleOffering('many.a', 'many')];
        await house.get(DeskBook).save(tx, desks, offerings, now);
      });
      const book = (slotId: string) => bookings.book({ residentId: newId(), slotId, party: 1 }, null, now);
      await Promise.all([book(slot('one.a', '0900')), book(slot('many.a', '0900'))]);
      await db.database.transact((tx) => house.get(WaitlistService).join(tx, newId(), slot('one.a', '0900'), 1, now));
      expect(await integrity.problems(later)).toEqual([]);
      for (const statement of damage) await db.database.sql(statement);
      expect(await integrity.problems(later)).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
    } finally {
      await db.close();
    }
  });
});

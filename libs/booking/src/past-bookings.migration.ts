import type { MigrationInterface, QueryRunner } from 'typeorm';

const standing = `state in ('held', 'booked', 'checkedIn')`;

/**
 * Bookings of days gone by leave the indexes that keep a person from being in two places: those then hold a few days, not
 * years, and a booking costs the same however many lie behind.
 */
export class PastBookings1780000100100 implements MigrationInterface {
  readonly name = 'PastBookings1780000100100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table booking_booking add column past boolean not null default false;
      update booking_booking set past = true
      where state = 'checkedIn' and on_date < (now() at time zone 'Asia/Shanghai')::date;
      alter table booking_booking drop constraint booking_one_place,
        add constraint booking_one_place exclude using gist (person with =, tstzrange(starts_at, ends_at) with &&)
          where (${standing} and not past);
      drop index booking_one_a_day;
      create unique index booking_one_a_day on booking_booking (person, limit_key, on_date)
        where limit_key is not null and ${standing} and not past;
      create index booking_to_put_behind on booking_booking (on_date) where state = 'checkedIn' and not past;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index booking_to_put_behind, booking_one_a_day;
      alter table booking_booking drop constraint booking_one_place,
        add constraint booking_one_place exclude using gist (person with =, tstzrange(starts_at, ends_at) with &&)
          where (${standing});
      create unique index booking_one_a_day on booking_booking (person, limit_key, on_date)
        where limit_key is not null and ${standing};
      alter table booking_booking drop column past;
    `);
  }
}

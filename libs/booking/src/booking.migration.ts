import type { MigrationInterface, QueryRunner } from 'typeorm';
import { takeFunction } from './take-function.migration';

export class Booking1780000016000 implements MigrationInterface {
  readonly name = 'Booking1780000016000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create extension if not exists btree_gist');
    await runner.query(tables);
    await runner.query(indexes);
    await runner.query(takeFunction);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function booking_take;
      drop function booking_undo;
      drop table booking_ban, booking_wait, booking_booking, booking_slot, booking_offering, booking_desk;
      drop sequence booking_number;
    `);
  }
}

const tables = `
  create sequence booking_number as bigint;

  create table booking_desk (
    id text primary key,
    place_id text not null,
    place_name text not null,
    name text not null,
    subdistrict_id text not null references directory_subdistrict,
    department_id text not null references directory_department,
    rules jsonb not null,
    policy jsonb not null,
    revision int not null default 1
  );
  create index booking_desk_place on booking_desk (place_id);

  create table booking_offering (
    id text primary key,
    desk_id text not null references booking_desk,
    title text not null,
    service_id text not null,
    party_most int not null check (party_most > 0),
    per_day text not null check (per_day in ('department', 'service', 'none')),
    active boolean not null
  );
  create index booking_offering_desk on booking_offering (desk_id);
  create index booking_offering_service on booking_offering (service_id, id);

  create table booking_slot (
    desk_id text not null references booking_desk,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    capacity int not null,
    taken int not null default 0,
    primary key (desk_id, starts_at),
    constraint booking_slot_not_oversold check (taken between 0 and capacity),
    check (starts_at < ends_at)
  ) with (fillfactor = 50);

  create table booking_booking (
    id uuid primary key,
    number text not null unique check (number ~ '^Y[0-9]{10,}$'),
    offering_id text not null,
    desk_id text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    on_date date not null,
    resident_id uuid not null,
    person uuid not null,
    on_behalf boolean not null,
    party int not null check (party > 0),
    state text not null check (state in ('held', 'booked', 'checkedIn', 'cancelled', 'noShow', 'expired')),
    limit_key text,
    held_until timestamptz,
    wait_id uuid,
    words bytea,
    remind_at timestamptz,
    made_at timestamptz not null,
    settled_at timestamptz,
    officer_id uuid,
    constraint booking_held check ((state = 'held') = (held_until is not null)),
    constraint booking_settled check ((state in ('held', 'booked')) = (settled_at is null)),
    constraint booking_one_place exclude using gist (person with =, tstzrange(starts_at, ends_at) with &&)
      where (state in ('held', 'booked', 'checkedIn'))
  );

  create table booking_wait (
    id uuid primary key,
    position bigint not null generated always as identity,
    desk_id text not null,
    starts_at timestamptz not null,
    offering_id text not null,
    resident_id uuid not null,
    party int not null check (party > 0),
    state text not null check (state in ('waiting', 'offered', 'accepted', 'lapsed', 'left')),
    booking_id uuid,
    joined_at timestamptz not null,
    offered_at timestamptz,
    foreign key (desk_id, starts_at) references booking_slot,
    check ((booking_id is not null) = (offered_at is not null))
  );

  create table booking_ban (
    id uuid primary key,
    person uuid not null,
    resident_id uuid not null,
    from_at timestamptz not null,
    until_at timestamptz not null check (until_at > from_at),
    bookings uuid[] not null,
    made_by uuid,
    appealed_at timestamptz,
    appeal bytea,
    decision text check (decision in ('upheld', 'lifted')),
    decided_at timestamptz,
    decided_by uuid,
    reason bytea,
    check (num_nulls(appealed_at, appeal) in (0, 2)),
    check (num_nulls(decision, decided_at, decided_by, reason) in (0, 4)),
    constraint booking_ban_decided_by_another check (decided_by is distinct from made_by or decided_by is null)
  );
`;

/** One index per question: who has what, who comes when, what the sweep settles. Partial where only open rows are asked for. */
const indexes = `
  create unique index booking_one_a_day on booking_booking (person, limit_key, on_date)
    where limit_key is not null and state in ('held', 'booked', 'checkedIn');
  create index booking_of_resident on booking_booking (resident_id, id);
  create index booking_at_slot on booking_booking (desk_id, starts_at, id);
  create index booking_holds on booking_booking (held_until) where state = 'held';
  create index booking_holds_at_slot on booking_booking (desk_id, starts_at) where state = 'held';
  create index booking_awaited on booking_booking (ends_at) where state = 'booked';
  create index booking_reminders on booking_booking (remind_at) where remind_at is not null;
  create index booking_no_shows on booking_booking (person, settled_at) where state = 'noShow';
  create unique index booking_wait_once on booking_wait (resident_id, desk_id, starts_at)
    where state in ('waiting', 'offered');
  create index booking_wait_order on booking_wait (desk_id, starts_at, position) where state = 'waiting';
  create index booking_wait_passed on booking_wait (starts_at) where state = 'waiting';
  create index booking_wait_booking on booking_wait (booking_id) where booking_id is not null;
  create index booking_ban_person on booking_ban (person, until_at);
  create index booking_ban_resident on booking_ban (resident_id, id);
  create index booking_ban_appealed on booking_ban (appealed_at, id) where appealed_at is not null and decision is null;
`;

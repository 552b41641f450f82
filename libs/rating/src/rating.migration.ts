import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  create table rating_service_event (
    id uuid primary key,
    kind text not null check (kind in ('case')),
    case_id uuid not null,
    case_number text not null,
    resident_id uuid not null,
    subject text not null,
    department_id text not null,
    department_name text not null,
    subdistrict_id text not null,
    officer_id uuid,
    period text not null,
    at timestamptz not null,
    rated_at timestamptz,
    unique (kind, case_id)
  );
  create index rating_service_event_awaiting on rating_service_event (resident_id, at, id) where rated_at is null;

  create table rating_given (
    id uuid primary key,
    service_event_id uuid not null references rating_service_event,
    resident_id uuid not null,
    grade text not null check (grade in
      ('verySatisfied', 'satisfied', 'fairlySatisfied', 'dissatisfied', 'veryDissatisfied')),
    options text[] not null,
    options_version text not null,
    text bytea,
    anonymous boolean not null,
    channel text not null check (channel in ('wechatOfficial', 'wechatMini', 'wechaty', 'api')),
    source text not null check (source in ('resident', 'callbackProxy')),
    at timestamptz not null,
    constraint rating_given_once unique (service_event_id)
  );
  create index rating_given_resident on rating_given (resident_id);
  create index rating_service_event_resident on rating_service_event (resident_id);

  create table rating_addendum (
    id uuid primary key,
    rating_id uuid not null references rating_given,
    text bytea not null,
    at timestamptz not null,
    constraint rating_addendum_once unique (rating_id)
  );
`;

export class Rating1780000005000 implements MigrationInterface {
  readonly name = 'Rating1780000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rating_addendum, rating_given, rating_service_event');
  }
}

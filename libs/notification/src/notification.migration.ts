import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Notification1780000008000 implements MigrationInterface {
  readonly name = 'Notification1780000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notification_delivery (
        id uuid primary key,
        position bigint generated always as identity,
        dedupe_key text not null unique,
        resident_id uuid not null,
        kind text not null check (kind in ('reply', 'caseProgress', 'ratingRequest', 'officerWords')),
        channel text not null check (channel in ('wechatOfficial', 'wechatMini', 'wechaty')),
        about text,
        body bytea,
        state text not null check (state in ('queued', 'held', 'sent', 'failed')),
        reason text,
        attempts int not null default 0,
        queued_at timestamptz not null,
        next_attempt_at timestamptz not null,
        claim uuid,
        claimed_until timestamptz,
        spoken boolean not null default false,
        settled_at timestamptz,
        check ((body is not null) = (state in ('queued', 'held'))),
        check ((reason is not null) = (state = 'failed')),
        check ((settled_at is not null) = (state in ('sent', 'failed'))),
        check ((claim is null) = (claimed_until is null))
      );
      create index notification_delivery_due on notification_delivery (channel, next_attempt_at, position)
        where state = 'queued';
      create index notification_delivery_unsettled on notification_delivery (resident_id, position)
        where state in ('queued', 'held');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notification_delivery');
  }
}

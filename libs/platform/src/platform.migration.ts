import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Platform1780000000000 implements MigrationInterface {
  readonly name = 'Platform1780000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table platform_inbox (
        channel text not null,
        message_id text not null,
        position bigint generated always as identity,
        sender bytea not null,
        received_at timestamptz not null,
        state text not null check (state in ('pending', 'done')),
        body bytea,
        answer bytea,
        done_at timestamptz,
        primary key (channel, message_id)
      );
      create index platform_inbox_pending on platform_inbox (sender, position) where state = 'pending';
      create index platform_inbox_received on platform_inbox (received_at) where state = 'done';

      create table platform_outbox (
        id uuid primary key,
        type text not null,
        payload jsonb not null,
        at timestamptz not null,
        claimed_until timestamptz,
        relayed_at timestamptz,
        consumed_at timestamptz
      );
      create index platform_outbox_unrelayed on platform_outbox (id) where relayed_at is null;
      create index platform_outbox_unconsumed on platform_outbox (relayed_at) where consumed_at is null;
      create index platform_outbox_consumed on platform_outbox (consumed_at) where consumed_at is not null;

      create table platform_consumed (
        event_id uuid not null,
        subscriber text not null,
        at timestamptz not null,
        primary key (event_id, subscriber)
      );
      create index platform_consumed_at on platform_consumed (at);

      create table platform_audit (
        id uuid primary key,
        seq bigint unique,
        at timestamptz not null,
        actor_kind text not null,
        actor_id text not null,
        action text not null,
        subject text not null,
        detail jsonb not null,
        mac bytea
      );
      create index platform_audit_unsealed on platform_audit (id) where seq is null;
      create index platform_audit_subject on platform_audit (subject, at);
      create table platform_audit_head (
        is_only boolean primary key default true check (is_only),
        seq bigint not null,
        mac bytea not null
      );
      insert into platform_audit_head (seq, mac) values (0, decode(repeat('00', 32), 'hex'));

      create table platform_idempotency (
        scope text not null,
        key text not null,
        request_hash bytea not null,
        body bytea,
        created_at timestamptz not null,
        primary key (scope, key)
      );
      create index platform_idempotency_created on platform_idempotency (created_at);

      create table platform_file (
        id uuid primary key,
        owner_kind text not null check (owner_kind in ('resident', 'officer')),
        owner_id uuid not null,
        name bytea not null,
        media_type text not null,
        size int not null check (size > 0),
        sha256 bytea not null,
        created_at timestamptz not null
      );
      create index platform_file_owner on platform_file (owner_id, created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table platform_file, platform_idempotency, platform_audit_head, platform_audit, platform_consumed,
        platform_outbox, platform_inbox;
    `);
  }
}

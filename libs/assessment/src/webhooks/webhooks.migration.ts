import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told when a month is closed, and what each has yet to hear. */
export class AssessmentWebhooks1780000034500 implements MigrationInterface {
  readonly name = 'AssessmentWebhooks1780000034500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table assessment_webhook (
        id uuid primary key,
        url text not null unique check (url like 'https://%'),
        secret bytea not null,
        allows_private boolean not null,
        created_at timestamptz not null
      );
      create table assessment_webhook_delivery (
        webhook_id uuid not null references assessment_webhook on delete cascade,
        period text not null,
        body text not null,
        attempts int not null default 0,
        due_at timestamptz,
        delivered_at timestamptz,
        last_error text,
        primary key (webhook_id, period)
      );
      create index assessment_webhook_delivery_due on assessment_webhook_delivery (due_at) where due_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table assessment_webhook_delivery, assessment_webhook');
  }
}

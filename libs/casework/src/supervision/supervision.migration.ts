import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alerts about dates, supervision orders (督办) and residents' reminders (催办). */
export class Supervision1780000023000 implements MigrationInterface {
  readonly name = 'Supervision1780000023000';

  async up(runner: QueryRunner): Promise<void> {
    // Alerts name cases without a reference: cases are never deleted, and a sweep writes tens of thousands at once.
    await runner.query(`
      create table casework_alert (
        case_id uuid not null,
        level text not null check (level in ('dueSoon', 'overdue', 'escalated')),
        due_on date not null,
        fired_at timestamptz not null,
        primary key (case_id, level, due_on)
      );

      create table casework_supervision (
        id uuid primary key,
        case_id uuid not null references casework_case,
        case_number text not null,
        title text not null,
        subdistrict_id text not null references directory_subdistrict,
        unit_id text not null references directory_department,
        unit_name text not null,
        automatic boolean not null,
        ordered_by uuid,
        ordered_at timestamptz not null,
        answer_by date not null,
        reason bytea,
        answered_at timestamptz,
        answered_by uuid,
        answer bytea,
        in_time boolean,
        overdue_at timestamptz,
        state text not null generated always as (
          case when answered_at is not null then 'answered' when overdue_at is not null then 'overdue' else 'open' end
        ) stored,
        check (automatic = (ordered_by is null) and automatic = (reason is null)),
        check (num_nulls(answered_at, answered_by, answer, in_time) in (0, 4))
      );
      create unique index casework_supervision_open on casework_supervision (case_id) where answered_at is null;
      create index casework_supervision_case on casework_supervision (case_id, ordered_at);
      create index casework_supervision_subdistrict on casework_supervision (subdistrict_id, state, answer_by, id);
      create index casework_supervision_unit on casework_supervision (unit_id, state, answer_by, id);
      create index casework_supervision_state on casework_supervision (state, answer_by, id);

      create table casework_reminder (
        case_id uuid not null references casework_case,
        day date not null,
        at timestamptz not null,
        primary key (case_id, day)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table casework_reminder, casework_supervision, casework_alert');
  }
}

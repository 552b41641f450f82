import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tasks beyond cases, and who took them. */
export class Tasks1780000025000 implements MigrationInterface {
  readonly name = 'Tasks1780000025000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table casework_task (
        id uuid primary key,
        kind text not null check (kind in ('resolution', 'proposalReply', 'deliberation', 'purchasedService', 'volunteer')),
        state text not null check (state in ('open', 'taken', 'done', 'published', 'dropped')),
        subdistrict_id text not null references directory_subdistrict,
        owner_id text not null,
        owner_name text not null,
        words bytea not null,
        due_on date not null,
        wanted int not null check (wanted between 1 and 1000),
        taken int not null default 0 check (taken between 0 and wanted),
        created_by uuid not null,
        created_at timestamptz not null,
        result bytea,
        evidence uuid[],
        done_at timestamptz,
        done_by uuid,
        in_time boolean,
        published_at timestamptz,
        dropped_at timestamptz,
        check (num_nulls(result, evidence, done_at, done_by, in_time) = case when state in ('done', 'published') then 0 else 5 end),
        check ((published_at is not null) = (state = 'published')),
        check ((dropped_at is not null) = (state = 'dropped'))
      );
      create index casework_task_subdistrict on casework_task (subdistrict_id, state, due_on, id);
      create index casework_task_owner on casework_task (owner_id, state, due_on, id);
      create index casework_task_state on casework_task (state, due_on, id);
      create index casework_task_volunteer on casework_task (subdistrict_id, due_on, id)
        where kind = 'volunteer' and state = 'open';
      create index casework_task_published on casework_task (published_at, id) where state = 'published';

      create table casework_taking (
        task_id uuid not null references casework_task,
        taker_kind text not null check (taker_kind in ('resident', 'officer')),
        taker_id uuid not null,
        taken_at timestamptz not null,
        primary key (task_id, taker_kind, taker_id)
      );
      create index casework_taking_taker on casework_taking (taker_id, taken_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table casework_taking, casework_task');
  }
}

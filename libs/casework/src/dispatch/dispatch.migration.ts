import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 派单: who was given a case, whether they signed for it or sent it back. */
export class Dispatch1780000021000 implements MigrationInterface {
  readonly name = 'Dispatch1780000021000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table casework_dispatch (
        id uuid primary key,
        case_id uuid not null references casework_case,
        department_id text not null references directory_department,
        department_name text not null,
        role text not null check (role in ('lead', 'support')),
        from_id text not null references directory_department,
        from_name text not null,
        state text not null check (state in ('waiting', 'signed', 'sentBack', 'ended')),
        binding boolean not null,
        dispatched_by uuid not null,
        dispatched_at timestamptz not null,
        sign_by timestamptz not null,
        signed_at timestamptz,
        signed_by uuid,
        sent_back_at timestamptz,
        ruled_at timestamptz,
        upheld boolean,
        check (num_nulls(signed_at, signed_by) in (0, 2)),
        check ((sent_back_at is not null) = (state = 'sentBack')),
        check (not (binding and state = 'sentBack')),
        check (num_nulls(ruled_at, upheld) in (0, 2))
      );
      create unique index casework_dispatch_lead on casework_dispatch (case_id)
        where role = 'lead' and state in ('waiting', 'signed');
      create unique index casework_dispatch_unit on casework_dispatch (case_id, department_id)
        where state in ('waiting', 'signed');
      create index casework_dispatch_inbox on casework_dispatch (department_id, state, dispatched_at, id);
      create index casework_dispatch_disputes on casework_dispatch (dispatched_at, id)
        where state = 'sentBack' and ruled_at is null;
      create index casework_dispatch_unsigned on casework_dispatch (sign_by, id) where state = 'waiting';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table casework_dispatch');
  }
}

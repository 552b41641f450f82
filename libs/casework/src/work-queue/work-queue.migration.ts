import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What officers take in hand for a while, whose case comes first, and reports that say the same. */
export class WorkQueue1780000024000 implements MigrationInterface {
  readonly name = 'WorkQueue1780000024000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table casework_claim (
        case_id uuid primary key references casework_case,
        officer_id uuid not null references directory_officer,
        claimed_at timestamptz not null,
        until timestamptz not null,
        check (until >= claimed_at)
      );
      create index casework_claim_officer on casework_claim (officer_id, until);

      create table casework_priority (
        case_id uuid primary key references casework_case,
        reason text not null check (reason in ('elder', 'disabled', 'veteran')),
        set_by uuid,
        set_at timestamptz not null
      );

      create table casework_sameness (
        entry_id text not null,
        key bytea not null,
        case_id uuid not null references casework_case,
        primary key (entry_id, key, case_id)
      );
      create index casework_sameness_case on casework_sameness (case_id);

      create table casework_link (
        case_id uuid not null references casework_case,
        other_id uuid not null references casework_case,
        because text not null check (because in ('place', 'words')),
        linked_at timestamptz not null,
        primary key (case_id, other_id),
        check (case_id > other_id)
      );
      create index casework_link_other on casework_link (other_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table casework_link, casework_sameness, casework_priority, casework_claim');
  }
}

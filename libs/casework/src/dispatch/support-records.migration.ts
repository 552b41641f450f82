import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 协办记录: what units that help did on a case, sealed; append only. */
export class SupportRecords1780000113100 implements MigrationInterface {
  readonly name = 'SupportRecords1780000113100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table casework_support_record (
        id uuid primary key,
        case_id uuid not null references casework_case,
        dispatch_id uuid not null references casework_dispatch,
        unit_id text not null,
        unit_name text not null,
        unit_kind text not null check (unit_kind in ('department', 'community', 'grid')),
        done_at timestamptz not null,
        recorded_at timestamptz not null,
        recorded_by uuid not null,
        words bytea not null,
        check (done_at <= recorded_at)
      );
      create index casework_support_record_case on casework_support_record (case_id, recorded_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table casework_support_record');
  }
}

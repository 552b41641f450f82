import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The counter: what officers filed for people, who those people are by keyed digest, hand-overs, and bundles (一事联办). */
export class Counter1780000027000 implements MigrationInterface {
  readonly name = 'Counter1780000027000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table casework_counter_filing (
        case_id uuid primary key references casework_case,
        source text not null check (source in ('window', 'phone', 'paper')),
        officer_id uuid not null,
        hall_id text,
        subdistrict_id text references directory_subdistrict,
        on_paper text[] not null,
        helped_by text not null check (helped_by in ('nobody', 'officer', 'relative')),
        at timestamptz not null
      );
      create index casework_counter_filing_subdistrict on casework_counter_filing (subdistrict_id, at desc, case_id desc);
      create index casework_counter_filing_at on casework_counter_filing (at desc, case_id desc);

      create table casework_person_index (
        kind text not null check (kind in ('idNumber', 'phone')),
        digest bytea not null,
        resident_id uuid not null references directory_resident,
        primary key (kind, digest, resident_id)
      );
      create unique index casework_person_index_identity on casework_person_index (digest) where kind = 'idNumber';

      create table casework_hand_over (
        id uuid primary key,
        case_id uuid not null references casework_case,
        at timestamptz not null,
        officer_id uuid not null,
        receiver bytea not null,
        evidence_file_id uuid references platform_file
      );
      create index casework_hand_over_case on casework_hand_over (case_id, at);

      create table casework_bundle (
        id uuid primary key,
        life_event text not null,
        name text not null,
        resident_id uuid not null references directory_resident,
        promised_on date not null,
        created_at timestamptz not null
      );
      create index casework_bundle_resident on casework_bundle (resident_id, created_at desc, id desc);

      create table casework_bundle_case (
        bundle_id uuid not null references casework_bundle,
        place int not null,
        case_id uuid not null unique references casework_case,
        entry_id text not null,
        after text[] not null,
        primary key (bundle_id, place)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table casework_bundle_case, casework_bundle, casework_hand_over, casework_person_index,
      casework_counter_filing`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  create table guidance_correction (
    id uuid primary key,
    case_id uuid,
    case_number text,
    hand_over_id uuid,
    subdistrict_id text references directory_subdistrict,
    in_chat boolean not null,
    routed_at timestamptz not null,
    routed_entry_id text,
    correct_entry_id text,
    words bytea not null,
    author_id uuid not null,
    at timestamptz not null,
    state text not null default 'pending' check (state in ('pending', 'approved', 'rejected')),
    reviewer_id uuid,
    reviewed_at timestamptz,
    constraint guidance_correction_about check (
      num_nonnulls(case_id, hand_over_id) = 1 and (case_id is null) = (case_number is null)),
    constraint guidance_correction_differs check (routed_entry_id is distinct from correct_entry_id),
    constraint guidance_correction_reviewed check (
      num_nulls(reviewer_id, reviewed_at) = case when state = 'pending' then 2 else 0 end),
    constraint guidance_correction_two_people check (reviewer_id <> author_id)
  );
  create unique index guidance_correction_case on guidance_correction (case_id) where state <> 'rejected';
  create unique index guidance_correction_hand_over on guidance_correction (hand_over_id) where state <> 'rejected';
  create index guidance_correction_state on guidance_correction (state, id);
  create index guidance_correction_subdistrict on guidance_correction (subdistrict_id, state, id);
  create index guidance_correction_routed on guidance_correction (routed_at) where case_id is not null and in_chat;
`;

export class Guidance1780000018000 implements MigrationInterface {
  readonly name = 'Guidance1780000018000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table guidance_correction');
  }
}

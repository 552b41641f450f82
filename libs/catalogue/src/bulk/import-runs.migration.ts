import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts remember the file they came with, so that they can be reviewed together. */
export class ImportRuns1780000114000 implements MigrationInterface {
  readonly name = 'ImportRuns1780000114000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(runs);
    await runner.query(reviews);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table catalogue_bulk_review_failure, catalogue_bulk_review;
      alter table catalogue_draft drop column import_id;
      drop table catalogue_import_run;
    `);
  }
}

const runs = `
  create table catalogue_import_run (
    id uuid primary key,
    officer_id uuid not null,
    importer text not null,
    file_name text not null,
    digest text not null,
    drafts int not null check (drafts > 0),
    imported_at timestamptz not null,
    unique (id, officer_id)
  );
  alter table catalogue_draft add column import_id uuid references catalogue_import_run;
  create index catalogue_draft_import on catalogue_draft (import_id, state, id) where import_id is not null;
  create index catalogue_draft_import_department on catalogue_draft (import_id, department_id, state, id)
    where import_id is not null;
`;

/** What is to be reviewed is settled when it is ordered; \`position\` tells how much of it is done. */
const reviews = `
  create table catalogue_bulk_review (
    id uuid primary key,
    import_id uuid not null,
    importer_id uuid not null,
    officer_id uuid not null,
    department_id text references directory_department,
    decision text not null check (decision in ('approve', 'sendBack')),
    reasons text[] not null,
    publish_from timestamptz,
    draft_ids uuid[] not null,
    seen_at timestamptz not null,
    ordered_at timestamptz not null,
    position int not null default 0,
    done int not null default 0,
    unchanged int not null default 0,
    failed int not null default 0,
    finished_at timestamptz,
    foreign key (import_id, importer_id) references catalogue_import_run (id, officer_id),
    constraint catalogue_bulk_review_four_eyes check (officer_id <> importer_id),
    constraint catalogue_bulk_review_reasons check ((decision = 'sendBack') = (cardinality(reasons) > 0)),
    constraint catalogue_bulk_review_publish check (publish_from is null or decision = 'approve'),
    constraint catalogue_bulk_review_count check (position = done + unchanged + failed),
    constraint catalogue_bulk_review_end check ((finished_at is not null) = (position = cardinality(draft_ids)))
  );
  create unique index catalogue_bulk_review_running on catalogue_bulk_review (import_id) where finished_at is null;
  create index catalogue_bulk_review_import on catalogue_bulk_review (import_id, id);
  create index catalogue_bulk_review_waiting on catalogue_bulk_review (id) where finished_at is null;

  create table catalogue_bulk_review_failure (
    review_id uuid not null references catalogue_bulk_review,
    draft_id uuid not null,
    code text not null,
    problems jsonb not null,
    primary key (review_id, draft_id)
  );
`;

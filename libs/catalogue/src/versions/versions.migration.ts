import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CatalogueVersions1780000010000 implements MigrationInterface {
  readonly name = 'CatalogueVersions1780000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(published);
    await runner.query(drafts);
    await runner.query(draftIndexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table catalogue_draft_step, catalogue_draft;
      drop function catalogue_draft_step_is_final;
      alter table catalogue_version drop column public_list, drop column leaves_list, drop column withdrawal_reason,
        drop column ended_at;
      alter table catalogue_revision drop column revised_at;
    `);
  }
}

/** `leaves_list`: with this version the entry left the public list it stood in, withdrawn or become of another type. */
const published = `
  alter table catalogue_version
    add column ended_at timestamptz,
    add column withdrawal_reason text,
    add column leaves_list boolean not null default false,
    add column public_list text generated always as (
      case when content ->> 'kind' = 'report' then null
           when coalesce(content #>> '{implementation,type}', 'publicService') = 'publicService' then 'services'
           else 'powers' end) stored;
  update catalogue_version v set ended_at = coalesce(
    (select n.published_at from catalogue_version n where n.entry_id = v.entry_id and n.version = v.version + 1),
    v.published_at) where state <> 'published';
  update catalogue_version set withdrawal_reason = '', leaves_list = true where state = 'withdrawn';
  alter table catalogue_version
    add constraint catalogue_version_ended check ((ended_at is null) = (state = 'published')),
    add constraint catalogue_version_withdrawal check ((withdrawal_reason is not null) = (state = 'withdrawn'));
  create index catalogue_version_began on catalogue_version (public_list, published_at, id);
  create index catalogue_version_left on catalogue_version (public_list, ended_at, id) where leaves_list;

  alter table catalogue_revision add column revised_at timestamptz;
  update catalogue_revision set revised_at = (select max(published_at) from catalogue_version);
`;

/** A draft keeps its id as the id of the version it becomes. */
const drafts = `
  create table catalogue_draft (
    id uuid primary key,
    entry_id text not null,
    department_id text not null references directory_department,
    content jsonb not null,
    base_version int,
    state text not null check (state in
      ('draft', 'submitted', 'sentBack', 'reviewed', 'scheduled', 'published', 'withdrawn')),
    is_open boolean not null generated always as (state not in ('published', 'withdrawn')) stored,
    revision int not null check (revision > 0),
    author_id uuid not null,
    editor_ids uuid[] not null,
    reviewer_id uuid,
    reviewed_at timestamptz,
    published_from timestamptz,
    version int,
    reasons text[],
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint catalogue_draft_author check (author_id = any (editor_ids)),
    constraint catalogue_draft_four_eyes check (reviewer_id is null or reviewer_id <> all (editor_ids)),
    constraint catalogue_draft_review check (
      num_nulls(reviewer_id, reviewed_at) = case when state in ('reviewed', 'scheduled', 'published') then 0 else 2 end),
    constraint catalogue_draft_schedule check ((published_from is not null) = (state in ('scheduled', 'published'))),
    constraint catalogue_draft_version check ((version is not null) = (state = 'published')),
    constraint catalogue_draft_reasons check (
      (reasons is not null) = (state in ('sentBack', 'withdrawn')) and (reasons is null or cardinality(reasons) > 0))
  );

  create table catalogue_draft_step (
    draft_id uuid not null references catalogue_draft,
    revision int not null,
    at timestamptz not null,
    what text not null,
    officer_id uuid,
    reasons text[] not null,
    primary key (draft_id, revision)
  );
  create function catalogue_draft_step_is_final() returns trigger language plpgsql as $$
    begin raise exception 'a step of a draft is final'; end
  $$;
  create trigger catalogue_draft_step_final before update or delete on catalogue_draft_step
    for each row execute function catalogue_draft_step_is_final();
`;

/** One index per question: the open draft of an entry; an officer's list by state or all that is open; what is due. */
const draftIndexes = `
  create unique index catalogue_draft_open on catalogue_draft (entry_id) where is_open;
  create index catalogue_draft_state on catalogue_draft (state, id);
  create index catalogue_draft_department on catalogue_draft (department_id, state, id);
  create index catalogue_draft_all_open on catalogue_draft (id) where is_open;
  create index catalogue_draft_department_open on catalogue_draft (department_id, id) where is_open;
  create index catalogue_draft_due on catalogue_draft (published_from, id) where state = 'scheduled';
`;

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Casework1780000004000 implements MigrationInterface {
  readonly name = 'Casework1780000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(indexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table casework_file, casework_step, casework_notice, casework_case, casework_entry;
      drop function casework_step_is_final;
      drop sequence casework_number;
    `);
  }
}

const tables = `
  create sequence casework_number as bigint;

  create table casework_entry (
    version_id uuid primary key,
    entry jsonb not null
  );

  create table casework_case (
    id uuid primary key,
    number text not null unique check (number ~ '^[0-9]{10,}$'),
    kind text not null check (kind in ('item', 'report')),
    state text not null check (state in ('submitted', 'awaitingCorrection', 'accepted', 'inHandling', 'suspended',
      'decided', 'closed', 'declined', 'withdrawn')),
    is_open boolean not null generated always as (state not in ('closed', 'declined', 'withdrawn')) stored,
    revision int not null check (revision > 0),
    resident_id uuid not null references directory_resident,
    subdistrict_id text not null references directory_subdistrict,
    department_id text not null references directory_department,
    department_name text not null,
    entry_id text not null,
    version_id uuid not null references casework_entry,
    title text not null,
    channel text not null,
    submitted_at timestamptz not null,
    accept_on date not null,
    due_on date not null,
    statutory_on date not null,
    provisional boolean not null,
    lapses_on date,
    first_receiver_id uuid,
    accepted_at timestamptz,
    accepted_on date,
    accepted_by_silence boolean,
    closed_at timestamptz,
    outcome text check (outcome in ('granted', 'refused', 'resolved', 'unresolved', 'explained')),
    on_time boolean,
    closure bytea,
    withdrawn_at timestamptz,
    withdrawal_deemed boolean,
    particulars bytea not null,
    constraint casework_case_lapses check ((lapses_on is not null) = (state in ('submitted', 'awaitingCorrection'))),
    constraint casework_case_acceptance check (
      num_nulls(accepted_at, accepted_on, accepted_by_silence) in (0, 3)
      and (accepted_at is null or state not in ('submitted', 'awaitingCorrection'))
      and (accepted_at is not null or state not in ('accepted', 'inHandling', 'suspended', 'decided', 'closed'))),
    constraint casework_case_closure check (
      num_nulls(closed_at, outcome, on_time, closure) = case when state = 'closed' then 0 else 4 end),
    constraint casework_case_withdrawal check (
      num_nulls(withdrawn_at, withdrawal_deemed) = case when state = 'withdrawn' then 0 else 2 end)
  );

  create table casework_notice (
    case_id uuid primary key references casework_case,
    given_at timestamptz not null,
    answer_by date not null,
    words bytea not null,
    answered_at timestamptz
  );

  create table casework_step (
    case_id uuid not null references casework_case,
    revision int not null,
    at timestamptz not null,
    what text not null,
    state text not null,
    actor_kind text not null,
    actor_id text not null,
    event_id uuid not null unique,
    words bytea not null,
    primary key (case_id, revision)
  );
  create function casework_step_is_final() returns trigger language plpgsql as $$
    begin raise exception 'a step of a case is final'; end
  $$;
  create trigger casework_step_final before delete or
    update of case_id, revision, at, what, state, actor_kind, actor_id, event_id on casework_step
    for each row execute function casework_step_is_final();

  create table casework_file (
    case_id uuid not null references casework_case,
    file_id uuid not null references platform_file,
    material_id text,
    media_id text,
    evidence boolean not null,
    added_at timestamptz not null,
    unique nulls not distinct (case_id, file_id, material_id),
    unique (case_id, media_id)
  );
`;

/** One index per question: an officer's list by state or all that is open, soonest due first; a resident's, newest first; the sweep. */
const indexes = `
  create index casework_case_subdistrict on casework_case (subdistrict_id, state, due_on, id);
  create index casework_case_subdistrict_open on casework_case (subdistrict_id, due_on, id) where is_open;
  create index casework_case_department on casework_case (department_id, state, due_on, id);
  create index casework_case_department_open on casework_case (department_id, due_on, id) where is_open;
  create index casework_case_district on casework_case (state, due_on, id);
  create index casework_case_district_open on casework_case (due_on, id) where is_open;
  create index casework_case_receiver on casework_case (first_receiver_id, state, due_on, id);
  create index casework_case_receiver_open on casework_case (first_receiver_id, due_on, id) where is_open;
  create index casework_case_resident on casework_case (resident_id, submitted_at desc, id desc);
  create index casework_case_lapses_on on casework_case (lapses_on, id) where lapses_on is not null;
  create index casework_file_file on casework_file (file_id);
  create index casework_step_at on casework_step (at);
`;

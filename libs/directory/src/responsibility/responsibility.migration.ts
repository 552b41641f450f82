import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Responsibility1780000011000 implements MigrationInterface {
  readonly name = 'Responsibility1780000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists btree_gist;

      create table responsibility_setting (
        is_only boolean primary key default true check (is_only),
        community_cap int not null check (community_cap between 0 and 500)
      );
      insert into responsibility_setting (community_cap) values (20);
      create table responsibility_guard (
        nature text not null check (nature in ('enforcement', 'demolition', 'environment', 'cityManagement')),
        category text, entry_id text,
        check (num_nonnulls(category, entry_id) = 1),
        unique nulls not distinct (nature, category, entry_id)
      );
      create index responsibility_guard_category on responsibility_guard (category);
      create index responsibility_guard_entry on responsibility_guard (entry_id);

      create table responsibility_list (
        id text primary key,
        kind text not null
          check (kind in ('duties', 'publicServices', 'localManagement', 'performance', 'powers')),
        title text not null,
        owner_level text not null check (owner_level in ('subdistrict', 'community')),
        owner_id text
      );
      create index responsibility_list_kind on responsibility_list (kind, id);
      create table responsibility_version (
        id uuid primary key,
        list_id text not null references responsibility_list,
        version int not null check (version > 0),
        effective_on date not null,
        ends_on date check (ends_on > effective_on),
        decided_by text not null,
        document_no text not null,
        reason text not null,
        content_hash bytea not null,
        loaded_at timestamptz not null,
        unique (list_id, version),
        exclude using gist (list_id with =, daterange(effective_on, ends_on) with &&)
      );
      create table responsibility_entry (
        version_id uuid not null references responsibility_version,
        list_id text not null,
        position int not null,
        key text not null,
        matter_key text not null,
        entry_id text, category text, matter_text text,
        level text not null,
        office_id text references directory_department,
        role text not null check (role in ('lead', 'support')),
        part text check (part in ('basic', 'cooperate', 'withdrawn')),
        power_type text,
        basis text not null,
        primary key (version_id, position),
        unique (version_id, key),
        check (num_nonnulls(entry_id, category, matter_text) = 1)
      );
      create index responsibility_entry_matter on responsibility_entry (matter_key);
      create table responsibility_adjustment (
        id uuid primary key,
        list_id text not null references responsibility_list,
        version_id uuid not null references responsibility_version,
        at timestamptz not null,
        decided_by text not null,
        reason text not null,
        change text not null check (change in ('added', 'changed', 'removed')),
        key text not null,
        before jsonb, after jsonb
      );
      create index responsibility_adjustment_list on responsibility_adjustment (list_id, id desc);
      create function responsibility_keep_adjustments() returns trigger language plpgsql as $$
        begin raise exception 'adjustments are appended, never changed or removed'; end $$;
      create trigger responsibility_adjustment_kept before update or delete or truncate on responsibility_adjustment
        for each statement execute function responsibility_keep_adjustments();

      create table responsibility_admission (
        id uuid primary key,
        kind text not null check (kind in ('admission', 'delegation')),
        matter_key text not null,
        entry_id text, category text, matter_text text,
        title text not null,
        from_unit text not null,
        to_level text not null check (to_level in ('subdistrict', 'community')),
        to_unit text,
        -- One unit as a point, every unit of the level as the whole line: so that "all" overlaps with each.
        to_span int8range not null generated always as (
          case when to_unit is null then int8range(null, null)
          else int8range(hashtextextended(to_unit, 0), hashtextextended(to_unit, 0), '[]') end) stored,
        document_no text not null,
        support_note text not null,
        effective_on date not null,
        ends_on date check (ends_on > effective_on),
        revoked_on date check (revoked_on >= effective_on),
        until date generated always as (least(ends_on, revoked_on)) stored,
        state text not null check (state in ('proposed', 'approved', 'revoked', 'withdrawn')),
        proposed_by uuid not null references directory_officer,
        proposed_at timestamptz not null,
        approved_by uuid references directory_officer,
        approved_at timestamptz,
        revoked_by uuid references directory_officer,
        revocation_reason text,
        check (num_nonnulls(entry_id, category, matter_text) = 1),
        constraint responsibility_admission_two_persons check (approved_by <> proposed_by),
        check ((state in ('approved', 'revoked')) = (approved_by is not null)),
        check ((state = 'revoked') = (revoked_on is not null)),
        check (kind <> 'delegation' or to_level = 'subdistrict'),
        constraint responsibility_admission_once exclude using gist
          (matter_key with =, to_level with =, to_span with &&, daterange(effective_on, least(ends_on, revoked_on)) with &&)
          where (state in ('approved', 'revoked'))
      );
      create index responsibility_admission_matter on responsibility_admission (matter_key, effective_on desc);
      create index responsibility_admission_newest on responsibility_admission (id desc);
      create index responsibility_admission_unit on responsibility_admission (to_level, to_unit, id desc);
      create index responsibility_admission_state on responsibility_admission (state, id desc);
    `);
  }

  /** The extension stays: others may lean on it. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table responsibility_admission, responsibility_adjustment, responsibility_entry, responsibility_version,
        responsibility_list, responsibility_guard, responsibility_setting;
      drop function responsibility_keep_adjustments();
    `);
  }
}

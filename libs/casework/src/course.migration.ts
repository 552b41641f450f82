import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happens between acceptance and closure: stops, extension, deferral, decision, delivery; and declining. */
export class CaseCourse1780000020000 implements MigrationInterface {
  readonly name = 'CaseCourse1780000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table casework_case
        add column course jsonb not null default '{}',
        add column declined_at timestamptz,
        drop constraint casework_case_closure,
        drop constraint casework_case_lapses,
        add constraint casework_case_closure check (
          num_nulls(closed_at, outcome, on_time) = case when state = 'closed' then 0 else 3 end
          and (closure is null) = (state not in ('closed', 'declined'))),
        add constraint casework_case_declining check ((declined_at is null) = (state <> 'declined')),
        add constraint casework_case_lapses check (
          case when state in ('submitted', 'awaitingCorrection') then lapses_on is not null
            when state in ('accepted', 'inHandling') then true else lapses_on is null end);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table casework_case
        drop constraint casework_case_closure,
        drop constraint casework_case_lapses,
        drop constraint casework_case_declining,
        add constraint casework_case_closure check (
          num_nulls(closed_at, outcome, on_time, closure) = case when state = 'closed' then 0 else 4 end),
        add constraint casework_case_lapses check (
          (lapses_on is not null) = (state in ('submitted', 'awaitingCorrection'))),
        drop column course,
        drop column declined_at;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Previews, what a closed month was reckoned from, and appeals. */
export class AssessmentPeriods1780000034000 implements MigrationInterface {
  readonly name = 'AssessmentPeriods1780000034000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table assessment_period
        alter column closed_at drop not null,
        alter column departments drop not null,
        alter column subdistricts drop not null,
        add column previewed_at timestamptz,
        add column appeals_until timestamptz,
        add column scheme_version text,
        add column scheme_hash text,
        add column engine_version text,
        add column inputs jsonb,
        add column hash text,
        add constraint assessment_period_stage check (closed_at is not null or previewed_at is not null),
        add constraint assessment_period_sheets check (
          closed_at is null or (departments is not null and subdistricts is not null)),
        add constraint assessment_period_appeals check (num_nulls(previewed_at, appeals_until) in (0, 2)),
        -- A month is closed once it is over, by whatever hand.
        add constraint assessment_period_over check (
          closed_at is null
          or period < to_char(closed_at at time zone 'Asia/Shanghai', 'YYYY-MM'));

      create table assessment_appeal (
        id uuid primary key,
        period text not null,
        direction text not null check (direction in ('departments', 'subdistricts')),
        subject_id text not null,
        indicator text not null,
        reason bytea not null,
        evidence bytea not null,
        filed_by uuid not null,
        filed_at timestamptz not null,
        figure_before jsonb not null,
        decided_by uuid,
        decided_at timestamptz,
        upheld boolean,
        decision bytea,
        figure_after jsonb,
        check (decided_by is null or decided_by <> filed_by),
        check (num_nulls(decided_by, decided_at, upheld, decision, figure_after) in (0, 5))
      );
      create unique index assessment_appeal_open on assessment_appeal (period, direction, subject_id, indicator)
        where decided_at is null;
      create index assessment_appeal_period on assessment_appeal (period, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table assessment_appeal;
      delete from assessment_period where closed_at is null;
      alter table assessment_period
        drop constraint assessment_period_sheets,
        drop constraint assessment_period_over,
        drop column previewed_at, drop column appeals_until, drop column scheme_version, drop column scheme_hash,
        drop column engine_version, drop column inputs, drop column hash,
        alter column closed_at set not null,
        alter column departments set not null,
        alter column subdistricts set not null;
    `);
  }
}

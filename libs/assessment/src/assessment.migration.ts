import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Assessment1780000006000 implements MigrationInterface {
  readonly name = 'Assessment1780000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table assessment_service_event (
        service_event_id uuid primary key,
        period text not null,
        department_id text not null,
        department_name text not null,
        subdistrict_id text not null,
        case_number text not null,
        at timestamptz,
        late boolean not null,
        rating_id uuid unique,
        grade text check (grade in
          ('verySatisfied', 'satisfied', 'fairlySatisfied', 'dissatisfied', 'veryDissatisfied')),
        rated_at timestamptz,
        rating_late boolean,
        check (num_nulls(rating_id, grade, rated_at, rating_late) in (0, 4)),
        check (at is not null or rated_at is not null)
      );
      create index assessment_service_event_department on assessment_service_event
        (period, department_id, service_event_id) include (grade, late, rating_late);
      create index assessment_service_event_subdistrict on assessment_service_event
        (period, subdistrict_id, service_event_id) include (grade, late, rating_late);
      create index assessment_service_event_late on assessment_service_event (period) where late or rating_late;

      create table assessment_period (
        period text primary key,
        closed_at timestamptz not null,
        departments jsonb not null,
        subdistricts jsonb not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table assessment_period, assessment_service_event');
  }
}

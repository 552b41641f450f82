import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts kept as they come: base rows of every event, deltas that never wait for each other, and their roll-up. */
export class AssessmentFacts1780000033000 implements MigrationInterface {
  readonly name = 'AssessmentFacts1780000033000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table assessment_observation (
        event_id uuid not null,
        direction text not null check (direction in ('departments', 'subdistricts')),
        subject_id text not null,
        subject_name text not null,
        period text not null,
        case_number text not null,
        at timestamptz not null,
        facts text[] not null,
        amounts numeric[] not null,
        late boolean not null,
        note text,
        taken_out text check (taken_out in ('rule', 'appeal')),
        taken_out_at timestamptz,
        primary key (event_id, direction, subject_id),
        check (cardinality(facts) = cardinality(amounts)),
        check (taken_out is null or taken_out_at is not null)
      );
      create index assessment_observation_subject on assessment_observation (period, direction, subject_id, event_id);
      create index assessment_observation_noted on assessment_observation (period, direction)
        where note is not null or taken_out is not null;

      alter table assessment_service_event
        add column taken_out text check (taken_out in ('rule', 'appeal')),
        add column taken_out_at timestamptz,
        add constraint assessment_service_event_ground check (taken_out is null or taken_out_at is not null);
      create index assessment_service_event_taken_out on assessment_service_event (period) where taken_out is not null;

      create table assessment_fact (
        period text not null,
        direction text not null,
        subject_id text not null,
        fact text not null,
        value numeric not null,
        subject_name text not null,
        primary key (period, direction, subject_id, fact)
      ) with (fillfactor = 70);

      create table assessment_delta (
        id bigint generated always as identity primary key,
        period text not null,
        direction text not null,
        subject_id text not null,
        subject_name text not null,
        fact text not null,
        value numeric not null
      ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
      create index assessment_delta_period on assessment_delta (period, direction);

      create view assessment_counted as
        select e.period, s.direction, s.subject_id, s.subject_name, f.fact, f.amount
        from (
          select period, department_id, max(department_name) as department_name, subdistrict_id, grade, late,
            rating_late, taken_out, count(*)::numeric as rows
          from assessment_service_event group by 1, 2, 4, 5, 6, 7, 8
        ) e
        cross join lateral (values
          ('departments', e.department_id, e.department_name), ('subdistricts', e.subdistrict_id, e.subdistrict_id)
        ) s (direction, subject_id, subject_name)
        cross join lateral (values
          ('serviceEvents', e.rows, not e.late),
          ('ratings', e.rows, not e.rating_late and e.taken_out is null),
          ('rated' || upper(left(e.grade, 1)) || substr(e.grade, 2), e.rows, not e.rating_late and e.taken_out is null)
        ) f (fact, amount, counts)
        where f.counts
        union all
        select o.period, o.direction, o.subject_id, o.subject_name, f.fact, f.amount
        from assessment_observation o cross join lateral unnest(o.facts, o.amounts) f (fact, amount)
        where not o.late and o.taken_out is null;

      insert into assessment_fact (period, direction, subject_id, fact, value, subject_name)
      select period, direction, subject_id, fact, sum(amount), max(subject_name) from assessment_counted
      group by 1, 2, 3, 4;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view assessment_counted;
      drop table assessment_delta, assessment_fact, assessment_observation;
      alter table assessment_service_event drop column taken_out, drop column taken_out_at;
    `);
  }
}

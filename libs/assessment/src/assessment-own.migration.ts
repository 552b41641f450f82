import type { MigrationInterface, QueryRunner } from 'typeorm';

const facts = `values
  ('serviceEvents', e.rows, not e.late),
  ('ratings', e.rows, not e.rating_late and e.taken_out is null),
  ('rated' || upper(left(e.grade, 1)) || substr(e.grade, 2), e.rows, not e.rating_late and e.taken_out is null)`;

const counted = (sheets: string, more = ''): string => `
  create or replace view assessment_counted as
    select e.period, s.direction, s.subject_id, s.subject_name, f.fact, f.amount
    from (
      select period, department_id, max(department_name) as department_name, subdistrict_id, grade, late,
        rating_late, taken_out, count(*)::numeric as rows
      from assessment_service_event group by 1, 2, 4, 5, 6, 7, 8
    ) e
    cross join lateral (${sheets}) s (direction, subject_id, subject_name)
    cross join lateral (${facts}) f (fact, amount, counts)
    where f.counts
    union all
    select o.period, o.direction, o.subject_id, o.subject_name, f.fact, f.amount
    from assessment_observation o cross join lateral unnest(o.facts, o.amounts) f (fact, amount)
    where not o.late and o.taken_out is null ${more}`;

const byOfficer = `
  union all
    select e.period, 'officers', e.officer_id::text, '', f.fact, f.amount
    from (
      select period, officer_id, grade, late, rating_late, taken_out, count(*)::numeric as rows
      from assessment_service_event where officer_id is not null group by 1, 2, 3, 4, 5, 6
    ) e
    cross join lateral (${facts}) f (fact, amount, counts)
    where f.counts`;

/** What a subdistrict did itself counts on the sheet of subdistricts alone; and what each officer did is known. */
export class AssessmentOwn1780000060300 implements MigrationInterface {
  readonly name = 'AssessmentOwn1780000060300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table assessment_service_event add column officer_id uuid');
    await runner.query(
      counted(
        `select 'departments', e.department_id, e.department_name where e.department_id <> e.subdistrict_id
        union all select 'subdistricts', e.subdistrict_id, e.subdistrict_id`,
        byOfficer,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      counted(`values ('departments', e.department_id, e.department_name),
        ('subdistricts', e.subdistrict_id, e.subdistrict_id)`),
    );
    await runner.query('alter table assessment_service_event drop column officer_id');
  }
}

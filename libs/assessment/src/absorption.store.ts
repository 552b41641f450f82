import { Injectable } from '@nestjs/common';
import type { Grade } from '@linli/contracts';
import type { Tx } from '@linli/platform';
import type { Observation } from './observation';

/** A service with what is known of it: that it was given, or how it was rated, in whichever order one hears of it. */
export interface ServiceCount {
  readonly serviceEventId: string;
  readonly period: string;
  readonly department: { readonly id: string; readonly name: string };
  readonly subdistrictId: string;
  readonly caseNumber: string;
  /** Who did it, as it was first told; null where no officer did, or nobody knows. */
  readonly officerId: string | null;
  readonly servedAt: Date | null;
  readonly rating: { readonly id: string; readonly grade: Grade; readonly at: string } | null;
}

const lockName = 'assessment.period';

/**
 * Whom a service counts for: department, subdistrict, and the officer who did it. What a subdistrict did itself, by no
 * department, counts on the sheet of subdistricts alone.
 */
export const countedFor = (row: string): string => `
  select 'departments', ${row}.department_id, ${row}.department_name where ${row}.department_id <> ${row}.subdistrict_id
  union all select 'subdistricts', ${row}.subdistrict_id, ${row}.subdistrict_id
  union all select 'officers', ${row}.officer_id::text, '' where ${row}.officer_id is not null`;

/** The delta of each subject and fact of what was written; `late` rows are in no sum. */
const addServices = `
  with told as (
    select *, exists (select 1 from assessment_period p where p.period = t.period and p.closed_at is not null) as closed
    from jsonb_to_recordset($1::jsonb) t (id uuid, period text, department text, department_name text,
      subdistrict text, case_number text, officer uuid, at timestamptz, rating uuid, grade text, rated_at timestamptz)
  ), written as (
    insert into assessment_service_event as e (service_event_id, period, department_id, department_name, subdistrict_id,
      case_number, officer_id, at, late, rating_id, grade, rated_at, rating_late)
    select id, period, department, department_name, subdistrict, case_number, officer, at, closed, rating, grade, rated_at,
      case when rating is not null then closed end
    from told order by id
    on conflict (service_event_id) do update set
      at = coalesce(e.at, excluded.at),
      rating_late = case when e.rating_id is null then excluded.rating_late else e.rating_late end,
      grade = coalesce(e.grade, excluded.grade), rated_at = coalesce(e.rated_at, excluded.rated_at),
      rating_id = coalesce(e.rating_id, excluded.rating_id)
      where (e.at is null and excluded.at is not null) or (e.rating_id is null and excluded.rating_id is not null)
    returning service_event_id, period, department_id, department_name, subdistrict_id, officer_id, grade, late,
      rating_late, xmax = 0 as is_new
  )
  insert into assessment_delta (period, direction, subject_id, subject_name, fact, value)
  select w.period, s.direction, s.id, max(s.name), f.fact, count(*)
  from written w join told t on t.id = w.service_event_id
  cross join lateral (${countedFor('w')}) s (direction, id, name)
  cross join lateral (values
    ('serviceEvents', w.is_new and not w.late),
    ('ratings', t.rating is not null and not w.rating_late),
    ('rated' || upper(left(t.grade, 1)) || substr(t.grade, 2), t.rating is not null and not w.rating_late)
  ) f (fact, counts)
  where f.counts group by 1, 2, 3, 5`;

const addObservations = `
  with told as (
    select *, exists (select 1 from assessment_period p where p.period = t.period and p.closed_at is not null) as closed
    from jsonb_to_recordset($1::jsonb) t (id uuid, direction text, subject text, subject_name text, period text,
      case_number text, at timestamptz, facts text[], amounts numeric[], note text)
  ), written as (
    insert into assessment_observation (event_id, direction, subject_id, subject_name, period, case_number, at, facts,
      amounts, note, late)
    select id, direction, subject, subject_name, period, case_number, at, facts, amounts, note, closed
    from told order by id, direction, subject
    on conflict do nothing
    returning period, direction, subject_id, subject_name, facts, amounts, late
  )
  insert into assessment_delta (period, direction, subject_id, subject_name, fact, value)
  select w.period, w.direction, w.subject_id, max(w.subject_name), f.fact, sum(f.amount)
  from written w cross join lateral unnest(w.facts, w.amounts) f (fact, amount)
  where not w.late group by 1, 2, 3, 5`;

/**
 * Takes in what happened: base rows, whose keys let each event count once, and in the same statement what they add to
 * the facts. Deltas are only appended, so no two workers ever wait for the same row.
 */
@Injectable()
export class AbsorptionStore {
  /** Notes services and ratings, any number at once; none may appear twice among them. */
  async addServices(tx: Tx, services: readonly ServiceCount[]): Promise<void> {
    await this.shareLocks(tx, services);
    const rows = services.map(({ serviceEventId, department, subdistrictId, rating, ...one }) => ({
      ...{ id: serviceEventId, period: one.period, department: department.id, department_name: department.name },
      ...{ subdistrict: subdistrictId, case_number: one.caseNumber, officer: one.officerId },
      ...{ at: one.servedAt },
      ...{ rating: rating?.id, grade: rating?.grade, rated_at: rating?.at },
    }));
    await tx.sql(addServices, [JSON.stringify(rows)]);
  }

  /** Notes what other events count; `note` says why, where it corrects an earlier month. */
  async addObservations(tx: Tx, observations: readonly Observation[], note: string | null = null): Promise<void> {
    await this.shareLocks(tx, observations);
    const rows = observations.map(({ eventId, direction, subject, period, caseNumber, at, facts }) => ({
      ...{ id: eventId, direction, subject: subject.id, subject_name: subject.name, period, at, note },
      ...{ case_number: caseNumber, facts: Object.keys(facts), amounts: Object.values(facts) },
    }));
    await tx.sql(addObservations, [JSON.stringify(rows)]);
  }

  /** Waits until nobody counts for the month, and keeps others from it until this transaction ends. */
  async lockPeriod(tx: Tx, period: string): Promise<void> {
    await tx.sql('select pg_advisory_xact_lock(hashtext($1), hashtext($2))', [lockName, period]);
  }

  /** Shared among all who count, and at odds with closing: no row falls between the sheet and what came late. */
  async shareLocks(tx: Tx, rows: readonly { readonly period: string }[]): Promise<void> {
    const periods = [...new Set(rows.map((one) => one.period))].sort();
    await tx.sql('select pg_advisory_xact_lock_shared(hashtext($1), hashtext(period)) from unnest($2::text[]) period', [
      lockName,
      periods,
    ]);
  }
}

import { Injectable } from '@nestjs/common';
import { localDate, monthOf } from '@linli/kernel';
import type { Grade } from '@linli/contracts';
import type { Tx } from '@linli/platform';
import { AbsorptionStore, countedFor } from './absorption.store';
import { gradeFacts } from './facts';
import type { Direction } from './scheme';

/** A rating that is taken out of the figures, or put back, by rule or by a decided appeal. */
export interface RatingChange {
  /** The event that says so; it counts once. */
  readonly eventId: string;
  readonly ratingId: string;
  readonly out: boolean;
  readonly ground: 'rule' | 'appeal';
  readonly at: Date;
}

interface RatedRow {
  readonly period: string;
  readonly department_id: string;
  readonly department_name: string;
  readonly subdistrict_id: string;
  readonly case_number: string;
  readonly grade: Grade;
  readonly closed: boolean;
  readonly rating_late: boolean;
}

/** Per subject of the rows changed: what their ratings add (1) or take away (−1). */
const deltasOf = (rows: string, sign: 1 | -1): string => `
  insert into assessment_delta (period, direction, subject_id, subject_name, fact, value)
  select c.period, s.direction, s.id, max(s.name), f.fact, ${sign} * count(*)
  from ${rows} c
  cross join lateral (${countedFor('c')}) s (direction, id, name)
  cross join lateral (values ('ratings'), ('rated' || upper(left(c.grade, 1)) || substr(c.grade, 2))) f (fact)
  where not c.rating_late group by 1, 2, 3, 5`;

/** Changes of what was counted: in an open month in its place, after the closing as a noted correction in the next. */
@Injectable()
export class CorrectionStore {
  constructor(private readonly absorption: AbsorptionStore) {}

  /** Takes a rating out or puts it back. Fails while its rating has not been counted, so that it is tried again. */
  async changeRating(tx: Tx, change: RatingChange): Promise<void> {
    const [known] = await tx.sql<{ period: string }>(
      'select period from assessment_service_event where rating_id = $1',
      [change.ratingId],
    );
    if (!known) throw new Error(`the rating ${change.ratingId} has not been counted yet`);
    await this.absorption.shareLocks(tx, [known]);
    const [row] = await tx.sql<RatedRow>(
      `select e.*, exists (select 1 from assessment_period p where p.period = e.period and p.closed_at is not null)
         as closed
       from assessment_service_event e where rating_id = $1`,
      [change.ratingId],
    );
    if (row?.closed) await this.correctLater(tx, change, row);
    else await this.correctInPlace(tx, change);
  }

  /** Takes rows out of a subject's open month by a decided appeal; answers how many there were. */
  async takeOut(
    tx: Tx,
    period: string,
    direction: Direction,
    subjectId: string,
    ids: readonly string[],
    at: Date,
  ): Promise<number> {
    const column = direction === 'departments' ? 'department_id' : 'subdistrict_id';
    await this.absorption.shareLocks(tx, [{ period }]);
    const [services] = await tx.sql<{ count: number }>(
      `with changed as (
         update assessment_service_event set taken_out = 'appeal', taken_out_at = $4
         where period = $1 and ${column} = $2 and service_event_id = any($3::uuid[]) and taken_out is null
           and rating_id is not null
         returning *
       ), counted as (${deltasOf('changed', -1)}) select count(*)::int as count from changed`,
      [period, subjectId, ids, at],
    );
    const [others] = await tx.sql<{ count: number }>(
      `with changed as (
         update assessment_observation set taken_out = 'appeal', taken_out_at = $5
         where period = $1 and direction = $2 and subject_id = $3 and event_id = any($4::uuid[]) and taken_out is null
           and note is null
         returning *
       ), counted as (
         insert into assessment_delta (period, direction, subject_id, subject_name, fact, value)
         select c.period, c.direction, c.subject_id, max(c.subject_name), f.fact, -sum(f.amount)
         from changed c cross join lateral unnest(c.facts, c.amounts) f (fact, amount)
         where not c.late group by 1, 2, 3, 5
       ) select count(*)::int as count from changed`,
      [period, direction, subjectId, ids, at],
    );
    return (services?.count ?? 0) + (others?.count ?? 0);
  }

  /** The latest decision holds, in whichever order they come; only a change of what counts makes a difference. */
  private async correctInPlace(tx: Tx, { ratingId, out, ground, at }: RatingChange): Promise<void> {
    await tx.sql(
      `with old as (
         select service_event_id, taken_out is null as counted from assessment_service_event
         where rating_id = $1 and (taken_out_at is null or taken_out_at < $3) for update
       ), decided as (
         update assessment_service_event e set taken_out = $2, taken_out_at = $3
         from old where e.service_event_id = old.service_event_id
         returning e.*, old.counted
       ), changed as (select * from decided where counted = $4)
       ${deltasOf('changed', out ? -1 : 1)}`,
      [ratingId, out ? ground : null, at, out],
    );
  }

  /** The closed sheet stays as it is; the month that runs bears the difference, with a note. */
  private async correctLater(tx: Tx, { eventId, out, at }: RatingChange, row: RatedRow): Promise<void> {
    if (row.rating_late) return;
    const sign = out ? -1 : 1;
    const subjects = [
      ['departments', { id: row.department_id, name: row.department_name }],
      ['subdistricts', { id: row.subdistrict_id, name: row.subdistrict_id }],
    ] as const;
    await this.absorption.addObservations(
      tx,
      subjects.slice(row.department_id === row.subdistrict_id ? 1 : 0).map(([direction, subject]) => ({
        ...{ eventId, period: monthOf(localDate(at)), direction, subject, caseNumber: row.case_number, at },
        facts: { ratings: sign, [gradeFacts[row.grade]]: sign },
      })),
      `更正${row.period}`,
    );
  }
}

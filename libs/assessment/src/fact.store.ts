import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@linli/platform';
import type { FactValues } from './facts';
import type { Direction } from './scheme';
import type { Exclusion, Tally } from './score-sheet';

interface FactRow {
  readonly period: string;
  readonly id: string;
  readonly name: string;
  readonly facts: FactValues;
}

const rollUpLock = 7_700_133;
const rollUpMost = 20_000;

const byFact = (rows: string): string => `
  select period, subject_id as id, max(name) as name, jsonb_object_agg(fact, value) filter (where value <> 0) as facts
  from (select period, subject_id, fact, sum(value) as value, max(subject_name) as name
        from (${rows}) counted group by 1, 2, 3) summed
  group by 1, 2 having count(*) filter (where value <> 0) > 0`;

/** The facts of every month and subject: what was rolled up, and the deltas that were not yet. */
@Injectable()
export class FactStore {
  constructor(private readonly database: Database) {}

  /** What was counted per subject, by month; no base row is looked at. */
  async tallies(
    source: Pick<Tx, 'sql'>,
    periods: readonly string[],
    direction: Direction | 'officers',
  ): Promise<ReadonlyMap<string, Tally[]>> {
    const rows = await source.sql<FactRow>(
      byFact(`
        select period, subject_id, subject_name, fact, value from assessment_fact
          where period = any($1) and direction = $2
        union all
        select period, subject_id, subject_name, fact, value from assessment_delta
          where period = any($1) and direction = $2`),
      [periods, direction],
    );
    return grouped(rows);
  }

  /** The same reckoned anew from the base rows. */
  async recount(source: Pick<Tx, 'sql'>, period: string, direction: Direction | 'officers'): Promise<Tally[]> {
    const rows = await source.sql<FactRow>(
      byFact(`select period, subject_id, subject_name, fact, amount as value from assessment_counted
        where period = $1 and direction = $2`),
      [period, direction],
    );
    return grouped(rows).get(period) ?? [];
  }

  /** Folds deltas into the facts, oldest first; answers how many. One process does it at a time, others go on. */
  async rollUp(): Promise<number> {
    const [row] = await this.database.sql<{ moved: number }>(
      `with alone as materialized (select pg_try_advisory_xact_lock($1) as yes),
       moved as (
         delete from assessment_delta d using (
           select id from assessment_delta where (select yes from alone) order by id limit $2 for update skip locked
         ) due where d.id = due.id
         returning d.period, d.direction, d.subject_id, d.subject_name, d.fact, d.value
       ), folded as (
         insert into assessment_fact as f (period, direction, subject_id, fact, value, subject_name)
         select period, direction, subject_id, fact, sum(value), max(subject_name) from moved
         group by 1, 2, 3, 4 order by 1, 2, 3, 4
         on conflict (period, direction, subject_id, fact) do update
           set value = f.value + excluded.value, subject_name = excluded.subject_name
       )
       select count(*)::int as moved from moved`,
      [rollUpLock, rollUpMost],
    );
    return row?.moved ?? 0;
  }

  /** What was taken out of a month, and what corrects an earlier one in it. */
  async exclusions(source: Pick<Tx, 'sql'>, period: string, direction: Direction): Promise<Exclusion[]> {
    return source.sql<Exclusion>(
      `select ground, count(*)::int as count, note from (
         select taken_out as ground, '' as note from assessment_service_event
           where period = $1 and taken_out is not null
         union all
         select taken_out, '' from assessment_observation
           where period = $1 and direction = $2 and taken_out is not null
         union all
         select 'correction', note from assessment_observation
           where period = $1 and direction = $2 and note is not null and taken_out is null
       ) noted group by 1, 3 order by 1, 3`,
      [period, direction],
    );
  }
}

function grouped(rows: readonly FactRow[]): Map<string, Tally[]> {
  const tallies = new Map<string, Tally[]>();
  for (const { period, id, name, facts } of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const month = tallies.get(period) ?? [];
    month.push({ subject: { id, name }, facts });
    tallies.set(period, month);
  }
  return tallies;
}

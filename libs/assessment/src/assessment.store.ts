import { Injectable } from '@nestjs/common';
import type { EventPayloads, Grade } from '@linli/contracts';
import { Database, type Tx } from '@linli/platform';
import type { EvidenceItem } from './evidence';
import type { Indicator, Measure } from './scheme';
import type { Direction, LateCounts, ScoreSheet, Tally } from './score-sheet';

type Requested = EventPayloads['rating.requested'];
type Given = EventPayloads['rating.given'];

const subjectColumn = { departments: 'department_id', subdistricts: 'subdistrict_id' } as const;
const nameOf = {
  departments: `(select n.department_name from assessment_service_event n
                 where n.period = $1 and n.department_id = counted.id limit 1)`,
  subdistricts: 'counted.id',
} as const;

/** What a measure counts, as a condition; rows that came after the closing never count. */
const counts = {
  serviceEvents: 'not late',
  ratings: 'not rating_late',
  satisfiedRatings: 'not rating_late and grade = any($2)',
} as const satisfies Record<Measure, string>;

const lockName = 'assessment.period';

/** The projection of services and ratings that months are assessed by, one row per service, and the closed months. */
@Injectable()
export class AssessmentStore {
  constructor(private readonly database: Database) {}

  /** Notes a service. Its rating may have been counted first; then the row stands already and only lacks its moment. */
  async addServiceEvent(tx: Tx, event: Requested, at: Date): Promise<void> {
    await this.shareLock(tx, event.period);
    await tx.sql(
      `insert into assessment_service_event as e
         (service_event_id, period, department_id, department_name, subdistrict_id, case_number, at, late)
       values ($1, $2, $3, $4, $5, $6, $7, exists (select 1 from assessment_period where period = $2))
       on conflict (service_event_id) do update set at = excluded.at where e.at is null`,
      [
        event.serviceEventId,
        event.period,
        event.department.id,
        event.department.name,
        event.subdistrictId,
        event.caseNumber,
        at,
      ],
    );
  }

  /** Notes a rating, and with it that the service was given. */
  async addRating(tx: Tx, rating: Given): Promise<void> {
    await this.shareLock(tx, rating.period);
    await tx.sql(
      `insert into assessment_service_event as e
         (service_event_id, period, department_id, department_name, subdistrict_id, case_number, late,
          rating_id, grade, rated_at, rating_late)
       select $1, $2, $3, $4, $5, $6, closed.yes, $7, $8, $9, closed.yes
       from (select exists (select 1 from assessment_period where period = $2) as yes) closed
       on conflict (service_event_id) do update
         set rating_id = excluded.rating_id, grade = excluded.grade, rated_at = excluded.rated_at,
           rating_late = excluded.rating_late
         where e.rating_id is null`,
      [
        rating.serviceEventId,
        rating.period,
        rating.department.id,
        rating.department.name,
        rating.subdistrictId,
        rating.caseNumber,
        rating.ratingId,
        rating.grade,
        rating.at,
      ],
    );
  }

  /** What was counted per subject; names are those the events carried. */
  async tallies(
    source: Pick<Tx, 'sql'>,
    period: string,
    direction: Direction,
    satisfied: readonly Grade[],
  ): Promise<Tally[]> {
    const rows = await source.sql<Record<Measure, number> & { id: string; name: string }>(
      `select counted.*, ${nameOf[direction]} as name from (
         select ${subjectColumn[direction]} as id,
           (count(*) filter (where ${counts.serviceEvents}))::int as "serviceEvents",
           (count(*) filter (where ${counts.ratings}))::int as ratings,
           (count(*) filter (where ${counts.satisfiedRatings}))::int as "satisfiedRatings"
         from assessment_service_event where period = $1 group by 1
       ) counted`,
      [period, satisfied],
    );
    return rows.map(({ id, name, ...tally }) => ({ ...tally, subject: { id, name } }));
  }

  /** The services a measure counts for one subject, by their id. */
  async evidence(
    period: string,
    direction: Direction,
    subjectId: string,
    measure: Indicator['denominator'],
    after: string,
    limit: number,
  ): Promise<EvidenceItem[]> {
    return this.database.sql(
      `select service_event_id as "serviceEventId", case_number as "caseNumber",
         case when not rating_late then grade end as grade,
         case when not rating_late then rated_at else coalesce(at, rated_at) end as at
       from assessment_service_event
       where period = $1 and ${subjectColumn[direction]} = $2 and service_event_id > $3 and ${counts[measure]}
       order by service_event_id limit $4`,
      [period, subjectId, after, limit],
    );
  }

  /** Waits until nobody counts for the month, and keeps others from it until this transaction ends. */
  async lockPeriod(tx: Tx, period: string): Promise<void> {
    await tx.sql('select pg_advisory_xact_lock(hashtext($1), hashtext($2))', [lockName, period]);
  }

  /** Freezes both sheets; false when the month is closed already. */
  async freeze(tx: Tx, period: string, sheets: Readonly<Record<Direction, ScoreSheet>>, now: Date): Promise<boolean> {
    const rows = await tx.sql(
      `insert into assessment_period (period, closed_at, departments, subdistricts) values ($1, $2, $3, $4)
       on conflict (period) do nothing returning period`,
      [period, now, JSON.stringify(sheets.departments), JSON.stringify(sheets.subdistricts)],
    );
    return rows.length === 1;
  }

  async frozen(period: string, direction: Direction): Promise<ScoreSheet | null> {
    const [row] = await this.database.sql<{ sheet: ScoreSheet }>(
      `select case $2::text when 'departments' then departments else subdistricts end as sheet
       from assessment_period where period = $1`,
      [period, direction],
    );
    return row?.sheet ?? null;
  }

  /** What came after the closing. */
  async late(period: string): Promise<LateCounts> {
    const [row] = await this.database.sql<LateCounts>(
      `select (count(*) filter (where late))::int as "serviceEvents",
         (count(*) filter (where rating_late))::int as ratings
       from assessment_service_event where period = $1 and (late or rating_late)`,
      [period],
    );
    return row ?? { serviceEvents: 0, ratings: 0 };
  }

  /** Shared among all who count, and at odds with closing: no row falls between the sheet and what came late. */
  private async shareLock(tx: Tx, period: string): Promise<void> {
    await tx.sql('select pg_advisory_xact_lock_shared(hashtext($1), hashtext($2))', [lockName, period]);
  }
}

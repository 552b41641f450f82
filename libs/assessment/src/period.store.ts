import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@linli/platform';
import type { Direction } from './scheme';
import type { Exclusion, LateCounts, ScoreSheet, Tally } from './score-sheet';

/** All a closed month was reckoned from. */
export interface PeriodInputs {
  readonly tallies: Readonly<Record<Direction, readonly Tally[]>>;
  readonly exclusions: Readonly<Record<Direction, readonly Exclusion[]>>;
}

/** A closed month as it is kept. */
export interface ClosedPeriod {
  readonly period: string;
  readonly schemeVersion: string;
  readonly schemeHash: string;
  readonly engineVersion: string;
  readonly inputs: PeriodInputs;
  readonly sheets: Readonly<Record<Direction, ScoreSheet>>;
  /** SHA-256 over all of the above. */
  readonly hash: string;
}

/** Until when units may appeal; null outside a preview. */
export interface Preview {
  readonly appealsUntil: Date;
}

/** What months went through: published for appeals, closed. */
@Injectable()
export class PeriodStore {
  constructor(private readonly database: Database) {}

  /** Publishes a month for appeals; false when it was already, or is closed. */
  async preview(tx: Tx, period: string, now: Date, until: Date): Promise<boolean> {
    const rows = await tx.sql(
      `insert into assessment_period (period, previewed_at, appeals_until) values ($1, $2, $3)
       on conflict (period) do nothing returning period`,
      [period, now, until],
    );
    return rows.length === 1;
  }

  async previewOf(source: Pick<Tx, 'sql'>, period: string): Promise<Preview | null> {
    const [row] = await source.sql<Preview>(
      `select appeals_until as "appealsUntil" from assessment_period
       where period = $1 and closed_at is null and appeals_until is not null`,
      [period],
    );
    return row ?? null;
  }

  /** Keeps what the month was closed with; false when it is closed already. */
  async freeze(tx: Tx, closed: ClosedPeriod, now: Date): Promise<boolean> {
    const rows = await tx.sql(
      `insert into assessment_period as p (period, closed_at, departments, subdistricts, scheme_version, scheme_hash,
         engine_version, inputs, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (period) do update set closed_at = excluded.closed_at, departments = excluded.departments,
         subdistricts = excluded.subdistricts, scheme_version = excluded.scheme_version,
         scheme_hash = excluded.scheme_hash, engine_version = excluded.engine_version, inputs = excluded.inputs,
         hash = excluded.hash
         where p.closed_at is null
       returning period`,
      [
        ...[closed.period, now, JSON.stringify(closed.sheets.departments), JSON.stringify(closed.sheets.subdistricts)],
        ...[closed.schemeVersion, closed.schemeHash, closed.engineVersion, JSON.stringify(closed.inputs), closed.hash],
      ],
    );
    return rows.length === 1;
  }

  /** The frozen sheets of those of the months that are closed. */
  async frozen(periods: readonly string[], direction: Direction): Promise<ReadonlyMap<string, ScoreSheet>> {
    const rows = await this.database.sql<{ period: string; sheet: ScoreSheet; hash: string | null }>(
      `select period, case $2::text when 'departments' then departments else subdistricts end as sheet, hash
       from assessment_period where period = any($1) and closed_at is not null`,
      [periods, direction],
    );
    return new Map(rows.map(({ period, sheet, hash }) => [period, hash === null ? sheet : { ...sheet, hash }]));
  }

  /** Closed months with what they were closed with; those closed before that was kept are left out. */
  async closed(period: string | null): Promise<ClosedPeriod[]> {
    return this.database.sql<ClosedPeriod>(
      `select period, scheme_version as "schemeVersion", scheme_hash as "schemeHash",
         engine_version as "engineVersion", inputs, hash,
         jsonb_build_object('departments', departments, 'subdistricts', subdistricts) as sheets
       from assessment_period
       where closed_at is not null and hash is not null and ($1::text is null or period = $1) order by period`,
      [period],
    );
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
}

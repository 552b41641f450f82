import { Injectable } from '@nestjs/common';
import { Database } from '@linli/platform';
import type { Grade } from '@linli/contracts';
import type { EvidenceItem } from './evidence';
import { gradeFacts, type FactValues } from './facts';
import type { Direction, Sum } from './scheme';
import { total } from './sum';

const subjectColumn = { departments: 'department_id', subdistricts: 'subdistrict_id' } as const;

/** Rows of the projection of services that count for a fact; what came late or was taken out counts for none. */
const serviceRows: Readonly<Partial<Record<string, string>>> = {
  serviceEvents: 'not late',
  ratings: 'not rating_late and taken_out is null',
};

/** What a figure is made of. */
export interface Behind {
  readonly numerator: Sum;
  readonly denominator: Sum;
}

type Row = Omit<EvidenceItem, 'numerator' | 'denominator'>;

/** The base rows behind a figure. */
@Injectable()
export class EvidenceStore {
  constructor(private readonly database: Database) {}

  /** The rows of a figure for one subject, by their id, from `after` on, each with what it adds. */
  async rows(
    period: string,
    direction: Direction,
    subjectId: string,
    behind: Behind,
    after: string,
    limit: number,
  ): Promise<EvidenceItem[]> {
    const condition = Object.keys(behind.denominator)
      .map((name) => serviceRows[name])
      .find((one) => one !== undefined);
    if (condition !== undefined) {
      const services = await this.services(period, direction, subjectId, condition, after, limit);
      return services.map((row) => ({ ...row, ...addedBy(behind, factsOf(row.grade)) }));
    }
    const names = [...new Set([...Object.keys(behind.numerator), ...Object.keys(behind.denominator)])];
    const rows = await this.database.sql<Row & { readonly counted: Readonly<Record<string, number>> }>(
      `select event_id as "serviceEventId", case_number as "caseNumber", null as grade, at,
         (select jsonb_object_agg(fact, amount) from unnest(facts, amounts) f (fact, amount)) as counted
       from assessment_observation
       where period = $1 and direction = $2 and subject_id = $3 and event_id > $4 and facts && $5::text[]
         and not late and taken_out is null
       order by event_id limit $6`,
      [period, direction, subjectId, after, names, limit],
    );
    return rows.map(({ counted, ...row }) => ({ ...row, ...addedBy(behind, counted) }));
  }

  private async services(
    period: string,
    direction: Direction,
    subjectId: string,
    condition: string,
    after: string,
    limit: number,
  ): Promise<Row[]> {
    return this.database.sql(
      `select service_event_id as "serviceEventId", case_number as "caseNumber",
         case when not rating_late and taken_out is null then grade end as grade,
         case when not rating_late then rated_at else coalesce(at, rated_at) end as at
       from assessment_service_event
       where period = $1 and ${subjectColumn[direction]} = $2 and service_event_id > $3 and ${condition}
       order by service_event_id limit $4`,
      [period, subjectId, after, limit],
    );
  }
}

/** What a service counts: itself, and its rating where it has one. */
function factsOf(grade: Grade | null): FactValues {
  return { serviceEvents: 1, ...(grade === null ? {} : { ratings: 1, [gradeFacts[grade]]: 1 }) };
}

function addedBy(
  { numerator, denominator }: Behind,
  facts: FactValues,
): Pick<EvidenceItem, 'numerator' | 'denominator'> {
  return { numerator: total(numerator, facts), denominator: total(denominator, facts) };
}

import { Injectable } from '@nestjs/common';
import { Database } from '@linli/platform';
import type { EvidenceItem } from './evidence';
import type { Direction, Sum } from './scheme';

const subjectColumn = { departments: 'department_id', subdistricts: 'subdistrict_id' } as const;

/** Rows of the projection of services that count for a fact; what came late or was taken out counts for none. */
const serviceRows: Readonly<Partial<Record<string, string>>> = {
  serviceEvents: 'not late',
  ratings: 'not rating_late and taken_out is null',
};

/** The base rows behind a figure. */
@Injectable()
export class EvidenceStore {
  constructor(private readonly database: Database) {}

  /** The rows of a denominator for one subject, by their id, from `after` on. */
  async rows(
    period: string,
    direction: Direction,
    subjectId: string,
    denominator: Sum,
    after: string,
    limit: number,
  ): Promise<EvidenceItem[]> {
    const names = Object.keys(denominator);
    const condition = names.map((name) => serviceRows[name]).find((one) => one !== undefined);
    if (condition !== undefined) return this.services(period, direction, subjectId, condition, after, limit);
    return this.database.sql(
      `select event_id as "serviceEventId", case_number as "caseNumber", null as grade, at
       from assessment_observation
       where period = $1 and direction = $2 and subject_id = $3 and event_id > $4 and facts && $5::text[]
         and not late and taken_out is null
       order by event_id limit $6`,
      [period, direction, subjectId, after, names, limit],
    );
  }

  private async services(
    period: string,
    direction: Direction,
    subjectId: string,
    condition: string,
    after: string,
    limit: number,
  ): Promise<EvidenceItem[]> {
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

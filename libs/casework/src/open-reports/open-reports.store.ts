import { Injectable } from '@nestjs/common';
import type { CaseState } from '@linli/contracts';
import { Database, FieldCipher } from '@linli/platform';
import type { Particulars } from '../case';
import type { ClosureWords, DecliningWords } from '../case-record';
import { maskText } from '../masking';

/** A report as anybody may see it: no name, no words of the resident, the place to about a hundred metres. */
export interface OpenReport {
  readonly number: string;
  readonly entryId: string;
  readonly title: string;
  readonly department: string;
  readonly state: CaseState;
  readonly submittedAt: Date;
  readonly updatedAt: Date;
  readonly dueOn: string;
  /** GCJ-02, rounded. */
  readonly lat: number | null;
  readonly lng: number | null;
  /** What the department answered, long numbers masked. */
  readonly answer: string | null;
}

export interface OpenReportQuery {
  readonly numbers?: readonly string[];
  readonly entryIds?: readonly string[];
  readonly from: Date;
  readonly to: Date;
  /** Both when left out. */
  readonly open?: boolean;
  readonly limit: number;
  readonly skip: number;
}

interface Row {
  readonly id: string;
  readonly number: string;
  readonly entry_id: string;
  readonly title: string;
  readonly department_name: string;
  readonly state: CaseState;
  readonly submitted_at: Date;
  readonly updated_at: Date;
  readonly due_on: string;
  readonly particulars: Buffer;
  readonly closure: Buffer | null;
}

const columns = `c.id, c.number, c.entry_id, c.title, c.department_name, c.state, c.submitted_at,
  (select s.at from casework_step s where s.case_id = c.id and s.revision = c.revision) as updated_at,
  c.due_on, c.particulars, c.closure`;

/** Reports for neighbouring systems, newest first. */
@Injectable()
export class OpenReportStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async list(query: OpenReportQuery): Promise<OpenReport[]> {
    const { numbers, entryIds, open } = query;
    const params: unknown[] = [query.limit, query.skip];
    const next = (value: unknown): string => `$${params.push(value)}`;
    const parts = [`c.kind = 'report'`];
    if (numbers) parts.push(`c.number = any(${next([...numbers])}::text[])`);
    else parts.push(`c.submitted_at >= ${next(query.from)} and c.submitted_at < ${next(query.to)}`);
    if (entryIds) parts.push(`c.entry_id = any(${next([...entryIds])}::text[])`);
    if (open !== undefined) parts.push(open ? 'c.is_open' : 'not c.is_open');
    const rows = await this.database.sql<Row>(
      `select ${columns} from casework_case c where ${parts.join(' and ')}
       order by c.submitted_at desc, c.id desc limit $1 offset $2`,
      params,
    );
    return rows.map((row) => this.openReport(row));
  }

  private openReport(row: Row): OpenReport {
    const { place } = JSON.parse(this.cipher.open('case.particulars', row.id, row.particulars)) as Particulars;
    return {
      number: row.number,
      entryId: row.entry_id,
      title: row.title,
      department: row.department_name,
      state: row.state,
      submittedAt: row.submitted_at,
      updatedAt: row.updated_at,
      dueOn: row.due_on,
      lat: rounded(place?.lat),
      lng: rounded(place?.lng),
      answer: row.closure && this.answerIn(row.id, row.closure),
    };
  }

  private answerIn(id: string, sealed: Buffer): string {
    const words = JSON.parse(this.cipher.open('case.closure', id, sealed)) as ClosureWords | DecliningWords;
    return maskText('reason' in words ? words.reason : words.publicReply);
  }
}

function rounded(degrees: number | undefined): number | null {
  return degrees === undefined ? null : Math.round(degrees * 1000) / 1000;
}

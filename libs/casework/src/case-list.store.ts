import { Injectable } from '@nestjs/common';
import type { CaseState } from '@linli/contracts';
import type { LocalDate, Position } from '@linli/kernel';
import { Database, FieldCipher } from '@linli/platform';
import type { Case, Particulars } from './case';
import type { Reader } from './case-trail.store';
import type { CaseListItem } from './case-view';
import { caseColumns, CaseStore, type SealedRecord } from './case.store';
import { maskName } from './masking';
import type { Reach } from './reach';

/** What an officer's list is narrowed to. */
export interface ListFilter {
  readonly reach: Exclude<Reach, { over: 'nothing' }>;
  readonly state: CaseState | null;
  /** Both ends included. */
  readonly due: { readonly from: LocalDate | null; readonly to: LocalDate } | null;
  readonly receivedBy: string | null;
}

type ListRow = Omit<CaseListItem, 'applicant'> & { readonly id: string; readonly particulars: Buffer };

/** Lists of cases, one page at a time by keyset. */
@Injectable()
export class CaseListStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly cases: CaseStore,
  ) {}

  /** A resident's cases, newest first, beginning after a position. */
  async ofResident(reader: Reader, residentId: string, limit: number, after: Position | null): Promise<Case[]> {
    const rows = await reader.sql<SealedRecord>(
      `select ${caseColumns} where c.resident_id = $1 ${after ? 'and (c.submitted_at, c.id) < ($3, $4)' : ''}
       order by c.submitted_at desc, c.id desc limit $2`,
      [residentId, limit, ...(after ? [after.by, after.id] : [])],
    );
    return this.cases.casesOf(reader, rows);
  }

  /** Cases within an officer's reach, soonest due first, beginning after a position. */
  async withinReach(
    filter: ListFilter,
    limit: number,
    after: Position | null,
  ): Promise<{ readonly id: string; readonly item: CaseListItem }[]> {
    const { where, params } = conditions(filter, after);
    const rows = await this.database.sql<ListRow>(
      `select c.id, c.number, c.kind, c.title, c.state, c.subdistrict_id as "subdistrictId",
         c.department_id as "departmentId", c.department_name as department, c.submitted_at as "submittedAt",
         c.accept_on as "acceptOn", c.due_on as "dueOn", c.statutory_on as "statutoryOn", c.provisional,
         case when c.state = 'awaitingCorrection' then c.lapses_on end as "answerBy", c.outcome,
         c.course->'request'->>'type' as type, c.course->'request'->>'urgency' as urgency, c.particulars
       from casework_case c where ${where} order by c.due_on, c.id limit $1`,
      [limit, ...params],
    );
    return rows.map(({ id, particulars, ...row }) => ({
      id,
      item: { ...row, applicant: this.applicantOf(id, particulars) },
    }));
  }

  private applicantOf(id: string, sealed: Buffer): string | null {
    const { applicant } = JSON.parse(this.cipher.open('case.particulars', id, sealed)) as Particulars;
    return applicant && maskName(applicant.name);
  }
}

/** The conditions of a list as SQL; `$1` is kept for the page's size. A list that names no state holds what is open. */
function conditions(filter: ListFilter, after: Position | null): { where: string; params: unknown[] } {
  const { reach, state, due, receivedBy } = filter;
  const params: unknown[] = [];
  const next = (value: unknown): string => `$${params.push(value) + 1}`;
  const parts: string[] = [];
  if (reach.over === 'subdistrict') parts.push(`c.subdistrict_id = ${next(reach.id)}`);
  if (reach.over === 'department') parts.push(`c.department_id = ${next(reach.id)}`);
  if (reach.over === 'given')
    parts.push(
      `c.id in (select d.case_id from casework_dispatch d
         where d.department_id = ${next(reach.id)} and d.state in ('waiting', 'signed'))`,
    );
  if (state) parts.push(`c.state = ${next(state)}`);
  if (!state || due) parts.push('c.is_open');
  if (due?.from) parts.push(`c.due_on >= ${next(due.from)}`);
  if (due) parts.push(`c.due_on <= ${next(due.to)}`);
  // While the clock stands nothing is due.
  if (due) parts.push(`c.state <> 'suspended'`);
  if (receivedBy) parts.push(`c.first_receiver_id = ${next(receivedBy)}`);
  if (after) parts.push(`(c.due_on, c.id) > (${next(after.by)}, ${next(after.id)})`);
  return { where: parts.length === 0 ? 'true' : parts.join(' and '), params };
}

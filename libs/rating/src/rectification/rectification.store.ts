import { Injectable } from '@nestjs/common';
import type { Finding, Grade, RectificationFacts } from '@linli/contracts';
import { isUuid, newId, type LocalDate, type Position } from '@linli/kernel';
import { Database, FieldCipher, sqlState, type Tx } from '@linli/platform';
import type { Reach } from '../reach';
import type { Complexity, Course, RectificationState } from './rectification';

/** 差评核实整改 as officers see it: no name and no contact; both grades where there are two. */
export interface Rectification extends Course, RectificationFacts {
  readonly subject: string;
  readonly text: string | null;
  readonly options: readonly string[];
  readonly openedAt: Date;
  readonly contactBy: LocalDate | null;
  readonly rectifyBy: LocalDate;
  readonly complexity: Complexity | null;
  readonly secondFinding: Finding | null;
  readonly finding: Finding | null;
  readonly contactOverdue: boolean;
  readonly rectifyOverdue: boolean;
  readonly reply: string | null;
  readonly repliedAt: Date | null;
  /** What the resident said when called back. The original `grade` never changes. */
  readonly afterGrade: Grade | null;
  readonly calledAt: Date | null;
  readonly inTime: boolean | null;
  readonly closedAt: Date | null;
}

type Row = Omit<Rectification, 'department' | 'text' | 'reply'> & {
  readonly departmentId: string;
  readonly departmentName: string;
  readonly text: Buffer | null;
  readonly reply: Buffer | null;
};

/** Columns one step may set; words are sealed under `<column>`. */
export type StepValues = Readonly<Record<string, string | number | boolean | Date | null>>;

const sealedColumns = new Set(['first_note', 'second_note', 'confirmed_note', 'contact_note', 'reply', 'call_note']);

const columns = `r.id as "rectificationId", r.rating_id as "ratingId", r.service_event_id as "serviceEventId", r.grade,
  r.department_id as "departmentId", e.department_name as "departmentName", r.subdistrict_id as "subdistrictId",
  e.case_number as "caseNumber", e.period, e.subject, g.text, g.options, r.anonymous, r.state,
  r.opened_at as "openedAt", r.contact_by as "contactBy", r.rectify_by as "rectifyBy", r.complexity,
  r.first_by as "firstBy", r.first_finding as "firstFinding", r.second_by as "secondBy",
  r.second_finding as "secondFinding", r.finding, r.contacted_at as "contactedAt",
  r.contact_overdue_at is not null as "contactOverdue", r.rectify_overdue_at is not null as "rectifyOverdue",
  r.replied_by as "repliedBy", r.reply, r.replied_at as "repliedAt", r.after_grade as "afterGrade",
  r.called_at as "calledAt", r.in_time as "inTime", r.closed_at as "closedAt"`;
const from = `rating_rectification r join rating_given g on g.id = r.rating_id
  join rating_service_event e on e.id = r.service_event_id`;

/** Rectifications in PostgreSQL; what people wrote is sealed. */
@Injectable()
export class RectificationStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async add(
    tx: Tx,
    opened: Omit<RectificationFacts, 'rectificationId'> & { readonly anonymous: boolean },
    days: { readonly contactBy: LocalDate | null; readonly rectifyBy: LocalDate },
    now: Date,
  ): Promise<string> {
    const id = newId();
    await tx.sql(
      `insert into rating_rectification (id, rating_id, service_event_id, department_id, subdistrict_id, grade,
         anonymous, state, opened_at, contact_by, rectify_by)
       values ($1, $2, $3, $4, $5, $6, $7, 'verifying', $8, $9, $10)`,
      [
        ...[id, opened.ratingId, opened.serviceEventId, opened.department.id, opened.subdistrictId, opened.grade],
        ...[opened.anonymous, now, days.contactBy, days.rectifyBy],
      ],
    );
    return id;
  }

  /** Locks it for a step; null when there is none. */
  async lock(tx: Tx, id: string): Promise<Rectification | null> {
    if (!isUuid(id)) return null;
    return this.one(await tx.sql<Row>(`select ${columns} from ${from} where r.id = $1 for update of r`, [id]));
  }

  async find(id: string): Promise<Rectification | null> {
    if (!isUuid(id)) return null;
    return this.one(await this.database.sql<Row>(`select ${columns} from ${from} where r.id = $1`, [id]));
  }

  /** Sets what one step sets. False when the database holds that one person did what takes two. */
  async set(tx: Tx, id: string, values: StepValues): Promise<boolean> {
    const entries = Object.entries(values);
    const assignments = entries.map(([column], index) => `${column} = $${index + 2}`).join(', ');
    const params = entries.map(([column, value]) =>
      sealedColumns.has(column) && typeof value === 'string' ? this.cipher.seal(sealName(column), id, value) : value,
    );
    try {
      await tx.sql(`update rating_rectification set ${assignments} where id = $1`, [id, ...params]);
      return true;
    } catch (error) {
      if (sqlState(error) === '23514') return false;
      throw error;
    }
  }

  async list(reach: Reach, state: RectificationState, limit: number, after: Position | null): Promise<Rectification[]> {
    const [column, id] =
      reach.departmentId === null ? ['subdistrict_id', reach.subdistrictId] : ['department_id', reach.departmentId];
    const narrowed = id === null ? '$5::text is null' : `r.${column} = $5`;
    const rows = await this.database.sql<Row>(
      `select ${columns} from ${from}
       where r.state = $1 and (r.rectify_by, r.id) > (coalesce($2::date, '-infinity'), coalesce($3::uuid, $6))
         and ${narrowed} order by r.rectify_by, r.id limit $4`,
      [state, after?.by ?? null, after?.id ?? null, limit, id, '00000000-0000-0000-0000-000000000000'],
    );
    return rows.map((row) => this.read(row));
  }

  /** Claims those whose day has passed without the step, each once; any number of sweepers may ask. */
  async claimOverdue(
    tx: Tx,
    step: 'contact' | 'rectify',
    today: LocalDate,
    now: Date,
    limit: number,
  ): Promise<Rectification[]> {
    const [by, done, mark] =
      step === 'contact'
        ? ['contact_by', 'contacted_at', 'contact_overdue_at']
        : ['rectify_by', 'replied_at', 'rectify_overdue_at'];
    const rows = await tx.sql<Row>(
      `with due as (select id from rating_rectification
         where ${by} < $1 and ${done} is null and ${mark} is null and state <> 'closed'
         order by ${by}, id limit $3 for update skip locked),
       marked as (update rating_rectification r set ${mark} = $2 from due where r.id = due.id returning r.id)
       select ${columns} from ${from} where r.id in (select id from marked)`,
      [today, now, limit],
    );
    return rows.map((row) => this.read(row));
  }

  /** Whom the reply goes to. */
  async residentOf(reader: Pick<Tx, 'sql'>, ratingId: string): Promise<string | null> {
    const [row] = await reader.sql<{ id: string }>('select resident_id as id from rating_given where id = $1', [
      ratingId,
    ]);
    return row?.id ?? null;
  }

  private one([row]: readonly Row[]): Rectification | null {
    return row ? this.read(row) : null;
  }

  private read({ departmentId, departmentName, text, reply, ...row }: Row): Rectification {
    return {
      ...row,
      department: { id: departmentId, name: departmentName },
      text: text === null ? null : this.cipher.open('rating.text', row.ratingId, text),
      reply: reply === null ? null : this.cipher.open(sealName('reply'), row.rectificationId, reply),
    };
  }
}

function sealName(column: string): string {
  return `rectification.${column}`;
}

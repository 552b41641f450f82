import { Injectable } from '@nestjs/common';
import type { EventPayloads } from '@linli/contracts';
import { isUuid, newId, type LocalDate, type Position } from '@linli/kernel';
import { Database, FieldCipher, type Tx } from '@linli/platform';
import type { Reach } from '../reach';

/** A step of a rectification that was not taken by its day; who rated is not shown. */
export interface OverdueAlarm {
  readonly id: string;
  readonly rectificationId: string;
  readonly step: 'contact' | 'rectify';
  readonly subject: string;
  readonly caseNumber: string;
  readonly department: string;
  readonly subdistrictId: string;
  readonly dueOn: LocalDate;
  readonly raisedAt: Date;
  /** Whether the step was taken since. */
  readonly done: boolean;
  readonly notedAt: Date | null;
  readonly note: string | null;
}

type Row = Omit<OverdueAlarm, 'note'> & { readonly note: Buffer | null };

const columns = `a.id, a.rectification_id as "rectificationId", a.step, e.subject, e.case_number as "caseNumber",
  e.department_name as department, a.subdistrict_id as "subdistrictId",
  case a.step when 'contact' then r.contact_by else r.rectify_by end as "dueOn", a.raised_at as "raisedAt",
  r.state = 'closed' or case a.step when 'contact' then r.contacted_at else r.replied_at end is not null as done,
  a.noted_at as "notedAt", a.note`;
const from = `rating_overdue_alarm a join rating_rectification r on r.id = a.rectification_id
  join rating_service_event e on e.id = r.service_event_id`;

/** Alarms in PostgreSQL; what supervisors wrote is sealed. */
@Injectable()
export class AlarmStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Raises it; the one there is when it was raised before. */
  async raise(
    tx: Tx,
    { rectificationId, step, subdistrictId }: EventPayloads['rectification.overdue'],
    at: Date,
  ): Promise<OverdueAlarm> {
    await tx.sql(
      `insert into rating_overdue_alarm (id, rectification_id, step, subdistrict_id, raised_at)
       values ($1, $2, $3, $4, $5) on conflict on constraint rating_overdue_alarm_once do nothing`,
      [newId(), rectificationId, step, subdistrictId, at],
    );
    const rows = await tx.sql<Row>(`select ${columns} from ${from} where a.rectification_id = $1 and a.step = $2`, [
      rectificationId,
      step,
    ]);
    const [alarm] = rows.map((row) => this.read(row));
    if (!alarm) throw new Error('an alarm vanished while it was raised');
    return alarm;
  }

  async list(reach: Reach, noted: boolean, limit: number, after: Position | null): Promise<OverdueAlarm[]> {
    const rows = await this.database.sql<Row>(
      `select ${columns} from ${from}
       where a.noted_at is ${noted ? 'not ' : ''}null and ($1::text is null or a.subdistrict_id = $1)
         and (a.raised_at, a.id) > (coalesce($2::timestamptz, '-infinity'), coalesce($3::uuid, $4))
       order by a.raised_at, a.id limit $5`,
      [reach.subdistrictId, after?.by ?? null, after?.id ?? null, '00000000-0000-0000-0000-000000000000', limit],
    );
    return rows.map((row) => this.read(row));
  }

  /** Locks one; null when there is none. */
  async lock(tx: Tx, id: string): Promise<OverdueAlarm | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.sql<Row>(`select ${columns} from ${from} where a.id = $1 for update of a`, [id]);
    return row ? this.read(row) : null;
  }

  async note(tx: Tx, id: string, officerId: string, words: string, now: Date): Promise<void> {
    await tx.sql('update rating_overdue_alarm set noted_by = $2, noted_at = $3, note = $4 where id = $1', [
      id,
      officerId,
      now,
      this.cipher.seal('overdueAlarm.note', id, words),
    ]);
  }

  private read({ note, ...row }: Row): OverdueAlarm {
    return { ...row, note: note === null ? null : this.cipher.open('overdueAlarm.note', row.id, note) };
  }
}

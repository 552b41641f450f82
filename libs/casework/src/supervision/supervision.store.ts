import { Injectable } from '@nestjs/common';
import type { SupervisionFacts } from '@linli/contracts';
import { isUuid, newId, Refusal, type LocalDate, type Position } from '@linli/kernel';
import { Database, FieldCipher, sqlState, type Tx } from '@linli/platform';
import type { Reader } from '../case-trail.store';
import type { Overview } from '../reach';
import { above } from './keyset';
import type { AlertedCase } from './watch.store';

export const orderStates = ['open', 'overdue', 'answered'] as const;
export type OrderState = (typeof orderStates)[number];

/** 督办单: an order to the unit in charge of a case to say what it does about it. */
export interface SupervisionOrder extends SupervisionFacts {
  readonly title: string;
  readonly state: OrderState;
  readonly orderedAt: Date;
  /** Null on one the clock gave. */
  readonly reason: string | null;
  readonly answeredAt: Date | null;
  readonly answer: string | null;
  readonly inTime: boolean | null;
}

interface OrderRecord {
  readonly id: string;
  readonly case_id: string;
  readonly case_number: string;
  readonly title: string;
  readonly subdistrict_id: string;
  readonly unit_id: string;
  readonly unit_name: string;
  readonly automatic: boolean;
  readonly answer_by: string;
  readonly state: OrderState;
  readonly ordered_at: Date;
  readonly reason: Buffer | null;
  readonly answered_at: Date | null;
  readonly answer: Buffer | null;
  readonly in_time: boolean | null;
}

const columns = `o.id, o.case_id, o.case_number, o.title, o.subdistrict_id, o.unit_id, o.unit_name, o.automatic,
  o.answer_by, o.state, o.ordered_at, o.reason, o.answered_at, o.answer, o.in_time`;

/** Supervision orders in PostgreSQL; one at a time is open for a case. */
@Injectable()
export class SupervisionStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async add(
    tx: Tx,
    order: SupervisionFacts & { readonly title: string },
    by: { readonly officerId: string; readonly reason: string; readonly at: Date },
  ): Promise<void> {
    const { orderId, caseId, caseNumber, title, subdistrictId, unit, answerBy } = order;
    try {
      await tx.sql(
        `insert into casework_supervision (id, case_id, case_number, title, subdistrict_id, unit_id, unit_name,
           automatic, ordered_by, ordered_at, answer_by, reason)
         values ($1, $2, $3, $4, $5, $6, $7, false, $8, $9, $10, $11)`,
        [
          ...[orderId, caseId, caseNumber, title, subdistrictId, unit.id, unit.name],
          ...[by.officerId, by.at, answerBy, this.cipher.seal('supervision.reason', orderId, by.reason)],
        ],
      );
    } catch (error) {
      if (sqlState(error) === '23505') throw new Refusal('supervision.alreadyOpen');
      throw error;
    }
  }

  /** Orders by the clock, for cases that have no open one; with one statement. */
  async addAutomatic(
    tx: Tx,
    cases: readonly AlertedCase[],
    answerBy: LocalDate,
    now: Date,
  ): Promise<SupervisionOrder[]> {
    if (cases.length === 0) return [];
    const rows = await tx.sql<OrderRecord>(
      `insert into casework_supervision as o (id, case_id, case_number, title, subdistrict_id, unit_id, unit_name,
         automatic, ordered_at, answer_by)
       select n.id, c.id, c.number, c.title, c.subdistrict_id, c.department_id, c.department_name, true, $3, $4
       from unnest($1::uuid[], $2::uuid[]) as n(id, case_id) join casework_case c on c.id = n.case_id
       on conflict do nothing returning ${columns}`,
      [cases.map(() => newId()), cases.map((one) => one.caseId), now, answerBy],
    );
    return rows.map((row) => this.orderOf(row));
  }

  /** The order, held until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<SupervisionOrder> {
    const [row] = isUuid(id)
      ? await tx.sql<OrderRecord>(`select ${columns} from casework_supervision o where o.id = $1 for update`, [id])
      : [];
    if (!row) throw new Refusal('supervision.notFound');
    return this.orderOf(row);
  }

  async answer(
    tx: Tx,
    id: string,
    given: { readonly answer: string; readonly officerId: string; readonly inTime: boolean },
    now: Date,
  ): Promise<void> {
    await tx.sql(
      `update casework_supervision set answered_at = $2, answered_by = $3, answer = $4, in_time = $5 where id = $1`,
      [id, now, given.officerId, this.cipher.seal('supervision.answer', id, given.answer), given.inTime],
    );
  }

  /** Marks up to `limit` orders whose day has passed, oldest first; what another worker holds is left to it. */
  async lapse(tx: Tx, today: LocalDate, limit: number, now: Date): Promise<SupervisionOrder[]> {
    const rows = await tx.sql<OrderRecord>(
      `update casework_supervision o set overdue_at = $2
       from (select id from casework_supervision where state = 'open' and answer_by < $1
             order by answer_by, id limit $3 for update skip locked) due
       where o.id = due.id returning ${columns}`,
      [today, now, limit],
    );
    return rows.map((row) => this.orderOf(row));
  }

  /** All orders about a case, in order. */
  async of(reader: Reader, caseId: string): Promise<SupervisionOrder[]> {
    const rows = await reader.sql<OrderRecord>(
      `select ${columns} from casework_supervision o where o.case_id = $1 order by o.ordered_at`,
      [caseId],
    );
    return rows.map((row) => this.orderOf(row));
  }

  /** Orders within an officer's reach in one state, the earliest day first. */
  async list(reach: Overview, state: OrderState, limit: number, after: Position | null): Promise<SupervisionOrder[]> {
    const rows = await this.database.sql<OrderRecord>(
      `select ${columns} from casework_supervision o
       where o.state = $1 ${within(reach)} and (o.answer_by, o.id) > ($3::date, $4::uuid)
       order by o.answer_by, o.id limit $2`,
      [state, limit, ...above(after), ...(reach.over === 'district' ? [] : [reach.id])],
    );
    return rows.map((row) => this.orderOf(row));
  }

  private orderOf(row: OrderRecord): SupervisionOrder {
    const { id } = row;
    return {
      orderId: id,
      caseId: row.case_id,
      caseNumber: row.case_number,
      title: row.title,
      subdistrictId: row.subdistrict_id,
      unit: { id: row.unit_id, name: row.unit_name },
      automatic: row.automatic,
      answerBy: row.answer_by,
      state: row.state,
      orderedAt: row.ordered_at,
      reason: row.reason && this.cipher.open('supervision.reason', id, row.reason),
      answeredAt: row.answered_at,
      answer: row.answer && this.cipher.open('supervision.answer', id, row.answer),
      inTime: row.in_time,
    };
  }
}

function within(reach: Overview): string {
  if (reach.over === 'subdistrict') return 'and o.subdistrict_id = $5';
  return reach.over === 'department' ? 'and o.unit_id = $5' : '';
}

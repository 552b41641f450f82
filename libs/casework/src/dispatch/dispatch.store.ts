import { Injectable } from '@nestjs/common';
import { Refusal, type Position } from '@linli/kernel';
import { Database, sqlState, type Tx } from '@linli/platform';
import type { Reader } from '../case-trail.store';
import type { Dispatch } from './dispatch';

interface DispatchRecord {
  readonly id: string;
  readonly case_id: string;
  readonly department_id: string;
  readonly department_name: string;
  readonly unit_kind: 'department' | 'community' | 'grid';
  readonly role: Dispatch['role'];
  readonly from_id: string;
  readonly from_name: string;
  readonly state: Dispatch['state'];
  readonly binding: boolean;
  readonly dispatched_at: Date;
  readonly sign_by: Date;
  readonly signed_at: Date | null;
}

/** One line of a unit's inbox, or of the disputes a supervisor rules on. */
export interface DispatchItem extends Omit<Dispatch, 'caseId'> {
  readonly number: string;
  readonly title: string;
  readonly kind: 'item' | 'report';
  readonly subdistrictId: string;
  readonly dueOn: string;
}

type ItemRecord = DispatchRecord &
  Pick<DispatchItem, 'number' | 'title' | 'kind'> & {
    readonly subdistrict_id: string;
    readonly due_on: string;
  };

const columns = `d.id, d.case_id, d.department_id, d.department_name, d.unit_kind, d.role, d.from_id, d.from_name, d.state, d.binding,
  d.dispatched_at, d.sign_by, d.signed_at`;

/** Dispatches in PostgreSQL; the case they belong to is locked by whoever writes them. */
@Injectable()
export class DispatchStore {
  constructor(private readonly database: Database) {}

  /** Enters a dispatch; one lead at a time, and no unit twice: a lead before it ends. */
  add(tx: Tx, made: Dispatch, officerId: string): void {
    const { unit, from, role } = made;
    if (role === 'lead')
      tx.tell(
        `update casework_dispatch set state = 'ended'
         where case_id = $1 and state in ('waiting', 'signed') and (role = 'lead' or department_id = $2)`,
        [made.caseId, unit.id],
      );
    tx.tell(
      `insert into casework_dispatch (id, case_id, department_id, department_name, role, from_id, from_name, state,
         binding, dispatched_by, dispatched_at, sign_by, unit_kind)
       values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10, $11, $12)`,
      [
        ...[made.id, made.caseId, unit.id, unit.name, role, from.id, from.name],
        ...[made.binding, officerId, made.dispatchedAt, made.signBy, unit.kind ?? 'department'],
      ],
      (error) => (sqlState(error) === '23505' ? new Refusal('case.alreadyDispatched') : error),
    );
  }

  /** The dispatch of a case a unit has in hand; null when it has none. */
  async held(reader: Reader, caseId: string, unitId: string): Promise<Dispatch | null> {
    const rows = await reader.sql<DispatchRecord>(
      `select ${columns} from casework_dispatch d
       where d.case_id = $1 and d.department_id = $2 and d.state in ('waiting', 'signed')`,
      [caseId, unitId],
    );
    return one(rows);
  }

  /** The same by the number of the case, which need not have been read. */
  async heldOf(reader: Reader, number: string, unitId: string): Promise<Dispatch | null> {
    const rows = await reader.sql<DispatchRecord>(
      `select ${columns} from casework_dispatch d
       where d.case_id = (select c.id from casework_case c where c.number = $1) and d.department_id = $2
         and d.state in ('waiting', 'signed')`,
      [number, unitId],
    );
    return one(rows);
  }

  /** What a unit sent back last and nobody has ruled on. */
  async disputed(reader: Reader, caseId: string, unitId: string): Promise<Dispatch | null> {
    const rows = await reader.sql<DispatchRecord>(
      `select ${columns} from casework_dispatch d
       where d.case_id = $1 and d.department_id = $2 and d.state = 'sentBack' and d.ruled_at is null
       order by d.sent_back_at desc limit 1`,
      [caseId, unitId],
    );
    return one(rows);
  }

  sign(tx: Tx, id: string, officerId: string, now: Date): void {
    tx.tell(`update casework_dispatch set state = 'signed', signed_at = $2, signed_by = $3 where id = $1`, [
      id,
      now,
      officerId,
    ]);
  }

  sendBack(tx: Tx, id: string, now: Date): void {
    tx.tell(`update casework_dispatch set state = 'sentBack', sent_back_at = $2 where id = $1`, [id, now]);
  }

  rule(tx: Tx, id: string, upheld: boolean, now: Date): void {
    tx.tell('update casework_dispatch set ruled_at = $2, upheld = $3 where id = $1', [id, now, upheld]);
  }

  /** All dispatches of a case, in order. */
  async of(reader: Reader, caseId: string): Promise<Dispatch[]> {
    const rows = await reader.sql<DispatchRecord>(
      `select ${columns} from casework_dispatch d where d.case_id = $1 order by d.dispatched_at, d.id`,
      [caseId],
    );
    return rows.map(dispatchOf);
  }

  /** A unit's inbox in one state, oldest first, beginning after a position. */
  async inbox(
    unitId: string,
    state: Dispatch['state'],
    limit: number,
    after: Position | null,
  ): Promise<DispatchItem[]> {
    const rows = await this.database.sql<ItemRecord>(
      `select ${columns}, c.number, c.title, c.kind, c.subdistrict_id, c.due_on
       from casework_dispatch d join casework_case c on c.id = d.case_id
       where d.department_id = $1 and d.state = $2 ${after ? 'and (d.dispatched_at, d.id) > ($4, $5)' : ''}
       order by d.dispatched_at, d.id limit $3`,
      [unitId, state, limit, ...(after ? [after.by, after.id] : [])],
    );
    return rows.map(itemOf);
  }

  /** What was sent back and waits for a ruling, oldest first. */
  async disputes(subdistrictId: string | null, limit: number, after: Position | null): Promise<DispatchItem[]> {
    const rows = await this.database.sql<ItemRecord>(
      `select ${columns}, c.number, c.title, c.kind, c.subdistrict_id, c.due_on
       from casework_dispatch d join casework_case c on c.id = d.case_id
       where d.state = 'sentBack' and d.ruled_at is null and ($1::text is null or c.subdistrict_id = $1)
         ${after ? 'and (d.dispatched_at, d.id) > ($3, $4)' : ''}
       order by d.dispatched_at, d.id limit $2`,
      [subdistrictId, limit, ...(after ? [after.by, after.id] : [])],
    );
    return rows.map(itemOf);
  }
}

function one(rows: readonly DispatchRecord[]): Dispatch | null {
  const [row] = rows;
  return row ? dispatchOf(row) : null;
}

function dispatchOf(row: DispatchRecord): Dispatch {
  return {
    id: row.id,
    caseId: row.case_id,
    unit: {
      id: row.department_id,
      name: row.department_name,
      ...(row.unit_kind === 'department' ? {} : { kind: row.unit_kind }),
    },
    role: row.role,
    from: { id: row.from_id, name: row.from_name },
    state: row.state,
    binding: row.binding,
    dispatchedAt: row.dispatched_at,
    signBy: row.sign_by,
    signedAt: row.signed_at,
  };
}

function itemOf(row: ItemRecord): DispatchItem {
  const { caseId: _caseId, ...rest } = dispatchOf(row);
  const { number, title, kind, subdistrict_id: subdistrictId, due_on: dueOn } = row;
  return { ...rest, number, title, kind, subdistrictId, dueOn };
}

import { Injectable } from '@nestjs/common';
import type { CaseFacts } from '@linli/contracts';
import { newId, type LocalDate } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { above, lowestId } from './keyset';
import type { AlertLevel, AlertRange } from './watch';

/** A case that reached a level, in the facts its event carries. */
export type AlertedCase = CaseFacts;

/** One batch of a sweep: what it fired, and where the next one begins; null when nothing is left. */
export interface FiredBatch {
  readonly cases: readonly AlertedCase[];
  readonly next: SweepPosition | null;
}

type FactRow = Omit<CaseFacts, 'department'> & { readonly departmentId: string; readonly departmentName: string };

/** The columns of a case's facts, for queries over `casework_case c`. */
const factColumns = `c.id as "caseId", c.number, c.kind, c.entry_id as "entryId", c.title, c.state,
  c.resident_id as "residentId", c.subdistrict_id as "subdistrictId", c.department_id as "departmentId",
  c.department_name as "departmentName", c.accept_on as "acceptOn", c.due_on as "dueOn"`;

/** A row of `factColumns` as events carry it. */
function factsOfRow({ departmentId: id, departmentName: name, ...facts }: FactRow): CaseFacts {
  return { ...facts, department: { id, name } };
}

/** Where a sweep goes on: after this case. */
export interface SweepPosition {
  readonly dueOn: string;
  readonly caseId: string;
}

/** Alerts in PostgreSQL: batches of open cases whose date is near, past or long past, each level once per date. */
@Injectable()
export class WatchStore {
  /**
   * Fires a level for up to `limit` cases, oldest date first, going on after a position: what another worker holds is
   * left to it. While the clock stands or an answer is awaited nothing is due.
   */
  async fire(
    tx: Tx,
    { level, from, to }: AlertRange,
    after: SweepPosition | null,
    limit: number,
    now: Date,
  ): Promise<FiredBatch> {
    const start = after ? { by: after.dueOn, id: after.caseId } : from && { by: from, id: lowestId };
    const rows = await tx.sql<FactRow & { readonly fired: boolean }>(
      `with due as (
         select ${factColumns} from casework_case c
         where c.is_open and c.state not in ('suspended', 'awaitingCorrection') and c.due_on <= $2
           and (c.due_on, c.id) > ($5::date, $6::uuid)
           and not exists (select 1 from casework_alert a
                           where a.case_id = c.id and a.level = $1 and a.due_on = c.due_on)
         order by c.due_on, c.id limit $4 for no key update of c skip locked),
       fired as (
         insert into casework_alert (case_id, level, due_on, fired_at) select "caseId", $1, "dueOn", $3 from due
         on conflict do nothing returning case_id)
       select d.*, f.case_id is not null as fired
       from due d left join fired f on f.case_id = d."caseId" order by d."dueOn", d."caseId"`,
      [level, to, now, limit, ...above(start)],
    );
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return {
      // A worker that committed between this statement's snapshot and its lock has fired the others.
      cases: rows.filter((row) => row.fired).map(({ fired: _fired, ...row }) => factsOfRow(row)),
      next: last ? { dueOn: last.dueOn, caseId: last.caseId } : null,
    };
  }

  /** Appends many events of one kind with one statement. */
  async say(tx: Tx, type: string, payloads: readonly object[], now: Date): Promise<void> {
    if (payloads.length === 0) return;
    await tx.sql(
      `insert into platform_outbox (id, type, payload, at)
       select e.id, $1, e.payload::jsonb, $2 from unnest($3::uuid[], $4::text[]) as e(id, payload)`,
      [type, now, payloads.map(() => newId()), payloads.map((one) => JSON.stringify(one))],
    );
  }

  /** Notes that the resident asked how it stands today; false when they did already. */
  async remind(tx: Tx, caseId: string, day: LocalDate, now: Date): Promise<boolean> {
    const noted = await tx.sql(
      'insert into casework_reminder (case_id, day, at) values ($1, $2, $3) on conflict do nothing returning case_id',
      [caseId, day, now],
    );
    return noted.length === 1;
  }
}

/** The event a level is told with. */
export function alertEvent(level: AlertLevel): `case.${AlertLevel}` {
  return `case.${level}`;
}

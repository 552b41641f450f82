import { Injectable } from '@nestjs/common';
import type { CaseState } from '@linli/contracts';
import { Database, together, type Tx } from '@linli/platform';
import type { Reader } from '../case-trail.store';
import type { Overview } from '../reach';
import type { PriorityReason } from './priority';

/** A case an officer has in hand, and until when nobody else is given it. */
export interface Claim {
  readonly number: string;
  readonly kind: 'item' | 'report';
  readonly title: string;
  readonly state: CaseState;
  readonly subdistrictId: string;
  readonly department: string;
  readonly dueOn: string;
  readonly priority: PriorityReason | null;
  readonly claimedAt: Date;
  readonly until: Date;
}

/** What an officer is given work from. */
export interface Pool {
  readonly reach: Overview;
  /** Only these catalogue entries, where the officer is trained for some; null for all. */
  readonly entryIds: readonly string[] | null;
  /** How many days earlier a case counts as due that comes first. */
  readonly priorityDays: number;
}

/** What came of reaching for the next case: its id, that nothing waits, or that others were quicker. */
export type Reached = { readonly caseId: string } | 'nothing' | 'contended';

/** How many lapsed claims one reach puts back. */
const freedMost = 20;

const claimColumns = `c.number, c.kind, c.title, c.state, c.subdistrict_id as "subdistrictId",
  c.department_name as department, c.due_on as "dueOn", p.reason as priority, k.claimed_at as "claimedAt", k.until
  from casework_claim k join casework_case c on c.id = k.case_id left join casework_priority p on p.case_id = k.case_id`;

/**
 * Claims in PostgreSQL: the primary key says that nothing is in two hands, skip locked that nobody waits; `in_hand` keeps
 * what is taken out of the index the next one is found by.
 */
@Injectable()
export class ClaimStore {
  constructor(private readonly database: Database) {}

  /**
   * Takes the next waiting case of a pool. Those that come first count as due some days earlier, so nobody waits for ever:
   * the first of them is next while it is due within those days of the oldest, else the oldest is.
   */
  async next(tx: Tx, pool: Pool, officerId: string, now: Date, until: Date): Promise<Reached> {
    const { reach, entryIds, priorityDays } = pool;
    const pile = `c.state in ('submitted', 'accepted') and not c.in_hand and ${within(reach)}
      and ($4::text[] is null or c.entry_id = any($4))`;
    const from = '(select due_on from head)';
    const [, [row]] = await together(
      this.freeLapsed(tx, now),
      tx.sql<{ oldest: string | null; taken: string | null }>(
        `with head as (select c.due_on from casework_case c where ${pile} order by c.due_on, c.id limit 1),
         favoured as (
           select c.id from casework_case c
           where ${pile} and c.comes_first and c.due_on between ${from} and ${from} + $5::int
           order by c.due_on, c.id limit 1 for no key update skip locked),
         oldest as (
           select c.id from casework_case c where ${pile} and c.due_on >= ${from} and not exists (select 1 from favoured)
           order by c.due_on, c.id limit 1 for no key update skip locked),
         next as (select id from favoured union all select id from oldest),
         taken as (
           insert into casework_claim as k (case_id, officer_id, claimed_at, until) select id, $1, $2, $3 from next
           on conflict (case_id) do update set officer_id = $1, claimed_at = $2, until = $3 where k.until <= $2
           returning case_id),
         held as (update casework_case c set in_hand = true from taken t where c.id = t.case_id)
         select ${from} as oldest, (select case_id from taken) as taken`,
        [officerId, now, until, entryIds, priorityDays, ...(reach.over === 'district' ? [] : [reach.id])],
      ),
    );
    if (row?.taken) return { caseId: row.taken };
    return row?.oldest ? 'contended' : 'nothing';
  }

  async one(reader: Reader, caseId: string): Promise<Claim | null> {
    const [row] = await reader.sql<Claim>(`select ${claimColumns} where k.case_id = $1`, [caseId]);
    return row ?? null;
  }

  /** What an officer has in hand, the first to run out first. */
  async of(officerId: string, now: Date): Promise<Claim[]> {
    return this.database.sql<Claim>(
      `select ${claimColumns} where k.officer_id = $1 and k.until > $2 order by k.until, c.id limit 100`,
      [officerId, now],
    );
  }

  /** Keeps a case longer; null when it is no longer in the officer's hands. */
  async renew(tx: Tx, number: string, officerId: string, now: Date, until: Date): Promise<string | null> {
    const [row] = await tx.sql<{ case_id: string }>(
      `update casework_claim k set until = $4 from casework_case c
       where c.id = k.case_id and c.number = $1 and k.officer_id = $2 and k.until > $3 returning k.case_id`,
      [number, officerId, now, until],
    );
    return row?.case_id ?? null;
  }

  /** Gives a case back; false when it is no longer in the officer's hands. */
  async release(tx: Tx, number: string, officerId: string, now: Date): Promise<boolean> {
    const rows = await tx.sql(
      `with gone as (
         delete from casework_claim k using casework_case c
         where c.id = k.case_id and c.number = $1 and k.officer_id = $2 and k.until > $3 returning k.case_id)
       update casework_case c set in_hand = false from gone g where c.id = g.case_id returning c.id`,
      [number, officerId, now],
    );
    return rows.length === 1;
  }

  /** Says that a case comes first, and why; a person's word stands over the machine's. */
  async prioritise(tx: Tx, caseId: string, reason: PriorityReason, by: string | null, now: Date): Promise<void> {
    await tx.sql(
      `with noted as (
         insert into casework_priority as p (case_id, reason, set_by, set_at) values ($1, $2, $3, $4)
         on conflict (case_id) do update set reason = $2, set_by = $3, set_at = $4 where excluded.set_by is not null)
       update casework_case set comes_first = true where id = $1 and not comes_first`,
      [caseId, reason, by, now],
    );
  }

  /** Puts back on the pile what nobody kept; some at a time, whoever reaches next. */
  private async freeLapsed(tx: Tx, now: Date): Promise<void> {
    await tx.sql(
      `with lapsed as (
         select k.case_id from casework_claim k join casework_case c on c.id = k.case_id
         where k.until <= $1 order by k.until limit ${freedMost} for no key update skip locked),
       gone as (delete from casework_claim k using lapsed l where k.case_id = l.case_id returning k.case_id)
       update casework_case c set in_hand = false from gone g where c.id = g.case_id`,
      [now],
    );
  }
}

function within(reach: Pool['reach']): string {
  if (reach.over === 'subdistrict') return 'c.subdistrict_id = $6';
  return reach.over === 'department' ? 'c.department_id = $6' : 'true';
}

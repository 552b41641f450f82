import type { Pool } from 'pg';
import { roles } from './cluster';

/** What the api asks of PostgreSQL for one message, on average. */
export interface StatementMix {
  readonly messages: number;
  /** Round trips: the driver sends one statement at a time, begin and commit included. */
  readonly roundTrips: number;
  readonly reads: number;
  readonly inserts: number;
  readonly updates: number;
  /** begin, commit, savepoint, settings. */
  readonly control: number;
  /** PostgreSQL's own time per message, in milliseconds; the wait for the disk at commit is not in it. */
  readonly serverMs: number;
  /** What is written ahead, in kB; all processes together. */
  readonly walKb: number;
  /** The statements that took most of it, with calls and milliseconds per message. */
  readonly top: readonly { readonly text: string; readonly calls: number; readonly ms: number }[];
}

interface Row {
  readonly query: string;
  readonly calls: number;
  readonly ms: number;
}

/** Counts the statements of the api's processes while `during` runs, by pg_stat_statements under their own role. */
export async function countStatements(db: Pool, during: () => Promise<unknown>): Promise<StatementMix> {
  await track(db, 'top');
  await db.query('select pg_stat_statements_reset()');
  const before = await walBytes(db);
  await during();
  const wal = (await walBytes(db)) - before;
  const { rows } = await db.query<Row>(
    `select query, sum(calls)::float8 as calls, sum(total_exec_time)::float8 as ms
     from pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = $1 group by query`,
    [roles.api],
  );
  await track(db, 'none');
  return mixOf(rows, wal);
}

async function track(db: Pool, what: 'top' | 'none'): Promise<void> {
  await db.query(`alter system set pg_stat_statements.track = '${what}'`);
  await db.query('select pg_reload_conf()');
  await new Promise((resolve) => setTimeout(resolve, 500));
}

async function walBytes(db: Pool): Promise<number> {
  const { rows } = await db.query<{ bytes: string }>(`select pg_current_wal_lsn() - '0/0'::pg_lsn as bytes`);
  return Number(rows[0]?.bytes ?? 0);
}

function mixOf(rows: readonly Row[], wal: number): StatementMix {
  const calls = (matching: RegExp): number =>
    rows.filter(({ query }) => matching.test(query.trim())).reduce((sum, row) => sum + row.calls, 0);
  // One row of the inbox per message: exact, whatever the moment the counting began.
  const messages = Math.max(1, calls(/^insert into platform_inbox/i));
  const all = calls(/^/);
  const reads = calls(/^(select|with)\b(?!.*set_config)/is);
  const inserts = calls(/^insert\b/i);
  const updates = calls(/^(update|delete)\b/i);
  return {
    messages,
    roundTrips: all / messages,
    reads: reads / messages,
    inserts: inserts / messages,
    updates: updates / messages,
    control: (all - reads - inserts - updates) / messages,
    serverMs: rows.reduce((sum, row) => sum + row.ms, 0) / messages,
    walKb: wal / 1024 / messages,
    top: [...rows]
      .sort((a, b) => b.ms - a.ms)
      .slice(0, 25)
      .map(({ query, calls: count, ms }) => ({
        text: query.replace(/\s+/g, ' ').trim().slice(0, 110),
        calls: count / messages,
        ms: ms / messages,
      })),
  };
}

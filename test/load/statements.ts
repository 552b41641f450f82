import { readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import { roles } from './cluster';

/** What the api asks of PostgreSQL for one message, on average. */
export interface StatementMix {
  readonly messages: number;
  readonly statements: number;
  /** Times the api wrote to a socket: once for the answer, the rest are its round trips to PostgreSQL. Null without /proc. */
  readonly writes: number | null;
  /** Messages that shared their most frequent statement. */
  readonly together: number;
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

/** Counts the statements of the api's process while `during` runs, by pg_stat_statements under its own role. */
export async function countStatements(db: Pool, api: number, during: () => Promise<unknown>): Promise<StatementMix> {
  await track(db, 'top');
  await db.query('select pg_stat_statements_reset()');
  const [before, writesBefore] = [await standing(db), writesOf(api)];
  await during();
  const [after, writesAfter] = [await standing(db), writesOf(api)];
  const { rows } = await db.query<Row>(
    `select query, sum(calls)::float8 as calls, sum(total_exec_time)::float8 as ms
     from pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = $1 group by query`,
    [roles.api],
  );
  await track(db, 'none');
  return mixOf(rows, {
    messages: Math.max(1, after.messages - before.messages),
    wal: after.wal - before.wal,
    writes: writesBefore === null || writesAfter === null ? null : writesAfter - writesBefore,
  });
}

async function track(db: Pool, what: 'top' | 'none'): Promise<void> {
  await db.query(`alter system set pg_stat_statements.track = '${what}'`);
  await db.query('select pg_reload_conf()');
  await new Promise((resolve) => setTimeout(resolve, 500));
}

interface Standing {
  readonly messages: number;
  readonly wal: number;
}

async function standing(db: Pool): Promise<Standing> {
  const { rows } = await db.query<{ messages: number; wal: string }>(
    `select count(*)::int as messages, pg_current_wal_lsn() - '0/0'::pg_lsn as wal from platform_inbox`,
  );
  return { messages: rows[0]?.messages ?? 0, wal: Number(rows[0]?.wal ?? 0) };
}

/** How often a process has written anywhere. */
function writesOf(pid: number): number | null {
  try {
    return Number(/^syscw: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

function mixOf(rows: readonly Row[], counted: Standing & { readonly writes: number | null }): StatementMix {
  const { messages } = counted;
  const calls = (matching: RegExp): number =>
    rows.filter(({ query }) => matching.test(query.trim())).reduce((sum, row) => sum + row.calls, 0);
  const all = calls(/^/);
  const reads = calls(/^(select|with)\b(?!.*(set_config|insert into|update \w+ \w* ?set))/is);
  // A statement that does both is counted with those that insert.
  const inserts = calls(/^(insert\b|with\b.*insert into)/is);
  const updates = calls(/^(update|delete|with\b(?!.*insert into).*update)\b/is);
  return {
    messages,
    statements: all / messages,
    writes: counted.writes === null ? null : counted.writes / messages,
    together: Math.max(1, messages / Math.max(1, ...rows.map((row) => row.calls))),
    reads: reads / messages,
    inserts: inserts / messages,
    updates: updates / messages,
    control: (all - reads - inserts - updates) / messages,
    serverMs: rows.reduce((sum, row) => sum + row.ms, 0) / messages,
    walKb: counted.wal / 1024 / messages,
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

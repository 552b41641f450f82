import type { Pool } from 'pg';
import type { BenchRun } from './bench';
import { Cluster } from './cluster';
import { Generator } from './generator';
import { Histogram } from './histogram';
import type { LifecycleLoad, LifecycleSummary } from './lifecycle-writer';
import { machineOf } from './machine';
import { watchOf } from './measure';
import type { BenchResult, Cell } from './report';
import { Sampler, type Watched } from './sampler';
import { Stand } from './stand';

const writers = 32;
const batch = 100_000;
const dispatcher = 'dispatcher.guihua';
const department = { id: 'social-affairs', account: 'dept.social-affairs' };
const itemId = 'elder-allowance';

/** Whole lives of cases over the API, on an empty database and behind a million closed cases. */
export async function casework(run: BenchRun): Promise<BenchResult> {
  const { options, cleanUp, say, measured } = run;
  const ms = (options.seconds ?? (options.quick ? 5 : 20)) * 1000;
  const past = options.quick ? 100_000 : 1_000_000;
  say('casework: starting PostgreSQL, one api and one worker');
  const generator = await Generator.start(cleanUp);
  const cluster = await Cluster.create(cleanUp);
  const stand = await Stand.open(
    cluster,
    { apis: 1, workers: 1, platformUrl: generator.platformUrl, profileFolder: options.profile },
    cleanUp,
  );
  const machine = await machineOf(stand.db);
  const load: LifecycleLoad = {
    kind: 'lifecycles',
    ports: stand.ports,
    writers,
    warmUpMs: 10_000,
    ms,
    dispatcher: { account: dispatcher, password: stand.passwordOf(dispatcher) },
    department: { ...department, password: stand.passwordOf(department.account) },
    itemId,
  };
  const carry = async (): Promise<{ summary: LifecycleSummary; watched: Watched }> => {
    const { subjects, postmaster } = watchOf(stand, generator);
    const sampler = new Sampler(subjects, postmaster);
    const summary = await generator.carryCases(load);
    return { summary, watched: sampler.stop() };
  };
  say('casework: on an empty database');
  const empty = await carry();
  say(`casework: filling in ${past} closed cases`);
  await fill(stand.db, past);
  const full = await carry();
  const violations = stand.errors();
  await stand.stop();
  const ratio = full.summary.perSecond / empty.summary.perSecond;
  measured.push({ name: 'lives of cases, empty', perSecond: empty.summary.perSecond, latency: null });
  measured.push({ name: `lives of cases, ${past} behind`, perSecond: full.summary.perSecond, latency: null });
  return {
    machine,
    sections: [
      {
        bench: 'casework',
        title: `${writers} at once: submit, accept, dispatch, sign for, close, look at the list; six requests a life, one api`,
        columns: ['cases behind', 'lives/s', 'of the empty', 'p50 ms', 'p99 ms', 'failed', 'CPU of a core'],
        rows: [row('0', empty, 1), row(String(past), full, ratio)],
        notes: [...Object.entries(empty.summary.failures), ...Object.entries(full.summary.failures)].map(
          ([why, count]) => `${count} failed: ${why}`,
        ),
      },
    ],
    violations,
  };
}

function row(
  behind: string,
  { summary, watched }: { summary: LifecycleSummary; watched: Watched },
  ratio: number,
): Cell[] {
  const latency = Histogram.from(summary.latency);
  const failed = Object.values(summary.failures).reduce((sum, count) => sum + count, 0);
  const cpu = watched.usages.map(({ name, cpuPercent }) => `${name} ${cpuPercent?.toFixed(0) ?? '?'}%`).join(', ');
  const ms = (share: number): number => latency.percentile(share) / 1000;
  return [behind, summary.perSecond, ratio, ms(0.5), ms(0.99), failed, cpu];
}

/** Copies a closed case many times over, with the steps and the dispatch it has, spread over the last three years. */
async function fill(db: Pool, count: number): Promise<void> {
  const columns = await columnsOf(db, 'casework_case');
  const changed: Readonly<Record<string, string>> = {
    id: 'n.id',
    number: `'9' || lpad(n.serial::text, 11, '0')`,
    submitted_at: `c.submitted_at - n.age`,
    due_on: `(c.due_on - n.age)::date`,
  };
  const select = columns.map((column) => changed[column] ?? `c.${column}`).join(', ');
  await db.query(`create table bench_past (id uuid primary key, serial bigint, age interval)`);
  for (let at = 0; at < count; at += batch) {
    await db.query(
      `with n as (
         insert into bench_past select gen_random_uuid(), $1::bigint + s, make_interval(hours => (random() * 26000)::int + 24)
         from generate_series(1, $2::int) s returning *)
       insert into casework_case (${columns.join(', ')})
       select ${select} from n, (select * from casework_case where state = 'closed' and number not like '9%' limit 1) c`,
      [at, Math.min(batch, count - at)],
    );
    await db.query(
      `insert into casework_step (case_id, revision, at, what, state, actor_kind, actor_id, event_id, words)
       select n.id, s.revision, s.at - n.age, s.what, s.state, s.actor_kind, s.actor_id, gen_random_uuid(), s.words
       from bench_past n, casework_step s
       where n.serial > $1::bigint and n.serial <= $1::bigint + $2::int and s.case_id =
         (select id from casework_case where state = 'closed' and number not like '9%' limit 1)`,
      [at, Math.min(batch, count - at)],
    );
  }
  await db.query('drop table bench_past');
  await db.query('vacuum analyze casework_case, casework_step');
}

/** The columns a row can be copied with. */
export async function columnsOf(db: Pool, table: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  return rows.map((row) => row.name);
}

import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { BenchRun } from './bench';
import { Cluster, roles } from './cluster';
import { machineOf } from './machine';
import type { BenchResult } from './report';
import { Stand } from './stand';
import { fillOpen, moreOfficers, post, signIn } from './watch-ground';
import type { SweepDone, SweepOrder } from './watch-process';

const sweepers = 4;
const officers = 50;
const account = 'dispatcher.guihua';

interface Swept {
  readonly seconds: number;
  readonly fired: readonly number[];
  readonly again: number;
}

interface Claimed {
  readonly seconds: number;
  readonly numbers: readonly string[];
}

/** The deadlines of very many open cases swept by several workers, and many officers who reach for work at once. */
export async function watch(run: BenchRun): Promise<BenchResult> {
  const { options, cleanUp, say, measured } = run;
  const cases = options.quick ? 10_000 : 100_000;
  const claims = options.quick ? 1_000 : 10_000;
  say('watch: starting PostgreSQL and one api');
  const cluster = await Cluster.create(cleanUp);
  const platformUrl = 'http://127.0.0.1:9';
  const stand = await Stand.open(cluster, { apis: 1, workers: 0, platformUrl }, cleanUp);
  const machine = await machineOf(stand.db);
  say(`watch: ${cases} open cases`);
  await fillOpen(stand.db, await oneAccepted(stand), cases);
  const processes = await Promise.all([...Array(sweepers).keys()].map(() => sweeper(run, cluster)));
  const swept = await sweep(processes);
  const violations = [...(await sweptWell(stand.db, swept)), ...stand.errors()];
  say(`watch: ${officers} officers claim ${claims} cases`);
  const claimed = await claimAtOnce(stand, claims);
  violations.push(...(await claimedWell(stand.db, claimed, claims)));
  await stand.stop();
  measured.push({ name: 'cases claimed', perSecond: claims / claimed.seconds, latency: null });
  const fired = swept.fired.reduce((sum, one) => sum + one, 0);
  const orders = await countOf(stand.db, 'select count(*)::int as count from casework_supervision');
  return {
    machine,
    sections: [
      {
        bench: 'watch',
        title: `every deadline looked at by ${sweepers} workers at once, each alert, order and event once`,
        columns: ['open cases', 'seconds', 'alerts', 'orders', 'alerts/s', 'by worker', 'fired again'],
        rows: [[cases, swept.seconds, fired, orders, fired / swept.seconds, swept.fired.join(' '), swept.again]],
      },
      {
        bench: 'watch',
        title: `${officers} officers take the next case over the api until ${claims} are taken, none by two`,
        columns: ['waiting', 'claims', 'seconds', 'claims/s'],
        rows: [[cases, claimed.numbers.length, claimed.seconds, claimed.numbers.length / claimed.seconds]],
      },
    ],
    violations,
  };
}

async function oneAccepted(stand: Stand): Promise<string> {
  const resident = await signIn(stand, 'officer', { account, password: stand.passwordOf(account) });
  const applicant = { name: '王秀英', phone: '13900001111' };
  const filed = await post(resident, 'staff/counter/cases', {
    ...{ itemId: 'elder-allowance', applicant, subdistrictId: 'guihua', source: 'window' },
  });
  const number = String(filed['number']);
  await post(resident, `staff/cases/${number}/acceptance`, {});
  resident.line.close();
  return number;
}

async function sweeper({ cleanUp }: BenchRun, cluster: Cluster): Promise<ChildProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-watch-'));
  cleanUp.defer(() => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  });
  const keysFile = join(folder, 'keys.json');
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: cluster.url(roles.worker), KEYS_FILE: keysFile };
  const child = fork(join(__dirname, 'watch-process.js'), { env });
  cleanUp.watch(child.pid ?? 0);
  cleanUp.defer(() => {
    child.disconnect();
    return Promise.resolve();
  });
  child.once('exit', () => cleanUp.forget(child.pid ?? 0));
  await new Promise((resolve) => child.once('message', resolve));
  return child;
}

async function sweep(processes: readonly ChildProcess[]): Promise<Swept> {
  const now = new Date().toISOString();
  const once = (child: ChildProcess): Promise<number> =>
    new Promise((resolve) => {
      child.once('message', ({ fired }: SweepDone) => resolve(fired));
      child.send({ now } satisfies SweepOrder);
    });
  const began = performance.now();
  const fired = await Promise.all(processes.map(once));
  const seconds = (performance.now() - began) / 1000;
  const again = await Promise.all(processes.map(once));
  return { seconds, fired, again: again.reduce((sum, one) => sum + one, 0) };
}

/** What was due was said, once, to the outbox as well; what escalated has one order. */
async function sweptWell(db: Pool, { fired, again }: Swept): Promise<string[]> {
  const total = fired.reduce((sum, one) => sum + one, 0);
  const escalated = `(select max(due_on) from casework_alert where level = 'escalated')`;
  const without = (level: string): string =>
    `select count(*)::int as count from casework_case c where c.is_open and c.due_on < current_date
       and ('${level}' = 'overdue' or c.due_on <= ${escalated})
       and (select count(*) from casework_alert a where a.case_id = c.id and a.level = '${level}') <> 1`;
  const counts: readonly (readonly [string, number])[] = [
    ['alerts fired by a second sweep', again],
    [
      'more or fewer alerts than were fired',
      (await countOf(db, `select count(*)::int as count from casework_alert`)) - total,
    ],
    [
      'more or fewer events than alerts',
      (await countOf(
        db,
        `select count(*)::int as count from platform_outbox
       where type in ('case.dueSoon', 'case.overdue', 'case.escalated')`,
      )) - total,
    ],
    ['cases overdue and not said so once', await countOf(db, without('overdue'))],
    ['cases to be escalated and not escalated once', await countOf(db, without('escalated'))],
    [
      'escalated cases without one order and one event of it',
      await countOf(
        db,
        `select count(*)::int as count
       from casework_alert a where a.level = 'escalated' and
         (select count(*) from casework_supervision s where s.case_id = a.case_id) <> 1`,
      ),
    ],
    [
      'more or fewer events of orders than orders',
      await countOf(
        db,
        `select
       (select count(*) from casework_supervision)::int
       - (select count(*) from platform_outbox where type = 'supervision.ordered')::int as count`,
      ),
    ],
  ];
  return counts.flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]));
}

async function claimAtOnce(stand: Stand, claims: number): Promise<Claimed> {
  const password = stand.passwordOf(account);
  const accounts = await moreOfficers(stand.db, account, officers);
  const callers = [];
  for (const one of accounts) callers.push(await signIn(stand, 'officer', { account: one, password }));
  const numbers: string[] = [];
  let begun = 0;
  const began = performance.now();
  await Promise.all(
    callers.map(async (caller) => {
      while (begun < claims) {
        begun += 1;
        const { claim } = (await post(caller, 'staff/work-queue/claims', {})) as { claim: { number: string } | null };
        if (claim) numbers.push(claim.number);
      }
      caller.line.close();
    }),
  );
  return { seconds: (performance.now() - began) / 1000, numbers };
}

async function claimedWell(db: Pool, { numbers }: Claimed, claims: number): Promise<string[]> {
  const twice = numbers.length - new Set(numbers).size;
  const kept = await countOf(db, 'select count(*)::int as count from casework_claim where until > now()');
  return [
    ...(twice > 0 ? [`${twice} cases were given to two officers`] : []),
    ...(numbers.length < claims ? [`${claims - numbers.length} claims found nothing though cases waited`] : []),
    ...(kept === numbers.length ? [] : [`${numbers.length} claims were answered and ${kept} are kept`]),
  ];
}

async function countOf(db: Pool, query: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(query);
  return rows[0]?.count ?? Number.NaN;
}

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadKeys, newKeysFile } from '@linli/platform';
import type { BenchRun } from './bench';
import { openDesks, transactionScript, type BookingGround } from './booking-ground';
import { behindYears } from './booking-years';
import type { BookingSummary } from './booking-writer';
import { verified } from './chat';
import { Cluster } from './cluster';
import { clusterUser } from '../../libs/platform/src/embedded-cluster';
import { Generator } from './generator';
import { Histogram } from './histogram';
import { machineOf } from './machine';
import { watchOf } from './measure';
import type { BenchResult, Cell } from './report';
import { Sampler, type Watched } from './sampler';
import { Stand } from './stand';

const clients = 32;
const execute = promisify(execFile);

interface Tried {
  readonly name: string;
  readonly http: BookingSummary;
  readonly watched: Watched;
  /** How long they were watched. */
  readonly seconds: number;
  readonly alone: number | null;
}

/** Bookings over the API, spread over 10,000 slots and all for one, beside pgbench running the same call on the same server. */
export async function booking(run: BenchRun): Promise<BenchResult> {
  const { options, cleanUp, say } = run;
  const ms = (options.seconds ?? (options.quick ? 5 : 15)) * 1000;
  const past = options.quick ? 100_000 : 1_000_000;
  say('booking: starting PostgreSQL, one api and one worker');
  const generator = await Generator.start(cleanUp);
  const cluster = await Cluster.create(cleanUp);
  const keys = keysOf(run);
  const parts = { apis: 1, workers: 1, platformUrl: generator.platformUrl, extraEnv: { KEYS_FILE: keys.path } };
  const stand = await Stand.open(cluster, { ...parts, profileFolder: options.profile }, cleanUp);
  const machine = await machineOf(stand.db);
  const ground = await openDesks(stand.db, new Date());
  const usual = { kind: 'bookings' as const, clients, warmUpMs: 3_000, ms, perSecond: null, tokenKey: keys.token };
  const http = (slots: readonly string[], perSecond: number | null = null): Promise<BookingSummary> =>
    generator.writeBookings({ ...usual, ports: stand.ports, slots, perSecond });
  const tried: Tried[] = [];
  for (const [name, hot] of [
    ['spread over 10,000 slots', false],
    ['all for one slot', true],
  ] as const) {
    say(`booking: ${name}`);
    const { subjects, postmaster } = watchOf(stand, generator);
    const sampler = new Sampler(subjects, postmaster);
    const began = performance.now();
    const answered = await http(hot ? [ground.hot] : ground.spread);
    const watched = sampler.stop();
    const seconds = (performance.now() - began) / 1000;
    tried.push({
      name,
      http: answered,
      watched,
      seconds,
      alone: await pgbench(cluster, transactionScript(hot, new Date()), ms / 1000),
    });
  }
  const peak = tried[0]?.http.perSecond ?? 0;
  say('booking: half of the peak');
  const half = await http(ground.spread, peak / 2);
  const full = await Cluster.create(cleanUp);
  const years = await behindYears(
    { empty: stand, filled: await Stand.open(full, parts, cleanUp), slots: ground.spread, past, say },
    (ports, slots) =>
      generator.writeBookings({ ...usual, ports, slots, warmUpMs: 1_000, ms: options.quick ? 3_000 : 7_000 }),
  );
  const violations = [
    ...(await soundnessOf(stand, ground)),
    ...(await verified(stand)),
    ...failuresOf(tried, half, ...years.rounds),
  ];
  await stand.stop();
  return {
    machine,
    sections: [
      {
        bench: 'booking',
        title: `POST /api/v1/bookings, one api, ${clients} clients; pgbench: the same call, one booking each, ${clients} clients`,
        columns: ['load', 'bookings/s', 'pgbench/s', 'share of pgbench', ...latencyColumns, 'failed'],
        rows: tried.map(({ name, http: { perSecond, latency, failures }, alone }) => [
          ...[name, perSecond, alone, alone === null ? null : perSecond / alone],
          ...latencyCells(latency),
          failed(failures),
        ]),
      },
      {
        bench: 'booking',
        title: 'what a booking costs: processor time of each process over all bookings, warm-up included',
        columns: ['load', 'process', 'CPU ms/booking', 'MB'],
        rows: tried.flatMap(usageOf),
      },
      {
        bench: 'booking',
        title: 'begun on time at half of the peak',
        columns: ['asked/s', 'bookings/s', ...latencyColumns, 'failed'],
        rows: [[peak / 2, half.perSecond, ...latencyCells(half.latency), failed(half.failures)]],
      },
      years.section,
    ],
    violations,
  };
}

const latencyColumns = ['p50 ms', 'p95 ms', 'p99 ms', 'max ms'];

function latencyCells(data: BookingSummary['latency']): Cell[] {
  const latency = Histogram.from(data);
  return [0.5, 0.95, 0.99].map((share): Cell => latency.percentile(share) / 1000).concat(latency.max / 1000);
}

function usageOf({ name, http, watched, seconds }: Tried): Cell[][] {
  const others: Cell[] = [name, 'others on this machine, % of one core', null, watched.othersPercent];
  return [
    ...watched.usages.map((one): Cell[] => [
      ...[name, one.name],
      one.cpuPercent === null ? null : (one.cpuPercent * 10 * seconds) / http.all,
      one.peakMb === null ? null : Math.round(one.peakMb),
    ]),
    others,
  ];
}

function failed(failures: Readonly<Record<string, number>>): number {
  return Object.values(failures).reduce((sum, count) => sum + count, 0);
}

function failuresOf(tried: readonly Tried[], ...others: readonly BookingSummary[]): string[] {
  const all = [...tried.map((one) => one.http), ...others].flatMap((one) => Object.entries(one.failures));
  return all.map(([why, count]) => `${count} bookings failed: ${why}`);
}

function keysOf({ cleanUp }: BenchRun): { readonly path: string; readonly token: string } {
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-keys-'));
  cleanUp.defer(() => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  });
  const path = join(folder, 'keys.json');
  writeFileSync(path, newKeysFile(), { mode: 0o600 });
  return { path, token: loadKeys(path, false).token.toString('base64') };
}

/** Transactions a second of the server alone; null when there is no pgbench. */
async function pgbench(cluster: Cluster, script: string, seconds: number): Promise<number | null> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-pgbench-'));
  try {
    const file = join(folder, 'booking.sql');
    writeFileSync(file, script);
    const args = ['-n', '-M', 'prepared', '-c', `${clients}`, '-j', '1', '-T', `${seconds}`, '-f', file];
    const env = { ...process.env, LC_ALL: 'C' };
    const { stdout } = await execute('pgbench', [...args, cluster.url(clusterUser)], { env });
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every counter is the sum of its bookings, and every number was given once. */
async function soundnessOf(stand: Stand, ground: BookingGround): Promise<string[]> {
  const { rows } = await stand.db.query<{ wrong: number; twice: number; slots: number }>(
    `select (select count(*)::int from booking_slot s where taken <> (select coalesce(sum(party), 0) from booking_booking b
         where b.desk_id = s.desk_id and b.starts_at = s.starts_at and b.state in ('held', 'booked', 'checkedIn', 'noShow'))) as wrong,
       (select count(*) - count(distinct number) from booking_booking)::int as twice,
       (select count(*)::int from booking_slot where desk_id like 'spread-%') as slots`,
  );
  const { wrong = 0, twice = 0, slots = 0 } = rows[0] ?? {};
  return [
    ...(wrong > 0 ? [`${wrong} slots count other seats than are booked`] : []),
    ...(twice > 0 ? [`${twice} numbers were given out twice`] : []),
    ...(slots === 0 || slots > ground.spread.length ? [`${slots} slots were booked of ${ground.spread.length}`] : []),
  ];
}

import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { BenchRun } from './bench';
import type { CleanUp } from './clean-up';
import { Cluster } from './cluster';
import { startEmptyServer } from './empty-server';
import { Histogram } from './histogram';
import { machineOf } from './machine';
import { fillPlaces, rawSearches, searchPaths } from './nearby-ground';
import type { GetLoad, GetResult } from './nearby-process';
import type { BenchResult, Cell } from './report';
import { Sampler } from './sampler';
import { Stand } from './stand';

const connections = 32;
/** Half of the rate this must bear, at which a search must be quick. */
const steadyRate = 750;

/** Asks over HTTP, from a process of its own. */
type Ask = (load: Partial<GetLoad> & { port: number; paths: readonly string[] }) => Promise<GetResult>;

/** The nearest twenty places in fifteen minutes on foot, among 100,000 and 1,000,000: how many searches a second, and how long at half of what is asked for. */
export async function nearby(run: BenchRun): Promise<BenchResult> {
  const { options, cleanUp, say, measured } = run;
  const ms = (options.seconds ?? (options.quick ? 4 : 8)) * 1000;
  say('nearby: starting PostgreSQL and one api');
  const cluster = await Cluster.create(cleanUp);
  const platformUrl = 'http://127.0.0.1:9';
  const stand = await Stand.open(
    cluster,
    { apis: 1, workers: 0, platformUrl, profileFolder: options.profile },
    cleanUp,
  );
  const machine = await machineOf(stand.db);
  const { ask, pid } = await generator(cleanUp, ms);
  const empty = await startEmptyServer(stand.account, cleanUp);
  const rows: Cell[][] = [];
  const nothing = { port: empty.port, method: 'POST' as const, paths: ['/wechat/official'] };
  const bare = await ask(nothing);
  const bareSteady = await ask({ ...nothing, perSecond: steadyRate });
  rows.push([
    '–',
    'an empty handler',
    bare.perSecond,
    ...at(bare),
    ...at(bareSteady),
    null,
    null,
    bare.failures,
    null,
    null,
  ]);
  await empty.close();
  for (const places of options.quick ? [100_000] : [100_000, 1_000_000]) {
    say(`nearby: ${places} places`);
    await fillPlaces(stand.db, places);
    const raw = await rawSearches(cluster, 8, ms / 1000);
    rows.push([places, 'PostgreSQL alone (pgbench)', raw, ...Array.from({ length: 9 }, () => null)]);
    for (const kind of ['plain', 'filtered'] as const) {
      const load = { port: stand.ports[0] ?? 0, paths: searchPaths(kind) };
      const subjects = [
        ...stand.processes.map(({ name, pid: own }) => ({ name, pid: own, isProduct: true })),
        { name: 'generator', pid, isProduct: false },
      ];
      const sampler = new Sampler(subjects, cluster.postmaster);
      const full = await ask(load);
      const used = sampler.stop();
      const steady = await ask({ ...load, perSecond: steadyRate });
      const half = await ask({ ...load, perSecond: full.perSecond / 2 });
      const cpu = used.usages.map(({ name, cpuPercent }) => `${name} ${cpuPercent?.toFixed(0) ?? '?'}%`).join(', ');
      const what = kind === 'plain' ? 'searches, nearest 20' : 'searches with a category or service';
      rows.push([
        places,
        what,
        full.perSecond,
        ...at(full),
        ...at(steady),
        ...at(half),
        full.failures + steady.failures + half.failures,
        Math.round(full.meanBytes),
        cpu,
      ]);
      measured.push({ name: `${what}, ${places} places`, perSecond: full.perSecond, latency: null });
    }
  }
  const violations = stand.errors();
  await stand.stop();
  return {
    machine,
    sections: [
      {
        bench: 'nearby',
        title: `${connections} connections to GET /api/v1/circle/places, one api; then ${steadyRate} a second, and half of the peak`,
        columns: [
          'places',
          'what',
          'per s',
          'p50 ms',
          'p99 ms',
          `${steadyRate}/s p50`,
          `${steadyRate}/s p99`,
          'half p50',
          'half p99',
          'failed',
          'bytes',
          'CPU of a core',
        ],
        rows,
      },
    ],
    violations,
  };
}

function at({ latency }: GetResult): [number, number] {
  const histogram = Histogram.from(latency);
  return [histogram.percentile(0.5) / 1000, histogram.percentile(0.99) / 1000];
}

async function generator(cleanUp: CleanUp, ms: number): Promise<{ ask: Ask; pid: number }> {
  const child = fork(join(__dirname, 'nearby-process.js'), { stdio: 'inherit' });
  const pid = child.pid ?? 0;
  cleanUp.watch(pid);
  cleanUp.defer(() => {
    child.kill('SIGKILL');
    cleanUp.forget(pid);
    return Promise.resolve();
  });
  await new Promise((resolve) => child.once('message', resolve));
  const ask: Ask = (load) =>
    new Promise((resolve) => {
      child.once('message', (result) => resolve(result as GetResult));
      const usual = { connections, perSecond: null, warmUpMs: 1_500, ms, method: 'GET' as const };
      child.send({ ...usual, ...load });
    });
  return { ask, pid };
}

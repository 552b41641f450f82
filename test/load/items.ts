import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pinyin } from 'pinyin-pro';
import { projectRoot } from '@linli/platform';
import { timingOf, type BenchRun } from './bench';
import type { CleanUp } from './clean-up';
import { Cluster } from './cluster';
import { askFlatOut, askSteadily, idsFor, lines, type Asked } from './items-load';
import { Random } from './items-random';
import { askedFor, makeEntries, waysToAsk, type MadeEntry } from './items-words';
import { machineOf } from './machine';
import type { BenchResult, Cell } from './report';
import { Sampler, type Watched } from './sampler';
import { Stand } from './stand';

const entryCount = 20_000;
const questionCount = 5_000;
const namesTried = 100;
const importLimitMs = 120_000;
/** Questions a second: half of the thousand a district of this size has to answer. */
const steadyRate = 500;

/** Who is asked. */
interface Asker {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
}

interface Measured {
  readonly asker: Asker;
  readonly full: Asked;
  readonly half: Asked;
  /** At half of the rate that is wanted, whatever this one's own peak is; null where that is beyond it. */
  readonly wanted: Asked | null;
  readonly watched: Watched;
}

/** Search for entries over HTTP, beside an empty handler of the same framework and MiniSearch over the same entries. */
export async function items(run: BenchRun): Promise<BenchResult> {
  const { options, cleanUp, say } = run;
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-items-'));
  cleanUp.defer(() => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  });
  const random = new Random(20_261_124);
  const entries = makeEntries(entryCount, departments(), random);
  const file = join(folder, 'entries.json');
  writeFileSync(file, JSON.stringify(entries));
  say('items: starting PostgreSQL and one api');
  const cluster = await Cluster.create(cleanUp);
  const stand = await Stand.open(
    cluster,
    { apis: 1, workers: 0, platformUrl: 'http://127.0.0.1:9', profileFolder: options.profile },
    cleanUp,
  );
  const machine = await machineOf(stand.db);
  const api = stand.apis[0];
  if (!api) throw new Error('there is no api');
  const product = { name: 'Linli', port: api.port, pid: api.pid };
  say(`items: importing ${entryCount} entries`);
  const imported = await importAll(stand, file, product, entries);
  const empty = await startPeer('empty', file, cleanUp);
  const mini = await startPeer('minisearch', file, cleanUp);
  const spell = (text: string): string[] => pinyin(text, { toneType: 'none', type: 'array' });
  const questions = [...Array(questionCount).keys()].map(() => askedFor(random.pick(entries).name, spell, random));
  const paths = questions.map((words) => `/api/v1/items?q=${encodeURIComponent(words)}`);
  const { warmUpMs, roundMs } = timingOf(options);
  const all: Measured[] = [];
  for (const asker of [product, empty.asker, mini.asker]) {
    say(`items: asking ${asker.name}`);
    all.push(await measure(asker, paths, { warmUpMs, roundMs }, cluster.postmaster));
  }
  say('items: asking for names in several ways');
  const found = await foundFirst([product, mini.asker], entries, spell, new Random(5));
  const violations = all.flatMap(({ asker, full, half, wanted }) => {
    const failed = full.failed + half.failed + (wanted?.failed ?? 0);
    return failed > 0 ? [`${asker.name}: ${failed} questions without an answer`] : [];
  });
  await stand.stop();
  for (const { asker, full } of all.slice(0, 1))
    run.measured.push({ name: `items, ${asker.name}`, perSecond: full.perSecond, latency: null });
  return {
    machine,
    sections: [
      {
        bench: 'items',
        title: `GET /api/v1/items?q= over ${entryCount} entries, ${questionCount} different questions, ${lines} connections`,
        columns: ['who', 'load', 'req/s', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'failed', 'CPU % of one core', 'MB'],
        rows: all.flatMap(rowsOf),
        notes: [
          `full: every connection asks again at once; half: a steady half of that rate, then ${steadyRate} a second; waiting counts`,
          `Linli: searchable ${imported.toFixed(1)} s after the import ended (revisions are looked for every 2 s)`,
          `MiniSearch: built in ${(mini.builtMs / 1000).toFixed(1)} s, ${mini.builtMb.toFixed(0)} MB; pairs of signs as terms, all must be there`,
        ],
      },
      {
        bench: 'items',
        title: `the entry meant is among the first five, of ${namesTried} names each`,
        columns: ['asked by', 'Linli', 'MiniSearch'],
        rows: found,
      },
    ],
    violations,
  };
}

function departments(): string[] {
  const text = readFileSync(join(projectRoot(), 'config/demo/directory.json'), 'utf8');
  return (JSON.parse(text) as { departments: { name: string }[] }).departments.map((one) => one.name);
}

/** Imports the file and waits until the last entry is found; answers how long the waiting took, in seconds. */
async function importAll(stand: Stand, file: string, product: Asker, entries: readonly MadeEntry[]): Promise<number> {
  const { code, words } = await stand.cli(['catalogue', 'import', file]);
  if (code !== 0) throw new Error(`the entries were not imported: ${words.slice(0, 600)}`);
  const last = entries.at(-1);
  const began = performance.now();
  while (performance.now() - began < importLimitMs) {
    const ids = await idsFor(product.port, `/api/v1/items?q=${encodeURIComponent(last?.name ?? '')}`).catch(() => []);
    if (ids[0] === last?.id) return (performance.now() - began) / 1000;
    await sleep(50);
  }
  throw new Error('the imported entries were not found in time');
}

interface Peer {
  readonly asker: Asker;
  readonly builtMs: number;
  readonly builtMb: number;
}

async function startPeer(kind: 'empty' | 'minisearch', file: string, cleanUp: CleanUp): Promise<Peer> {
  const env = { ...process.env, NODE_ENV: 'production', BENCH_PEER: kind, BENCH_ENTRIES: file };
  const child = fork(join(__dirname, 'items-peer.js'), { env, stdio: 'inherit' });
  const pid = child.pid ?? 0;
  cleanUp.watch(pid);
  cleanUp.defer(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    cleanUp.forget(pid);
  });
  const { port, ms, mb } = await new Promise<{ port: number; ms: number; mb: number }>((resolve, reject) => {
    child.once('message', (given) => resolve(given as { port: number; ms: number; mb: number }));
    child.once('exit', () => reject(new Error(`${kind} did not start`)));
  });
  return { asker: { name: kind === 'empty' ? 'empty handler' : 'MiniSearch', port, pid }, builtMs: ms, builtMb: mb };
}

async function measure(
  asker: Asker,
  paths: readonly string[],
  { warmUpMs, roundMs }: { warmUpMs: number; roundMs: number },
  postmaster: number,
): Promise<Measured> {
  await askFlatOut(asker.port, paths, warmUpMs);
  const sampler = new Sampler([{ name: asker.name, pid: asker.pid, isProduct: true }], postmaster);
  const full = await askFlatOut(asker.port, paths, roundMs);
  const watched = sampler.stop();
  const half = await askSteadily(asker.port, paths, roundMs, full.perSecond / 2);
  const wanted = full.perSecond > 2 * steadyRate ? await askSteadily(asker.port, paths, roundMs, steadyRate) : null;
  return { asker, full, half, wanted, watched };
}

function rowsOf({ asker, full, half, wanted, watched }: Measured): Cell[][] {
  const usage = watched.usages.find((one) => one.name === asker.name);
  const row = (load: string, asked: Asked, rest: readonly Cell[]): Cell[] => [
    asker.name,
    load,
    asked.perSecond,
    ...[0.5, 0.95, 0.99].map((share) => asked.latency.percentile(share) / 1000),
    asked.latency.max / 1000,
    asked.failed,
    ...rest,
  ];
  return [
    row('full', full, [usage?.cpuPercent ?? null, usage?.peakMb ?? null]),
    row('half', half, [null, null]),
    ...(wanted ? [row(`${steadyRate}/s`, wanted, [null, null])] : []),
  ];
}

/** For each way to ask: of how many names the entry was among the first five answers. */
async function foundFirst(
  askers: readonly Asker[],
  entries: readonly MadeEntry[],
  spell: (text: string) => readonly string[],
  random: Random,
): Promise<Cell[][]> {
  const tried = [...Array(namesTried).keys()].map(() => random.pick(entries));
  const rows: Cell[][] = [];
  for (const [way, words] of Object.entries(waysToAsk)) {
    const row: Cell[] = [way];
    for (const { port } of askers) {
      let found = 0;
      for (const { id, name } of tried) {
        const ids = await idsFor(port, `/api/v1/items?limit=5&q=${encodeURIComponent(words(name, spell, random))}`);
        if (ids.slice(0, 5).includes(id)) found += 1;
      }
      row.push(found);
    }
    rows.push(row);
  }
  return rows;
}

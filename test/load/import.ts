import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { newKeysFile, projectRoot } from '@linli/platform';
import type { BenchRun } from './bench';
import type { CleanUp } from './clean-up';
import { Cluster, roles } from './cluster';
import { machineOf } from './machine';
import type { BenchResult, Cell } from './report';

const entryCount = 20_000;
const batchSize = 500;
const limits = { seconds: 60, megabytes: 500 };

interface Told {
  readonly seconds: number;
  readonly megabytes: number;
  /** Processor seconds, which say the same on a busy machine. */
  readonly processor: number;
  readonly words: string;
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly guide?: unknown;
  readonly implementation?: object;
}

/** `catalogue import` of 20,000 entries with their guides in each kind of file, beside plain inserts of the same rows. */
export async function importing({ options, cleanUp, say }: BenchRun): Promise<BenchResult> {
  const count = options.quick ? entryCount / 10 : entryCount;
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-import-'));
  cleanUp.defer(() => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  });
  say('import: starting PostgreSQL');
  const cluster = await Cluster.create(cleanUp);
  const cli = operator(cluster, folder, cleanUp);
  await cli('migrate');
  await cli('directory', 'import', join(projectRoot(), 'config/demo/directory.json'));
  const entries = makeEntries(count);
  const file = (format: string): string => join(folder, `entries.${format}`);
  writeFileSync(file('json'), JSON.stringify(entries));
  const rows: Cell[][] = [];
  const violations: string[] = [];
  const note = (
    format: string,
    what: string,
    { seconds, megabytes, processor, words }: Told,
    outcome: string,
  ): void => {
    const size = statSync(file(format)).size / 2 ** 20;
    rows.push([what, seconds, processor, count / seconds, megabytes, size]);
    say(
      `import: ${what}: ${seconds.toFixed(1)} s (${processor.toFixed(1)} s of processor), ${megabytes.toFixed(0)} MB`,
    );
    if (!words.includes(outcome)) violations.push(`${what}: ${words.trim().split('\n').at(-1) ?? ''}`);
  };
  for (const format of ['json', 'csv', 'xlsx']) {
    if (format !== 'json')
      note(format, `${format}: export`, await cli('catalogue', 'export', file(format)), `${count} entries`);
    await cluster.admin.query('delete from catalogue_version');
    note(format, `${format}: import`, await cli('catalogue', 'import', file(format)), `${count} added`);
    note(format, `${format}: import again`, await cli('catalogue', 'import', file(format)), `${count} unchanged`);
  }
  say('import: plain inserts of the same rows');
  const plain = await insertPlainly(cluster.admin, entries);
  rows.push([`limit: inserts of ${batchSize} rows a statement`, plain, null, count / plain, null, null]);
  return {
    machine: await machineOf(cluster.admin),
    sections: [
      {
        bench: 'import',
        title: `${count} entries through npm run cli -- catalogue`,
        columns: ['what', 'seconds', 'processor s', 'entries/s', 'peak MB', 'file MB'],
        rows,
        notes: [
          `seconds and memory are those of the whole command, start included; wanted are ${limits.seconds} s and ${limits.megabytes} MB for an import`,
          'limit: the rows lie ready in memory and are written in one transaction, unread and unchecked',
        ],
      },
    ],
    violations,
  };
}

/** The demo's entries over and over, each under an id and a name of its own. */
function makeEntries(count: number): Entry[] {
  const folder = join(projectRoot(), 'config/demo/catalogue');
  const demo = readdirSync(folder).flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Entry[]);
  const withGuide = demo.filter((entry) => entry.guide !== undefined);
  return Array.from({ length: count }, (_, n) => {
    const entry: Entry = withGuide[n % withGuide.length] ?? { id: '', name: '' };
    // A code belongs to one item.
    const codes = { scheme: 'local', localTask: `B-${n}` };
    return {
      ...entry,
      id: `${entry.id.slice(0, 50)}-${n}`,
      name: `${entry.name}（${n}）`,
      ...(entry.implementation && { implementation: { ...entry.implementation, codes } }),
    };
  });
}

/** Runs the operator's commands on a database of the bench's own and tells how long each took and how large it grew. */
function operator(cluster: Cluster, folder: string, cleanUp: CleanUp): (...args: string[]) => Promise<Told> {
  const keysFile = join(folder, 'keys.json');
  writeFileSync(keysFile, newKeysFile(), { mode: 0o600 });
  mkdirSync(join(folder, 'data'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    TMPDIR: tmpdir(),
    NODE_ENV: 'production',
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: cluster.url(roles.api),
    KEYS_FILE: keysFile,
  };
  const main = join(projectRoot(), 'dist', 'apps', 'cli', 'src', 'main.js');
  return async (...args) => {
    const began = performance.now();
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const pid = child.pid ?? 0;
    cleanUp.watch(pid);
    let words = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-10_000)));
    let megabytes = 0;
    let processor = 0;
    const looking = setInterval(() => {
      megabytes = Math.max(megabytes, peakOf(pid));
      processor = Math.max(processor, processorOf(pid));
    }, 50);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    clearInterval(looking);
    cleanUp.forget(pid);
    if (code !== 0) throw new Error(`${args.join(' ')} exited with ${String(code)}: ${words}`);
    return { seconds: (performance.now() - began) / 1000, megabytes, processor, words };
  };
}

/** The most memory a process ever held, in MB; 0 once it is gone. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processor seconds a process has used; 0 once it is gone. Linux counts in hundredths. */
function processorOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

async function insertPlainly(db: Pool, entries: readonly Entry[]): Promise<number> {
  await db.query('create table bench_rows (id text primary key, content jsonb not null)');
  const rows = entries.map((entry) => ({ id: entry.id, content: JSON.stringify(entry) }));
  const client = await db.connect();
  try {
    const began = performance.now();
    await client.query('begin');
    for (let at = 0; at < rows.length; at += batchSize) {
      const batch = rows.slice(at, at + batchSize);
      await client.query('insert into bench_rows select * from unnest($1::text[], $2::jsonb[])', [
        batch.map((row) => row.id),
        batch.map((row) => row.content),
      ]);
    }
    await client.query('commit');
    return (performance.now() - began) / 1000;
  } finally {
    client.release();
  }
}

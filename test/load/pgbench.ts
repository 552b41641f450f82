import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Pool } from 'pg';
import type { Cluster } from './cluster';
import type { StatementMix } from './statements';

const execute = promisify(execFile);
const database = 'pgbench_limit';
const rowCount = 20_000;

/** What the server alone does for as many statements as messages need; null when there is no pgbench. */
export interface DatabaseLimit {
  /** Messages, as many to a transaction as go together in the product. */
  readonly perSecond: number;
  readonly meanMs: number;
  readonly clients: number;
}

/** Runs a transaction of the same number of statements of each kind, over primary keys, prepared, on the same server. */
export async function databaseLimit(
  cluster: Cluster,
  mix: StatementMix,
  clients: number,
  seconds: number,
): Promise<DatabaseLimit | null> {
  if (!(await isInstalled())) return null;
  await prepareTable(cluster);
  const folder = mkdtempSync(join(tmpdir(), 'linli-pgbench-'));
  try {
    const script = join(folder, 'message.sql');
    writeFileSync(script, scriptOf(mix));
    const url = cluster.url('postgres', database);
    const args = ['-n', '-M', 'prepared', '-c', `${clients}`, '-j', '1', '-T', `${seconds}`, '-f', script, url];
    const { stdout } = await execute('pgbench', args, { env: { ...process.env, LC_ALL: 'C' } });
    return {
      perSecond: Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? 0) * mix.together,
      meanMs: Number(/latency average = ([\d.]+) ms/.exec(stdout)?.[1] ?? 0),
      clients,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function isInstalled(): Promise<boolean> {
  return execute('pgbench', ['--version']).then(
    () => true,
    () => false,
  );
}

async function prepareTable(cluster: Cluster): Promise<void> {
  await cluster.admin.query(`drop database if exists ${database}`);
  await cluster.admin.query(`create database ${database}`);
  const pool = new Pool({ connectionString: cluster.url('postgres', database), max: 1 });
  try {
    await pool.query('create table kept (id int primary key, body bytea not null)');
    await pool.query(
      `insert into kept select n, decode(repeat(md5(n::text), 12), 'hex') from generate_series(1, ${rowCount}) n`,
    );
    await pool.query('create table grown (id bigint generated always as identity primary key, body bytea not null)');
    await pool.query('vacuum analyze kept');
  } finally {
    await pool.end();
  }
}

function scriptOf({ reads, inserts, updates, control, together }: StatementMix): string {
  const times = (each: number): number => Math.round(each * together);
  const lines = ['begin;'];
  for (let n = 0; n < times(reads); n += 1)
    lines.push(`\\set id random(1, ${rowCount})`, 'select body from kept where id = :id;');
  for (let n = 0; n < times(inserts); n += 1)
    lines.push(`insert into grown (body) values (decode(repeat(md5(random()::text), 12), 'hex'));`);
  for (let n = 0; n < times(updates); n += 1)
    lines.push(`\\set id random(1, ${rowCount})`, `update kept set body = body where id = :id;`);
  // begin and commit are two of them.
  for (let n = 0; n < times(control) - 2; n += 1) lines.push('select 1;');
  return `${[...lines, 'commit;'].join('\n')}\n`;
}

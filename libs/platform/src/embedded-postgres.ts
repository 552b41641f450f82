import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { clusterUser, initialiseCluster, startCluster, stopCluster, type ClusterSettings } from './embedded-cluster';

/** A running embedded server and the way to stop it. */
export interface EmbeddedServer {
  readonly url: string;
  stop(): Promise<void>;
}

const databaseName = 'linli';

function urlOf(settings: ClusterSettings, database: string): string {
  return `postgresql://${clusterUser}:${settings.password}@127.0.0.1:${settings.port}/${database}`;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** State and start of a process as the kernel tells them; null where there is no such file system or process. */
function kernelView(pid: number): { state: string; started: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', started: fields[19] ?? '' };
  } catch {
    return null;
  }
}

/** A killed process whose parent has not looked yet keeps its number, and is dead all the same. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return kernelView(pid)?.state !== 'Z';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, as the kernel counts it; tells a living owner from another process that got its number. */
function startedAt(pid: number): string {
  return kernelView(pid)?.started ?? '';
}

/** Takes `owner.lock`, or throws the sentence a second start prints. A lock left by a killed owner is taken over. */
function takeOwnership(dataDir: string): () => void {
  const path = join(dataDir, 'owner.lock');
  const mine = `${process.pid} ${startedAt(process.pid)}`;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [pid, started] = readFileSync(path, 'utf8').split(' ');
    if (pid && isAlive(Number(pid)) && startedAt(Number(pid)) === started) {
      throw new Error(`Linli already runs on ${dataDir} (process ${pid}); stop it first, or choose another DATA_DIR`);
    }
    rmSync(path, { force: true });
  }
  throw new Error(`The lock ${path} could not be taken: is another start under way?`);
}

async function withClient<T>(settings: ClusterSettings, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: urlOf(settings, 'postgres'), connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function answers(settings: ClusterSettings): Promise<boolean> {
  return withClient(settings, async (client) => (await client.query('select 1')).rowCount === 1).catch(() => false);
}

function readSettings(dataDir: string): ClusterSettings | null {
  const path = join(dataDir, 'postgres.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ClusterSettings) : null;
}

/** Whether a postmaster of this cluster runs, whoever started it. */
function isRunning(cluster: string): boolean {
  const path = join(cluster, 'postmaster.pid');
  if (!existsSync(path)) return false;
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid);
}

async function bringUp(dataDir: string, cluster: string): Promise<ClusterSettings> {
  const known = readSettings(dataDir);
  if (isRunning(cluster)) {
    if (known && (await answers(known))) return known;
    await stopCluster(cluster);
  }
  const settings = { port: await freePort(), password: known?.password ?? randomBytes(18).toString('hex') };
  writeFileSync(join(dataDir, 'postgres.json'), JSON.stringify(settings), { mode: 0o600 });
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialiseCluster(cluster, settings.password);
  await startCluster(cluster, settings.port);
  return settings;
}

async function createDatabase(settings: ClusterSettings): Promise<void> {
  await withClient(settings, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (!rowCount) await client.query(`create database ${databaseName}`);
  });
}

/**
 * Starts the embedded PostgreSQL under `dataDir`, or adopts the one a killed owner left running. One owner at a time:
 * a second start is refused with a sentence.
 */
export async function startEmbedded(dataDir: string): Promise<EmbeddedServer> {
  mkdirSync(dataDir, { recursive: true });
  const release = takeOwnership(dataDir);
  const cluster = join(dataDir, 'postgres');
  try {
    const settings = await bringUp(dataDir, cluster);
    await createDatabase(settings);
    return {
      url: urlOf(settings, databaseName),
      stop: async () => {
        if (isRunning(cluster)) await stopCluster(cluster);
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** The address of the embedded server that another process of this machine runs, or null when none answers. */
export async function runningEmbedded(dataDir: string): Promise<string | null> {
  const settings = readSettings(dataDir);
  if (!settings || !isRunning(join(dataDir, 'postgres')) || !(await answers(settings))) return null;
  return urlOf(settings, databaseName);
}

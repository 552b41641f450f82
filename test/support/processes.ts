import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, projectRoot, readConfig } from '@linli/platform';
import { schema } from '@linli/journeys';
import { testDatabase } from '@linli/testing';
import { prepare } from '@linli-app/standalone';
import { credentialsIn, settingsFor, signIn, type Product } from './product';

/** A door of the built product in a process of its own. */
export interface DoorProcess {
  readonly pid: number;
  /** SIGTERM, and the exit code it ended with. */
  stop(): Promise<number | null>;
  /** As a power cut would. */
  kill(): Promise<void>;
}

const entry = join(projectRoot(), 'dist/apps/standalone/src/main.js');

/** Starts one door and, for the API, waits until it is ready. */
export async function startDoor(door: 'api' | 'worker', env: Record<string, string>): Promise<DoorProcess> {
  const child = spawn(process.execPath, [entry, door], { env: { PATH: process.env['PATH'], ...env }, stdio: 'pipe' });
  const said: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  if (door === 'api') await untilReady(`http://127.0.0.1:${env['PORT'] ?? ''}`, child, said);
  return {
    pid: child.pid ?? 0,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
  };
}

async function untilReady(url: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  for (const until = Date.now() + 60_000; ;) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}:\n${said.join('')}`);
    const response = await fetch(`${url}/health/ready`).catch(() => null);
    if (response?.ok) return;
    if (Date.now() > until) throw new Error(`not ready within a minute:\n${said.join('')}`);
    await sleep(50);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
}

/** The product as several processes: one API and one worker on one database. */
export interface SplitProduct extends Product {
  readonly env: Record<string, string>;
  readonly api: () => DoorProcess;
  /** Starts the API again after it was stopped or killed. */
  restartApi(): Promise<void>;
  startWorker(): Promise<DoorProcess>;
}

export async function openSplitProduct(extra: Record<string, string> = {}, worker = true): Promise<SplitProduct> {
  const db = await testDatabase(schema);
  const port = await freePort();
  const { folder, env } = settingsFor(db.url, { PORT: String(port), ...extra });
  const ground = await prepare(readConfig(env), null);
  const credentials = credentialsIn(folder);
  const url = `http://127.0.0.1:${port}`;
  let api = await startDoor('api', env);
  const workers = worker ? [await startDoor('worker', env)] : [];
  return {
    url,
    db,
    env,
    ground,
    credentials,
    officer: (account) => signIn(url, credentials, account),
    api: () => api,
    restartApi: async () => {
      api = await startDoor('api', env);
    },
    startWorker: async () => {
      const started = await startDoor('worker', env);
      workers.push(started);
      return started;
    },
    close: async () => {
      await Promise.all([api, ...workers].map((one) => one.stop()));
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

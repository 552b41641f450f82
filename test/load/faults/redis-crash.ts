import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '@linli/platform';
import type { BenchRun } from '../bench';
import { HttpLine } from '../http-line';
import { someMs, underLoad, type Fault } from './fault';

let server: RedisServer | null = null;

/** Redis, which carries the queues, is killed and started again with what it had written down. */
export const redisCrash: Fault = {
  name: 'Redis restarted, kill -9',
  quick: 1,
  full: 10,
  prepare: async (run) => {
    if (!(await isInstalled())) return 'redis-server is not installed';
    server = await RedisServer.start(run);
    return { apis: 1, workers: 1, redisUrl: server.url };
  },
  attempt: (ground) =>
    underLoad(ground, 20, async () => {
      await sleep(someMs(500, 1_500));
      await server?.kill();
      await sleep(1_000);
      await server?.launch();
      await sleep(1_500);
    }),
};

async function isInstalled(): Promise<boolean> {
  return promisify(execFile)('redis-server', ['--version']).then(
    () => true,
    () => false,
  );
}

/** A Redis of the bench's own, which writes down what it is told once a second. */
class RedisServer {
  private child: ChildProcess | null = null;

  private constructor(
    private readonly run: BenchRun,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  static async start(run: BenchRun): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), 'linli-bench-redis-'));
    const redis = new RedisServer(run, folder, await freePort());
    run.cleanUp.defer(async () => {
      await redis.kill();
      rmSync(folder, { recursive: true, force: true });
    });
    await redis.launch();
    return redis;
  }

  async launch(): Promise<void> {
    const args = [
      '--port',
      `${this.port}`,
      '--bind',
      '127.0.0.1',
      '--dir',
      this.folder,
      '--appendonly',
      'yes',
      '--save',
      '',
    ];
    const child = spawn('redis-server', args, { stdio: 'ignore' });
    this.child = child;
    this.run.cleanUp.watch(child.pid ?? 0);
    for (let waited = 0; waited < 10_000 && !(await this.answers()); waited += 50) await sleep(50);
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    this.run.cleanUp.forget(child.pid ?? 0);
  }

  /** Redis answers an HTTP request by hanging up: somebody is there. */
  private async answers(): Promise<boolean> {
    const line = new HttpLine(this.port);
    const outcome = await line.request('GET', '/', '', {}, 1_000).catch((error: unknown) => (error as Error).message);
    line.close();
    return outcome !== 'ECONNREFUSED';
  }
}

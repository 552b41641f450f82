import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { freePort, loadKeys, newKeysFile, projectRoot, readConfig } from '@linli/platform';
import { wechatAccounts } from '@linli/wechat';
import type { CleanUp } from './clean-up';
import { roles, type Cluster } from './cluster';
import { ProductProcess } from './product';
import { pushAccount, type PushAccount } from './wechat-push';

export interface StandOptions {
  readonly apis: number;
  readonly workers: number;
  /** Where the product finds the platform. */
  readonly platformUrl: string;
  readonly redisUrl?: string;
  readonly nodeArgs?: readonly string[];
  /** Each process writes its processor profile here when it ends. */
  readonly profileFolder?: string | null;
  readonly extraEnv?: Readonly<Record<string, string>>;
}

/** The product as several processes on one PostgreSQL. */
export class Stand {
  readonly apis: ProductProcess[] = [];
  readonly workers: ProductProcess[] = [];

  private constructor(
    readonly cluster: Cluster,
    readonly account: PushAccount,
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
    private readonly options: StandOptions,
    private readonly cleanUp: CleanUp,
  ) {}

  /** Starts the processes one door after the other and waits until all are ready. */
  static async open(cluster: Cluster, options: StandOptions, cleanUp: CleanUp): Promise<Stand> {
    const folder = mkdtempSync(join(tmpdir(), 'linli-bench-'));
    chmodSync(folder, 0o755);
    cleanUp.defer(() => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    });
    const env = environment(folder, cluster, options);
    const account = pushAccount(wechatAccounts(readConfig(env), loadKeys(join(folder, 'keys.json'), false)).official);
    const stand = new Stand(cluster, account, folder, env, options, cleanUp);
    for (let n = 0; n < options.apis; n += 1) await stand.addApi();
    for (let n = 0; n < options.workers; n += 1) await stand.addWorker();
    return stand;
  }

  get ports(): number[] {
    return this.apis.map((api) => api.port);
  }

  get processes(): ProductProcess[] {
    return [...this.apis, ...this.workers];
  }

  get db(): Pool {
    return this.cluster.admin;
  }

  async addApi(): Promise<void> {
    const api = this.process('api', `api-${this.apis.length + 1}`, await freePort());
    this.apis.push(api);
    api.start();
    await api.whenReady(() => Promise.resolve(true));
  }

  async addWorker(): Promise<void> {
    const worker = this.process('worker', `worker-${this.workers.length + 1}`, 0);
    this.workers.push(worker);
    worker.start();
    await this.whenWorking(worker);
  }

  /** Ends a process as a power cut would and starts it again at once; answers how long it was away, in milliseconds. */
  async killAndRestart(one: ProductProcess): Promise<number> {
    const began = performance.now();
    await one.kill();
    one.start();
    await this.whenReady(one);
    return performance.now() - began;
  }

  async whenReady(one: ProductProcess): Promise<void> {
    if (this.workers.includes(one)) await this.whenWorking(one);
    else await one.whenReady(() => Promise.resolve(true));
  }

  /** What a demo officer signs in with. */
  passwordOf(account: string): string {
    const file = readFileSync(join(this.folder, 'data', 'demo-credentials.json'), 'utf8');
    const { officers } = JSON.parse(file) as { officers: { account: string; password: string }[] };
    const officer = officers.find((one) => one.account === account);
    if (!officer) throw new Error(`the demo has no officer ${account}`);
    return officer.password;
  }

  /** The operator's own check of live data: what it found, empty when all is sound. */
  async verify(): Promise<string> {
    const { code, words } = await this.cli(['verify']);
    return code === 0 ? '' : `verify exited with ${String(code)}: ${words.trim()}`;
  }

  /** One of the operator's commands; answers its exit code and all it said. */
  async cli(args: readonly string[]): Promise<{ readonly code: number | null; readonly words: string }> {
    const main = join(projectRoot(), 'dist', 'apps', 'cli', 'src', 'main.js');
    const child = spawn(process.execPath, [main, ...args], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.cleanUp.watch(child.pid ?? 0);
    let words = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    this.cleanUp.forget(child.pid ?? 0);
    return { code, words };
  }

  /** Lines all processes logged as errors. */
  errors(): string[] {
    return this.processes.flatMap((one) => one.errors().map((line) => `${one.name}: ${line.slice(0, 300)}`));
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.stop()));
  }

  private process(door: 'api' | 'worker', name: string, port: number): ProductProcess {
    const env = { ...this.env, DATABASE_URL: this.cluster.url(roles[door]) };
    const logFile = join(this.folder, `${name}.log`);
    writeFileSync(logFile, '');
    const { nodeArgs = [], profileFolder } = this.options;
    const profile = profileFolder
      ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, `--cpu-prof-name=${name}.cpuprofile`]
      : [];
    const all = { door, name, port, env, logFile, nodeArgs: [...nodeArgs, ...profile] };
    return new ProductProcess(all, this.cleanUp);
  }

  /** A worker has no port; it works once it looks for deliveries over connections made since now. */
  private async whenWorking(worker: ProductProcess): Promise<void> {
    const since = new Date();
    await worker.whenReady(async () => {
      const { rows } = await this.db.query<{ working: boolean }>(
        `select count(*) > 0 as working from pg_stat_activity
         where usename = $1 and backend_start >= $2 and query like '%notification_delivery%'`,
        [roles.worker, since],
      );
      return rows[0]?.working ?? false;
    });
  }
}

function environment(folder: string, cluster: Cluster, options: StandOptions): Record<string, string> {
  const keysFile = join(folder, 'keys.json');
  writeFileSync(keysFile, newKeysFile(), { mode: 0o600 });
  mkdirSync(join(folder, 'data'));
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    TMPDIR: tmpdir(),
    NODE_ENV: 'production',
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: cluster.url(roles.api),
    KEYS_FILE: keysFile,
    SEED: 'demo',
    RATE_LIMIT_EXEMPT: '127.0.0.0/8',
    LOG_LEVEL: 'warn',
    WECHAT_API_BASE_URL: options.platformUrl,
    SIMULATOR: 'off',
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ...options.extraEnv,
  };
}

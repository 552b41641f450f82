import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '@linli/platform';
import type { CleanUp } from './clean-up';
import { HttpLine } from './http-line';

const readyLimitMs = 90_000;
const stopLimitMs = 12_000;

export interface ProductOptions {
  readonly door: 'api' | 'worker';
  readonly name: string;
  /** 0 for a worker. */
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Further arguments of node itself. */
  readonly nodeArgs?: readonly string[];
}

/** One process of the product, started as an operator would start it. */
export class ProductProcess {
  private child: ChildProcess | null = null;

  constructor(
    private readonly options: ProductOptions,
    private readonly cleanUp: CleanUp,
  ) {
    cleanUp.defer(() => this.stop());
  }

  get name(): string {
    return this.options.name;
  }

  get port(): number {
    return this.options.port;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Starts it; `whenReady` is another step. */
  start(): void {
    const { door, env, port, logFile, nodeArgs = [] } = this.options;
    const log = openSync(logFile, 'a');
    const main = join(projectRoot(), 'dist', 'apps', 'standalone', 'src', 'main.js');
    const child = spawn(process.execPath, [...nodeArgs, main, door], {
      env: { ...env, PORT: String(port) },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    const pid = child.pid ?? 0;
    this.cleanUp.watch(pid);
    child.once('exit', () => {
      this.cleanUp.forget(pid);
      if (this.child === child) this.child = null;
    });
  }

  /** Waits for /health/ready; of a worker, until `alsoReady` says so. */
  async whenReady(alsoReady: () => Promise<boolean>): Promise<void> {
    const until = Date.now() + readyLimitMs;
    while (!(await this.isReady(alsoReady))) {
      if (!this.child) throw new Error(`${this.name} ended before it was ready:\n${this.lastWords()}`);
      if (Date.now() > until) throw new Error(`${this.name} was not ready in time:\n${this.lastWords()}`);
      await sleep(50);
    }
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL', stopLimitMs);
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM', stopLimitMs);
    await this.end('SIGKILL', stopLimitMs);
  }

  /** Lines the process logged as errors, and stacks of what nobody caught. */
  errors(): string[] {
    return this.log().filter((line) => /^\{"level":[56]0/.test(line) || /^\w*Error\b|did not (start|stop)/.test(line));
  }

  private async isReady(alsoReady: () => Promise<boolean>): Promise<boolean> {
    if (this.options.door === 'worker') return alsoReady();
    const line = new HttpLine(this.port);
    try {
      return (await line.request('GET', '/health/ready', '', {}, 2_000)).status === 200;
    } catch {
      return false;
    } finally {
      line.close();
    }
  }

  private async end(signal: NodeJS.Signals, limitMs: number): Promise<void> {
    const { child } = this;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await Promise.race([ended, sleep(limitMs, undefined, { ref: false })]);
  }

  private log(): string[] {
    return readFileSync(this.options.logFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  }

  private lastWords(): string {
    return this.log().slice(-12).join('\n');
  }
}

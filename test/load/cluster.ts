import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { freePort } from '@linli/platform';
import { clusterUser, initialiseCluster, startCluster } from '../../libs/platform/src/embedded-cluster';
import { killQuietly, type CleanUp } from './clean-up';

/** The api's processes and the workers come in under names of their own, so that their statements can be told apart. */
export const roles = { api: 'bench_api', worker: 'bench_worker' } as const;
export type Role = (typeof roles)[keyof typeof roles] | typeof clusterUser;

const password = 'bench';
const databaseName = 'linli';
/** What the product's own embedded server runs with, plus statement counts, which stay off until they are asked for. */
const flags = ['shared_preload_libraries=pg_stat_statements'];

/** A PostgreSQL of the bench's own, durable as in production: fsync and synchronous commit are on. */
export class Cluster {
  private connections: Pool | null = null;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly cleanUp: CleanUp,
  ) {}

  /** Makes and starts one, under `parent` or the system's folder for temporary files. */
  static async create(cleanUp: CleanUp, parent = tmpdir()): Promise<Cluster> {
    const outer = mkdtempSync(join(parent, 'linli-bench-pg-'));
    chmodSync(outer, 0o755);
    const cluster = new Cluster(join(outer, 'postgres'), await freePort(), cleanUp);
    cleanUp.defer(async () => {
      await cluster.close();
      rmSync(outer, { recursive: true, force: true });
    });
    await initialiseCluster(cluster.folder, password);
    await cluster.start();
    await cluster.prepare();
    return cluster;
  }

  /** The postmaster's process id; 0 when there is none. */
  get postmaster(): number {
    try {
      return Number(readFileSync(join(this.folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    } catch {
      return 0;
    }
  }

  url(role: Role, database = databaseName): string {
    return `postgresql://${role}:${password}@127.0.0.1:${this.port}/${database}`;
  }

  /** The bench's own connections, for looking on. */
  get admin(): Pool {
    if (this.connections) return this.connections;
    const pool = new Pool({ connectionString: this.url(clusterUser), max: 4, application_name: 'bench' });
    pool.on('error', () => undefined);
    this.connections = pool;
    return pool;
  }

  async start(): Promise<void> {
    await startCluster(this.folder, this.port, flags);
    this.cleanUp.watch(this.postmaster);
  }

  /** Ends the server as a crash would (`pg_ctl stop -m immediate`): nothing is flushed that was not. */
  async crash(): Promise<void> {
    const pid = this.postmaster;
    if (pid === 0) return;
    killQuietly(pid, 'SIGQUIT');
    for (let waited = 0; isAlive(pid) && waited < 15_000; waited += 50) await sleep(50);
    this.cleanUp.forget(pid);
  }

  isUp(): boolean {
    const pid = this.postmaster;
    return pid !== 0 && isAlive(pid);
  }

  async close(): Promise<void> {
    await this.connections?.end().catch(() => undefined);
    this.connections = null;
    // Nobody will read this cluster again: a crash is the quickest end.
    await this.crash();
  }

  private async prepare(): Promise<void> {
    const first = new Pool({ connectionString: this.url(clusterUser, 'postgres'), max: 1 });
    try {
      await first.query(`create database ${databaseName}`);
      for (const role of Object.values(roles))
        await first.query(`create role ${role} superuser login password '${password}'`);
      await first.query(`alter system set pg_stat_statements.track = 'none'`);
      await first.query('select pg_reload_conf()');
    } finally {
      await first.end();
    }
    await this.admin.query('create extension pg_stat_statements');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

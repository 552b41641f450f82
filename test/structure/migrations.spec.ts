import { DataSource } from 'typeorm';
import { schema } from '@linli/journeys';
import { dataSourceOptions } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';

const tables = `select table_name from information_schema.tables where table_schema = 'public' order by 1`;
const columns = `select table_name, column_name, data_type, is_nullable from information_schema.columns
  where table_schema = 'public' order by 1, 2`;

describe('migrations', () => {
  let db: TestDatabase;
  beforeAll(async () => (db = await testDatabase(schema)));
  afterAll(() => db.close());

  it('run up, down to nothing, and up to the same again', async () => {
    const source = await new DataSource(dataSourceOptions(db.url, schema, 2)).initialize();
    try {
      const before: unknown = await source.query(columns);
      for (let left = schema.migrations.length; left > 0; left -= 1) await source.undoLastMigration();
      expect(await source.query(tables)).toEqual([{ table_name: 'platform_migration' }]);
      await source.runMigrations();
      expect(await source.query(columns)).toEqual(before);
    } finally {
      await source.destroy();
    }
  });
});

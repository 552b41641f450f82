import { testDatabase, type TestDatabase } from '@linli/testing';
import { sqlState } from './database';
import { together } from './together';

describe('statements of one moment', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase({ rows: [], migrations: [] });
    await db.database.sql('create table packet_row (id int primary key, word text)');
  });
  beforeEach(() => db.database.sql('truncate packet_row'));
  afterAll(() => db.close());

  const words = async (): Promise<string[]> =>
    (await db.database.sql<{ word: string }>('select word from packet_row order by id')).map(({ word }) => word);

  it('are answered in their order, each with its own rows', async () => {
    for (let round = 0; round < 3; round += 1)
      await db.database.transact(async (tx) => {
        tx.tell('insert into packet_row values ($1, $2)', [round, `told ${round}`]);
        const answers = await together(
          tx.sql('select word, id from packet_row where id = $1', [round]),
          tx.sql('select null::int as nothing, true as yes, $1::date as day, $2::timestamptz as at', [
            '2026-03-17',
            new Date(5),
          ]),
          tx.sql('select $1::bytea as bytes, $2::text[] as list, $3::jsonb as object, $4::int8 as big', [
            ...[Buffer.from([0, 255]), ['甲', 'b,"'], JSON.stringify({ a: [1] }), '9007199254740993'],
          ]),
          tx.sql('update packet_row set word = word where id = -1'),
          tx.sql('select 1 as one where false'),
        );
        expect(answers).toEqual([
          [{ word: `told ${round}`, id: round }],
          [{ nothing: null, yes: true, day: '2026-03-17', at: new Date(5) }],
          [{ bytes: Buffer.from([0, 255]), list: ['甲', 'b,"'], object: { a: [1] }, big: '9007199254740993' }],
          [],
          [],
        ]);
      });
    expect(await words()).toEqual(['told 0', 'told 1', 'told 2']);
  });

  it('fail with the error of the first that fails, and what stood behind it can be asked again', async () => {
    const behind = 'select count(*)::int as n from packet_row where word is not null';
    for (let round = 0; round < 2; round += 1) {
      const work = db.database.transact(async (tx) => {
        await tx.sql('insert into packet_row values (1, $1)', ['never']);
        tx.tell('insert into packet_row values (1, $1)', ['twice']);
        await tx.sql(behind);
      });
      await expect(work.catch((error: unknown) => sqlState(error))).resolves.toBe('23505');
      expect(await db.database.transact((tx) => tx.sql(behind))).toEqual([{ n: 0 }]);
    }
  });

  it('that are told and fail at the commit undo all of it', async () => {
    const work = db.database.transact((tx) => {
      tx.tell('insert into packet_row values (1, $1)', ['a']);
      tx.tell('insert into packet_row values (1, $1)', ['b']);
      return Promise.resolve();
    });
    await expect(work.catch((error: unknown) => sqlState(error))).resolves.toBe('23505');
    expect(await words()).toEqual([]);
  });

  it('are undone to a savepoint although they had not left', async () => {
    await db.database.transact(async (tx) => {
      tx.tell('insert into packet_row values (1, $1)', ['kept']);
      await tx.sql('savepoint here');
      tx.tell('insert into packet_row values (2, $1)', ['lost']);
      await tx.sql('rollback to savepoint here');
      await tx.sql('insert into packet_row values (3, $1)', ['after']);
    });
    expect(await words()).toEqual(['kept', 'after']);
  });

  it('that fail after a savepoint concern nobody once it is rolled back to', async () => {
    await db.database.transact(async (tx) => {
      await tx.sql('insert into packet_row values (1, $1)', ['kept']);
      await tx.sql('savepoint here');
      tx.tell('insert into packet_row values (1, $1)', ['twice']);
      await expect(tx.sql('select 1')).rejects.toThrow();
      await tx.sql('rollback to savepoint here');
    });
    expect(await words()).toEqual(['kept']);
  });

  it('keep their place beside those of the entity manager', async () => {
    await db.database.transact(async (tx) => {
      tx.tell('insert into packet_row values (1, $1)', ['before']);
      await tx.manager.query(`update packet_row set word = word || ' changed'`);
      tx.tell('insert into packet_row values (2, $1)', ['behind']);
      expect(await tx.manager.query('select count(*)::int as n from packet_row')).toEqual([{ n: 2 }]);
    });
    expect(await words()).toEqual(['before changed', 'behind']);
  });

  it('refuse what cannot be written without losing the connection', async () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    await expect(db.database.sql('select $1::jsonb', [circle])).rejects.toThrow(/circular/i);
    await expect(db.database.sql('select 1 / $1::int as n', [0])).rejects.toMatchObject({ code: '22012' });
    expect(await db.database.sql('select 1 / $1::int as n', [1])).toEqual([{ n: 1 }]);
  });
});

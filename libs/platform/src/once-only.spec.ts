import { Refusal } from '@linli/kernel';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { bodyHash, OnceOnly, type RequestKey } from './once-only';
import type { Tx } from './database';

const now = new Date('2026-03-10T02:00:00Z');

describe('a write sent again', () => {
  let db: TestDatabase;
  let once: OnceOnly;

  beforeAll(async () => {
    db = await testDatabase();
    once = new OnceOnly(db.database, db.cipher);
    await db.database.sql('create table ticket (id int primary key, taken int not null)');
  });
  beforeEach(async () => {
    await db.database.sql('truncate ticket');
    await db.database.sql('insert into ticket values (1, 0)');
  });
  afterAll(() => db.close());

  let serial = 0;
  const keyOf = (body: unknown = {}): RequestKey => ({
    scope: 'spec',
    key: `key-${(serial += 1)}`,
    bodyHash: bodyHash(body),
  });
  /** Takes the one ticket; refuses when it is taken. */
  const take = async (tx: Tx): Promise<{ taken: number }> => {
    const [row] = await tx.sql<{ taken: number }>('select taken from ticket where id = 1 for update');
    if (row?.taken !== 0) throw new Refusal('case.wrongState');
    await tx.sql('update ticket set taken = taken + 1 where id = 1');
    return { taken: 1 };
  };
  const taken = async (): Promise<number> =>
    (await db.database.sql<{ taken: number }>('select taken from ticket'))[0]?.taken ?? -1;

  it('has its effect once and its answer each time, at once and later', async () => {
    const key = keyOf();
    const send = (): Promise<{ taken: number }> => once.perform(key, now, take);
    expect(await Promise.all([send(), send(), send(), send()])).toEqual(Array(4).fill({ taken: 1 }));
    expect(await send()).toEqual({ taken: 1 });
    expect(await taken()).toBe(1);
  });

  it('undoes what the work wrote before it learned that the key is known', async () => {
    const key = keyOf();
    await once.perform(key, now, async () => Promise.resolve('first'));
    const again = once.perform(key, now, (tx) => {
      tx.tell('update ticket set taken = 7 where id = 1');
      return Promise.resolve('second');
    });
    expect(await again).toBe('first');
    expect(await taken()).toBe(0);
  });

  it('goes no further with work that waits for an answer', async () => {
    const key = keyOf();
    await once.perform(key, now, async () => Promise.resolve('first'));
    let went = false;
    await once.perform(key, now, async (tx) => {
      await tx.sql('select 1');
      went = true;
    });
    expect(went).toBe(false);
  });

  it('is refused under another body, and leaves its key free when it was refused itself', async () => {
    const key = keyOf({ a: 1 });
    await db.database.sql('update ticket set taken = 1');
    await expect(once.perform(key, now, take)).rejects.toMatchObject({ code: 'case.wrongState' });
    await db.database.sql('update ticket set taken = 0');
    expect(await once.perform(key, now, take)).toEqual({ taken: 1 });
    await expect(once.perform({ ...key, bodyHash: bodyHash({ a: 2 }) }, now, take)).rejects.toMatchObject({
      code: 'idempotency.mismatch',
    });
  });
});

describe('a statement told', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
    await db.database.sql('create table line (n int primary key)');
  });
  afterAll(() => db.close());

  it('is there after the commit, in its order', async () => {
    await db.database.transact(async (tx) => {
      tx.tell('insert into line values (1)');
      expect(await tx.sql('select n from line')).toEqual([{ n: 1 }]);
      tx.tell('delete from line where n = 1');
      tx.tell('insert into line values (2)');
    });
    expect(await db.database.sql('select n from line')).toEqual([{ n: 2 }]);
  });

  it.each(['the commit', 'a statement behind it'])('that fails undoes all with its own error, at %s', async (where) => {
    const work = db.database.transact(async (tx) => {
      await tx.sql('insert into line values (3)');
      tx.tell('insert into line values (2)');
      if (where !== 'the commit') await tx.sql('select 1');
    });
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect(await db.database.sql('select n from line')).toEqual([{ n: 2 }]);
  });

  it('is tried again with the rest after a deadlock', async () => {
    await db.database.sql('create table crossing (id int primary key, n int not null)');
    await db.database.sql('insert into crossing values (1, 0), (2, 0)');
    const touch = (first: number, second: number): Promise<void> =>
      db.database.transact(async (tx) => {
        await tx.sql('update crossing set n = n + 1 where id = $1', [first]);
        await tx.sql('select pg_sleep(0.2)');
        tx.tell('update crossing set n = n + 1 where id = $1', [second]);
      });
    await Promise.all([touch(1, 2), touch(2, 1)]);
    expect(await db.database.sql('select n from crossing order by id')).toEqual([{ n: 2 }, { n: 2 }]);
  });
});

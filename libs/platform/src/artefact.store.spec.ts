import { testDatabase, type TestDatabase } from '@linli/testing';
import { ArtefactStore } from './artefact.store';
import { Artefacts1780000116000 } from './artefacts.migration';

describe('ArtefactStore', () => {
  let db: TestDatabase;
  let store: ArtefactStore;

  beforeAll(async () => {
    db = await testDatabase({ rows: [], migrations: [Artefacts1780000116000] });
    store = new ArtefactStore(db.database, db.clock);
  });
  beforeEach(() => db.database.sql('truncate platform_artefact'));
  afterAll(() => db.close());

  it('gives back what was kept, under its purpose and key alone', async () => {
    const content = Buffer.from('学到的'.repeat(1000));
    await store.keep('routing', 'a', content);
    expect(await store.find('routing', 'a')).toEqual(content);
    expect(await store.find('routing', 'b')).toBeNull();
    expect(await store.find('other', 'a')).toBeNull();
    const [row] = await db.database.sql<{ size: number }>('select length(content) as size from platform_artefact');
    expect(row?.size).toBeLessThan(content.length / 10);
  });

  it('takes the same from two processes at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => store.keep('routing', 'a', Buffer.from('x'))));
    expect(await store.find('routing', 'a')).toEqual(Buffer.from('x'));
  });

  it('lets go of what was not used for longest', async () => {
    for (const key of ['a', 'b', 'c', 'd']) {
      await store.keep('routing', key, Buffer.from(key));
      db.clock.advance(1000);
    }
    await store.keep('other', 'z', Buffer.from('z'));
    await store.find('routing', 'a');
    db.clock.advance(1000);
    await store.keep('routing', 'e', Buffer.from('e'));
    const kept = await db.database.sql<{ key: string }>('select key from platform_artefact order by key');
    expect(kept.map(({ key }) => key)).toEqual(['a', 'c', 'd', 'e', 'z']);
  });
});

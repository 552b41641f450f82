import { Logger } from '@nestjs/common';
import type { CatalogueEntry } from '@linli/contracts';
import { ArtefactStore, Artefacts1780000116000 } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { RouterMaking } from './router-making';

const entries: CatalogueEntry[] = [
  ['allowance', '高龄津贴申领', ['我妈八十一了每个月能领多少', '老人满八十的钱去哪登记', '长寿钱咋领']],
  ['living', '最低生活保障申请', ['家里没收入怎么吃低保', '低保要什么材料', '揭不开锅了政府管不管']],
].map(([id, name, phrasings]) => ({
  ...{ id: id as string, kind: 'item', name: name as string, category: '试验', summary: '', version: 1 },
  ...{ versionId: id as string, department: { id: 'd', name: '区民政局' }, aliases: [], keywords: [] },
  phrasings: phrasings as string[],
}));
const texts = ['俺娘八十二了有啥钱领不', 'dibao zenme shenqing', '今天天气不错', '家里着火了', '揭不开锅'];

describe('RouterMaking', () => {
  let db: TestDatabase;
  let store: ArtefactStore;
  const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();

  beforeAll(async () => {
    db = await testDatabase({ rows: [], migrations: [Artefacts1780000116000] });
    store = new ArtefactStore(db.database, db.clock);
  });
  beforeEach(async () => {
    warned.mockClear();
    await db.database.sql('truncate platform_artefact');
  });
  afterAll(() => db.close());

  const keptKeys = async (): Promise<string[]> => {
    const rows = await db.database.sql<{ key: string }>('select key from platform_artefact order by key');
    return rows.map(({ key }) => key);
  };

  it('takes up what another process learned, and answers the same', async () => {
    const learned = await new RouterMaking(store).make(entries);
    expect(await keptKeys()).toHaveLength(1);
    const keep = jest.spyOn(store, 'keep');
    const known = await new RouterMaking(store).make(entries);
    expect(keep).not.toHaveBeenCalled();
    keep.mockRestore();
    for (const text of texts) expect(known.route(text)).toEqual(learned.route(text));
  });

  it('learns again when the words changed, and not for another version or category', async () => {
    const [first, second] = entries as [CatalogueEntry, CatalogueEntry];
    await new RouterMaking(store).make(entries);
    const before = await keptKeys();
    await new RouterMaking(store).make([{ ...first, version: 2, category: '另一类' }, second]);
    expect(await keptKeys()).toEqual(before);
    await new RouterMaking(store).make([{ ...first, phrasings: [...first.phrasings, '寿星补贴'] }, second]);
    expect(await keptKeys()).toHaveLength(2);
  });

  it('learns again when what was kept cannot be read', async () => {
    await new RouterMaking(store).make(entries);
    const [key = ''] = await keptKeys();
    await store.keep('routing.knowledge', key, Buffer.from('cut off'));
    const router = await new RouterMaking(store).make(entries);
    expect(router.route('低保要什么材料').candidates[0]?.id).toBe('living');
    await db.database.sql(`update platform_artefact set content = 'no deflate'`);
    const again = await new RouterMaking(store).make(entries);
    expect(again.route('低保要什么材料').candidates[0]?.id).toBe('living');
    expect(warned).toHaveBeenCalledTimes(2);
  });

  it('answers even when nothing can be kept', async () => {
    jest.spyOn(store, 'keep').mockRejectedValueOnce(new Error('disk full'));
    const router = await new RouterMaking(store).make(entries);
    expect(router.route('低保要什么材料').candidates[0]?.id).toBe('living');
  });
});

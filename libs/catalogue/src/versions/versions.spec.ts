import { createHash } from 'node:crypto';
import { newId, type LocalDate } from '@linli/kernel';
import { directoryRows, Directory1780000001000 } from '@linli/directory';
import { Database, dataSourceOptions, type Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { DataSource } from 'typeorm';
import { ImportRuns1780000114000 } from '../bulk/import-runs.migration';
import { Catalogue1780000002000 } from '../catalogue.migration';
import { catalogueRows } from '../catalogue.row';
import { CatalogueService } from '../catalogue.service';
import type { CatalogueFileEntry } from '../entry-file';
import { canonicalJson } from '../files/canonical-json';
import { CatalogueIntegrityStore } from './catalogue-integrity.store';
import { DraftReading } from './draft-reading.service';
import { DraftService } from './draft.service';
import { DraftStore } from './draft.store';
import type { DraftDetail } from './draft-view';
import { CatalogueHistory } from './history.service';
import { PublicationSweep } from './publication-sweep.service';
import type { Writer } from './reach';
import { content, guide } from './samples';
import { PublicLists1780000064500 } from './public-lists.migration';
import { CatalogueVersions1780000010000 } from './versions.migration';

const schema = {
  rows: [...directoryRows, ...catalogueRows],
  migrations: [
    Directory1780000001000,
    Catalogue1780000002000,
    CatalogueVersions1780000010000,
    PublicLists1780000064500,
    ImportRuns1780000114000,
  ],
};
let db: TestDatabase;
let other: DataSource;
let catalogue: CatalogueService;
let drafts: DraftService;
let reading: DraftReading;
let history: CatalogueHistory;
let sweep: PublicationSweep;
let second: PublicationSweep;

const officer = (role: string, departmentId: string | null = null): Writer => ({ id: newId(), role, departmentId });
const author = officer('department', 'civil');
const colleague = officer('department', 'civil');
const stranger = officer('department', 'urban');
const reviewer = officer('supervisor');
const power: CatalogueFileEntry['implementation'] = { codes: { scheme: 'local' }, type: 'licence', level: 'county' };
const now = new Date('2026-03-10T02:00:00Z');
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
const entry = (id: string, change: Partial<CatalogueFileEntry> = {}): CatalogueFileEntry => ({
  ...content,
  id,
  ...change,
});
const open = (words: CatalogueFileEntry, by = author): Promise<DraftDetail> =>
  transact((tx) => drafts.open(tx, by, { entry: words }, now));
const submit = (id: string): Promise<DraftDetail> => transact((tx) => drafts.submit(tx, author, { id }, now));
const approve = (id: string, by = reviewer): Promise<DraftDetail> =>
  transact((tx) => drafts.approve(tx, by, { id }, now));
const schedule = (id: string, at: Date | null = null): Promise<DraftDetail> =>
  transact((tx) => drafts.schedule(tx, author, { id }, at, now));
const imported = async (words: CatalogueFileEntry, departmentId = 'civil'): Promise<void> => {
  const text = canonicalJson(words);
  const hash = createHash('sha256').update(text).digest();
  await transact((tx) => catalogue.publish(tx, [{ id: words.id, departmentId, content: text, hash }]));
};
const ready = async (words: CatalogueFileEntry, at: Date | null = null): Promise<string> => {
  const { id } = await open(words);
  await submit(id);
  await approve(id);
  await schedule(id, at);
  return id;
};
const state = async (id: string): Promise<string> => (await reading.detail(reviewer, id)).state;
const revision = async (): Promise<number> => {
  await catalogue.refresh();
  return catalogue.current().revision;
};

beforeAll(async () => {
  db = await testDatabase(schema);
  await transact((tx) =>
    tx.sql(`insert into directory_department (id, name, level, phone)
            values ('civil', '区民政局', 'district', ''), ('urban', '区城市管理局', 'district', '')`),
  );
  other = await new DataSource(dataSourceOptions(db.url, schema, 4)).initialize();
  const store = new DraftStore(db.database);
  reading = new DraftReading(db.database, store);
  drafts = new DraftService(store, reading);
  history = new CatalogueHistory(db.database);
  catalogue = new CatalogueService(db.database, db.clock);
  sweep = new PublicationSweep(db.database, store);
  const apart = new Database(other);
  second = new PublicationSweep(apart, new DraftStore(apart));
});
afterAll(async () => {
  await other.destroy();
  await db.close();
});

describe('the way of a draft', () => {
  it('leads from its author over another’s review to the public at its instant', async () => {
    await imported(entry('way'));
    const { id, changes } = await transact((tx) => drafts.open(tx, author, { itemId: 'way' }, now));
    expect(changes).toEqual([]);
    await expect(submit(id)).rejects.toMatchObject({ code: 'catalogue.unchanged' });
    const words = entry('way', { guide: { ...guide, committedLimit: { days: 5, unit: 'workingDay' } } });
    const edited = await transact((tx) => drafts.edit(tx, author, { id, revision: 1 }, { entry: words }, now));
    expect(edited.reading).toMatchObject({ readability: expect.any(Number), sentences: expect.any(Number) });
    expect(edited.changes).toMatchObject([{ label: '承诺时限', before: '10个工作日', after: '5个工作日' }]);
    await submit(id);
    await expect(approve(id, author)).rejects.toMatchObject({ code: 'catalogue.ownDraft' });
    await expect(approve(id, stranger)).rejects.toMatchObject({ code: 'catalogue.draftNotFound' });
    await approve(id, colleague);
    await schedule(id, minutes(10));
    expect([await sweep.publishDue(minutes(9)), await state(id)]).toEqual([0, 'scheduled']);
    const before = await revision();
    expect(await sweep.publishDue(minutes(10))).toBe(1);
    expect([await state(id), await revision()]).toEqual(['published', before + 1]);
    expect(catalogue.entry('way')).toMatchObject({ version: 2, versionId: id, guide: { committedLimit: { days: 5 } } });
    const detail = await reading.detail(author, id);
    expect(detail.steps.map((step) => step.what)).toEqual(['open', 'edit', 'submit', 'approve', 'schedule', 'publish']);
    const trail = await db.database.sql<{ action: string }>(
      'select action from platform_audit where subject = $1 order by id',
      [`catalogueDraft:${id}`],
    );
    expect(trail).toHaveLength(5);
  });

  it('goes back with reasons, and is refused with every rule broken and every public field missing', async () => {
    const { id } = await open(
      entry('poor', { implementation: power, guide: { ...guide, complaintPhone: guide.enquiryPhone, basis: ['无'] } }),
    );
    await submit(id);
    await expect(approve(id)).rejects.toMatchObject({
      code: 'catalogue.notPublishable',
      errors: [{ at: 'guide.basis' }, { at: 'guide.complaintPhone' }],
    });
    await transact((tx) => drafts.sendBack(tx, reviewer, { id }, ['请写明依据'], now));
    expect(await reading.detail(author, id)).toMatchObject({ state: 'sentBack', reasons: ['请写明依据'] });
    await transact((tx) => drafts.withdraw(tx, author, { id }, '不办了', now));
    expect(await state(id)).toBe('withdrawn');
  });

  it('refuses broken words, other departments’ entries and a change of id', async () => {
    await expect(open({ ...entry('bad'), summary: '' })).rejects.toMatchObject({ code: 'catalogue.invalid' });
    await expect(open(entry('foreign'), stranger)).rejects.toMatchObject({ errors: [{ at: 'department' }] });
    await imported(entry('urbans', { department: '区城市管理局' }), 'urban');
    await expect(open(entry('urbans'))).rejects.toMatchObject({ code: 'item.notFound' });
    const { id } = await open(entry('renamed'));
    const rename = transact((tx) => drafts.edit(tx, author, { id }, { entry: entry('other') }, now));
    await expect(rename).rejects.toMatchObject({ errors: [{ at: 'id' }] });
  });
});

describe('at once', () => {
  it('two drafts of one entry become one, two edits of one revision become one', async () => {
    const opened = await Promise.allSettled([open(entry('race')), open(entry('race'))]);
    expect(opened.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const [{ id } = { id: '' }] = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const write = (summary: string): Promise<DraftDetail> =>
      transact((tx) => drafts.edit(tx, author, { id, revision: 1 }, { entry: entry('race', { summary }) }, now));
    const edits = await Promise.allSettled([write('甲'), write('乙')]);
    const reasons = edits.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    expect(reasons).toEqual(['catalogue.draftChanged']);
  });

  it('several sweeps publish each due draft once and raise the revision once a batch', async () => {
    const due = minutes(60);
    for (let n = 0; n < 6; n += 1) await ready(entry(`sweep-${n}`), due);
    const before = await revision();
    const counts = await Promise.all([sweep, second, sweep, second].map((one) => one.publishDue(due)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6);
    expect(await revision()).toBe(before + 1);
    const events = await db.database.sql(
      `select 1 from platform_outbox where type = 'catalogue.published'
      and (payload ->> 'revision')::int = $1`,
      [before + 1],
    );
    expect(events).toHaveLength(1);
  });

  it('an import in between sends a scheduled draft back instead of being undone by it', async () => {
    await imported(entry('between'));
    const id = await ready(entry('between', { summary: '草稿' }), minutes(5));
    await imported(entry('between', { summary: '导入' }));
    expect([await sweep.publishDue(minutes(100)), await state(id)]).toEqual([0, 'sentBack']);
    await catalogue.refresh();
    expect(catalogue.entry('between')?.summary).toBe('导入');
    const words = { entry: entry('between', { summary: '草稿' }) };
    await transact((tx) => drafts.edit(tx, author, { id }, words, now));
    await expect(submit(id)).rejects.toMatchObject({ code: 'catalogue.baseOutdated' });
    await transact((tx) => drafts.edit(tx, author, { id }, { ...words, baseVersion: 2 }, now));
    expect(await submit(id)).toMatchObject({ state: 'submitted', baseVersion: 2 });
  });
});

describe('the database itself', () => {
  it.each([
    [
      'a review by the author',
      `update catalogue_draft set state = 'reviewed', reviewed_at = now(), reviewer_id = author_id`,
    ],
    ['a review without a reviewer', `update catalogue_draft set state = 'reviewed', reviewed_at = now()`],
    ['a schedule without a time', `update catalogue_draft set state = 'scheduled'`],
    ['words sent back without reasons', `update catalogue_draft set state = 'sentBack'`],
    ['a changed history', `update catalogue_draft_step set officer_id = null`],
  ])('refuses %s', async (_what, sql) => {
    const { id } = await open(entry(`checked-${newId()}`));
    const key = sql.includes('_step') ? 'draft_id' : 'id';
    await expect(db.database.sql(`${sql} where ${key} = $1`, [id])).rejects.toBeDefined();
  });
});

describe('a check of live data', () => {
  it('finds what was to be published and was not', async () => {
    const check = new CatalogueIntegrityStore(db.database);
    const late = await ready(entry('late'), minutes(60));
    expect(await check.problems(minutes(65))).toEqual([]);
    expect(await check.problems(minutes(66))).toEqual([
      '1 drafts whose time to be published passed more than 5 minutes ago: late (2026-03-10 11:00)',
    ]);
    await sweep.publishDue(minutes(66));
    expect([await state(late), await check.problems(minutes(66))]).toEqual(['published', []]);
    await db.database.sql(`update catalogue_version set version = 3 where entry_id = 'late'`);
    expect((await check.problems(minutes(66))).sort()).toEqual([
      '1 drafts that count as published and are no version: late',
      '1 entries with a gap between their versions: late',
    ]);
    await db.database.sql(`update catalogue_version set version = 1 where entry_id = 'late'`);
  });
});

describe('what the public sees', () => {
  it('of a list’s adjustments, page by page: added, changed, moved, withdrawn', async () => {
    const publish = async (minute: number, words: CatalogueFileEntry): Promise<void> => {
      db.clock.set(minutes(minute));
      await imported(words);
    };
    await publish(200, entry('moving', { implementation: power }));
    await publish(201, entry('moving', { implementation: power, guide: { ...guide, fee: '10元' } }));
    await publish(202, entry('moving'));
    db.clock.set(minutes(203));
    await transact((tx) => drafts.withdrawPublished(tx, author, 'moving', '文件已废止', minutes(203)));
    await publish(204, entry('moving', { implementation: power }));
    const all = async (list: 'powers' | 'services', limit: number): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor: string | null = null; ;) {
        const page = await history.adjustments(list, null, limit, cursor);
        found.push(
          ...page.items
            .filter((one) => one.item.id === 'moving')
            .map((one) => [one.what, one.version, ...one.fields, one.reason ?? ''].join(' ').trim()),
        );
        if ((cursor = page.nextCursor) === null) return found;
      }
    };
    for (const limit of [1, 2, 50]) {
      expect(await all('powers', limit)).toEqual(['added 4', 'withdrawn 2', 'changed 2 收费', 'added 1']);
      expect(await all('services', limit)).toEqual(['withdrawn 3 文件已废止', 'added 3']);
    }
    const versions = await history.versions('moving', 3, null);
    expect(versions.items.map((one) => [one.version, one.state])).toEqual([
      [4, 'published'],
      [3, 'withdrawn'],
      [2, 'replaced'],
    ]);
    expect(versions.nextCursor).toBe('2');
    await expect(history.diff('moving', 1, 9)).rejects.toMatchObject({ code: 'catalogue.versionNotFound' });
    await expect(history.versions('never', 3, null)).rejects.toMatchObject({ code: 'item.notFound' });
  });

  it('of a list as it stood when a day ended, and of what was adjusted until then', async () => {
    // Days of Asia/Shanghai: 2026-04-01 ends at 16:00 UTC.
    const at = (time: string): void => db.clock.set(new Date(`2026-04-${time}Z`));
    at('01T15:59:59');
    await imported(entry('dated', { implementation: power }));
    at('01T16:00:00');
    await imported(entry('dated', { implementation: power, summary: '第二版' }));
    await imported(entry('dated-too', { implementation: power }));
    const untold = entry('dated-bare', { implementation: power });
    delete untold.guide;
    await imported(untold);
    at('03T02:00:00');
    await transact((tx) => drafts.withdrawPublished(tx, author, 'dated', '废止', db.clock.now()));
    const stood = async (on: string): Promise<string[]> => {
      const list = await history.listOn('responsibilities', on as LocalDate, null, null);
      return list.items.filter(({ id }) => id.startsWith('dated')).map(({ id, version }) => `${id} ${version}`);
    };
    expect(await stood('2026-03-31')).toEqual([]);
    expect(await stood('2026-04-01')).toEqual(['dated 1']);
    expect(await stood('2026-04-02')).toEqual(['dated 2', 'dated-too 1']);
    expect(await stood('2026-04-03')).toEqual(['dated-too 1']);
    const first = await history.listOn('powers', '2026-04-02' as LocalDate, 1, 'date');
    expect([first.items.map(({ id }) => id), first.nextCursor]).toEqual([['dated'], 'dated']);
    const next = await history.listOn('powers', '2026-04-02' as LocalDate, 1, 'dated');
    expect(next.items.map(({ id }) => id)).toEqual(['dated-too']);
    const adjusted = async (on: string): Promise<string[]> =>
      (await history.adjustments('powers', on as LocalDate, 2, null)).items.map(
        ({ what, item }) => `${what} ${item.id}`,
      );
    expect(await adjusted('2026-04-01')).toEqual(['added dated', expect.anything()]);
    expect((await adjusted('2026-04-02')).sort()).toEqual(['added dated-too', 'changed dated']);
    expect((await adjusted('2026-04-03'))[0]).toBe('withdrawn dated');
    const { since, pending } = await history.standingOn('powers', '2026-04-01' as LocalDate);
    expect([since?.toISOString(), pending]).toEqual(['2026-04-01T15:59:59.000Z', 0]);
    expect((await history.standingOn('powers', '2026-04-03' as LocalDate)).pending).toBe(1);
  });
});

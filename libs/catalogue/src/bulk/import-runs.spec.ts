import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import {
  CatalogueImport1780000013000,
  Directory1780000001000,
  directoryRows,
  DirectoryService,
} from '@linli/directory';
import { newId } from '@linli/kernel';
import { Database, dataSourceOptions, type Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { Catalogue1780000002000 } from '../catalogue.migration';
import { catalogueRows } from '../catalogue.row';
import { DraftImport, type DraftImportReport } from '../draft-import.service';
import { DraftReading } from '../versions/draft-reading.service';
import { DraftService } from '../versions/draft.service';
import { DraftStore } from '../versions/draft.store';
import { PublicationSweep } from '../versions/publication-sweep.service';
import { PublicLists1780000064500 } from '../versions/public-lists.migration';
import type { Writer } from '../versions/reach';
import { content, guide } from '../versions/samples';
import { CatalogueVersions1780000010000 } from '../versions/versions.migration';
import { BulkReviewService, type BulkOrdered } from './bulk-review.service';
import { BulkReviewStore, type BulkReview } from './bulk-review.store';
import { ImportRuns } from './import-run.service';
import { ImportRunStore } from './import-run.store';
import { ImportRuns1780000114000 } from './import-runs.migration';

const folder = mkdtempSync(join(tmpdir(), 'linli-import-runs-'));
const schema = {
  rows: [...directoryRows, ...catalogueRows],
  migrations: [
    Directory1780000001000,
    CatalogueImport1780000013000,
    Catalogue1780000002000,
    CatalogueVersions1780000010000,
    PublicLists1780000064500,
    ImportRuns1780000114000,
  ],
};
const officer = (role: string, departmentId: string | null = null): Writer => ({ id: newId(), role, departmentId });
const importer = officer('supervisor');
const reviewer = officer('supervisor');
const colleague = officer('department', 'civil');
const entry = (id: string, change: object = {}): object => ({ ...content, id, ...change });
/** Equal phones break a rule a file is refused for; words an officer edits later are not. */
const poorGuide = { ...guide, complaintPhone: guide.enquiryPhone };

let db: TestDatabase;
let other: DataSource;
let drafts: DraftService;
let imports: DraftImport;
let runs: ImportRuns;
let bulk: BulkReviewService;
let second: BulkReviewService;
let sweep: PublicationSweep;

const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
const take = async (rows: readonly object[]): Promise<string> => {
  const path = join(folder, `${newId()}.json`);
  writeFileSync(path, JSON.stringify(rows));
  const options = { dryRun: false, skipBad: false, importer: 'operator:test', officer: importer };
  const report: DraftImportReport = await imports.importFile(path, options);
  expect(report.bad).toEqual([]);
  return report.runId ?? '';
};
const many = (count: number): object[] => Array.from({ length: count }, (_, n) => entry(`many-${n}`));
const order = (importId: string, more: Partial<BulkOrdered> = {}, by = reviewer): Promise<BulkReview> => {
  const ordered = { importId, decision: 'approve', draftIds: null, reasons: [], publishFrom: null } as const;
  return transact((tx) => bulk.order(tx, by, { ...ordered, seenAt: db.clock.now(), ...more }, db.clock.now()));
};
const finished = async (importId: string, more: Partial<BulkOrdered> = {}, by = reviewer): Promise<BulkReview> => {
  const { id } = await order(importId, more, by);
  await bulk.carryOut(id);
  return bulk.review(by, importId, id);
};
const ids = async (importId: string, by = reviewer): Promise<string[]> =>
  (await runs.draftsOf(by, { importId, state: 'submitted' }, 100, null)).items.map(({ id }) => id);

beforeEach(async () => {
  db = await testDatabase(schema);
  await transact((tx) =>
    tx.sql(`insert into directory_department (id, name, level, phone)
            values ('civil', '区民政局', 'district', ''), ('urban', '区城市管理局', 'district', '')`),
  );
  const stores = [
    new DraftStore(db.database),
    new ImportRunStore(db.database),
    new BulkReviewStore(db.database),
  ] as const;
  const [draftStore, runStore, reviewStore] = stores;
  imports = new DraftImport(db.database, new DirectoryService(db.database), draftStore, runStore, db.clock);
  drafts = new DraftService(draftStore, new DraftReading(db.database, draftStore));
  runs = new ImportRuns(db.database, runStore, reviewStore, draftStore, db.clock);
  bulk = new BulkReviewService(db.database, ...stores, db.clock);
  other = await new DataSource(dataSourceOptions(db.url, schema, 4)).initialize();
  const apart = new Database(other);
  second = new BulkReviewService(apart, ...stores, db.clock);
  sweep = new PublicationSweep(db.database, draftStore);
});
afterEach(async () => {
  await other.destroy();
  await db.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an import of drafts', () => {
  it('is listed with how its drafts stand, what the rules find and what they change', async () => {
    const first = await take([entry('a'), entry('b')]);
    await finished(first, { publishFrom: db.clock.now() });
    expect(await sweep.publishDue(db.clock.now())).toBe(2);
    const id = await take([entry('a', { summary: '新的一句。' }), entry('c', { department: '区城市管理局' })]);
    const { items } = await runs.list(reviewer, 1, null);
    expect(items).toMatchObject([
      {
        id,
        drafts: 2,
        officerId: importer.id,
        importer: 'operator:test',
        states: { submitted: 2 },
        isReviewable: true,
      },
    ]);
    const page = await runs.draftsOf(reviewer, { importId: id, state: 'submitted' }, 10, null);
    expect(page.items).toMatchObject([
      { itemId: 'a', publishedVersion: 1, isPublishable: true, changes: [{ label: '说明', after: '新的一句。' }] },
      { itemId: 'c', publishedVersion: null, changes: [], findings: expect.any(Array) },
    ]);
    expect(await runs.list(importer, 10, null)).toMatchObject({ items: [{ isReviewable: false }, { id: first }] });
    expect(await runs.run(colleague, id)).toMatchObject({ drafts: 2, states: { submitted: 1 } });
    await expect(runs.run(officer('department', 'health'), id)).rejects.toMatchObject({
      code: 'catalogue.importNotFound',
    });
    expect(await take([entry('a', { summary: '新的一句。' })])).toBe('');
  });

  it('goes page by page', async () => {
    const id = await take(many(5));
    const seen: string[] = [];
    for (let cursor: string | null = null; ;) {
      const page = await runs.draftsOf(reviewer, { importId: id, state: 'submitted' }, 2, cursor);
      seen.push(...page.items.map(({ itemId }) => itemId));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(seen.sort()).toEqual(['many-0', 'many-1', 'many-2', 'many-3', 'many-4']);
    await expect(runs.list(reviewer, 5, 'x')).rejects.toMatchObject({ code: 'request.cursorInvalid' });
  });
});

describe('reviewed at once', () => {
  it('is approved by another than whose file it was, which the table itself demands', async () => {
    const id = await take(many(3));
    await expect(order(id, {}, importer)).rejects.toMatchObject({ code: 'catalogue.ownDraft' });
    await expect(
      db.database.sql(
        `insert into catalogue_bulk_review (id, import_id, importer_id, officer_id, decision, reasons, draft_ids, seen_at,
           ordered_at, finished_at) values ($1, $2, $3, $3, 'approve', '{}', '{}', now(), now(), now())`,
        [newId(), id, importer.id],
      ),
    ).rejects.toThrow('four_eyes');
    const stranger = newId();
    const forged = [newId(), id, stranger, importer.id];
    await expect(
      db.database.sql(
        `insert into catalogue_bulk_review (id, import_id, importer_id, officer_id, decision, reasons, draft_ids, seen_at,
           ordered_at, finished_at) values ($1, $2, $3, $4, 'approve', '{}', '{}', now(), now(), now())`,
        forged,
      ),
    ).rejects.toThrow('foreign key');
    expect(await finished(id)).toMatchObject({ total: 3, done: 3, failed: 0, finishedAt: expect.any(Date) });
    expect((await runs.run(reviewer, id)).states).toEqual({ reviewed: 3 });
    const trail = await db.database.sql<{ action: string; count: number }>(
      `select action, count(*)::int as count from platform_audit where actor_id = $1 group by 1 order by 1`,
      [reviewer.id],
    );
    expect(trail).toEqual([
      { action: 'catalogueDraft.approve', count: 3 },
      { action: 'catalogueImport.review', count: 1 },
    ]);
  });

  it('loses none for another’s fault, and tells each fault', async () => {
    const id = await take(many(4));
    const [first, changed, mine, gone] = await ids(id);
    const by = (who: Writer, draftId: string, words: object): Promise<unknown> =>
      transact(async (tx) => {
        await drafts.sendBack(tx, officer('admin'), { id: draftId }, ['改'], db.clock.now());
        const { revision } = await drafts.edit(tx, who, { id: draftId, revision: 3 }, { entry: words }, db.clock.now());
        await drafts.submit(tx, who, { id: draftId, revision }, db.clock.now());
      });
    await by(colleague, first!, entry('many-0', { guide: poorGuide }));
    await by(reviewer, mine!, entry('many-2', { summary: '我写的。' }));
    await transact((tx) => drafts.withdraw(tx, importer, { id: gone! }, '不要了', db.clock.now()));
    const seenAt = db.clock.now();
    db.clock.advance(1000);
    await by(colleague, changed!, entry('many-1', { summary: '后来改的。' }));
    const stranger = newId();
    const all = [first!, changed!, mine!, gone!, stranger];
    const review = await finished(id, { draftIds: [...all, first!], seenAt });
    expect(review).toMatchObject({ total: 5, done: 0, failed: 5 });
    const { items } = await bulk.failures(reviewer, { importId: id, id: review.id }, 10, null);
    const codes = Object.fromEntries(items.map(({ draftId, code, name }) => [draftId, [code, name !== null]]));
    expect(codes).toEqual({
      [first!]: ['catalogue.notPublishable', true],
      [changed!]: ['catalogue.draftChanged', true],
      [mine!]: ['catalogue.ownDraft', true],
      [gone!]: ['catalogue.wrongState', true],
      [stranger]: ['catalogue.draftNotFound', false],
    });
    expect(items[0]?.problems).toMatchObject([{ at: 'guide.complaintPhone' }]);
    const page = await bulk.failures(reviewer, { importId: id, id: review.id }, 2, null);
    expect(page.nextCursor).toBe(page.items[1]?.draftId);
  });

  it('again changes nothing, whether all or chosen', async () => {
    const id = await take(many(3));
    const chosen = await ids(id);
    expect(await finished(id, { draftIds: chosen.slice(0, 2), publishFrom: db.clock.now() })).toMatchObject({
      done: 2,
    });
    const again = { draftIds: chosen.slice(0, 2), publishFrom: db.clock.now() };
    expect(await finished(id, again)).toMatchObject({ done: 0, unchanged: 2, failed: 0 });
    expect(await finished(id)).toMatchObject({ total: 1, done: 1 });
    expect(await finished(id)).toMatchObject({ total: 0, finishedAt: expect.any(Date) });
    // What was only approved is published by the second order.
    expect(await finished(id, { publishFrom: db.clock.now() })).toMatchObject({ total: 1, done: 1 });
    expect(await sweep.publishDue(db.clock.now())).toBe(3);
  });

  it('is sent back with a reason, which is demanded', async () => {
    const id = await take(many(2));
    await expect(order(id, { decision: 'sendBack' })).rejects.toMatchObject({ code: 'catalogue.reasonMissing' });
    expect(await finished(id, { decision: 'sendBack', reasons: ['时限不对'] })).toMatchObject({ done: 2 });
    const rows = await db.database.sql('select state, reasons, content from catalogue_draft order by entry_id');
    expect(rows).toMatchObject([
      { state: 'sentBack', reasons: ['时限不对'], content: { id: 'many-0' } },
      { state: 'sentBack', content: { id: 'many-1', guide: {} } },
    ]);
  });

  it('reaches no further than the officer', async () => {
    const id = await take([entry('a'), entry('b', { department: '区城市管理局' })]);
    const all = await ids(id);
    expect(await ids(id, colleague)).toHaveLength(1);
    expect(await finished(id, {}, colleague)).toMatchObject({ total: 1, done: 1 });
    const review = await finished(id, { draftIds: all }, colleague);
    expect(review).toMatchObject({ total: 2, unchanged: 1, failed: 1 });
    const { items } = await bulk.failures(colleague, { importId: id, id: review.id }, 10, null);
    expect(items).toMatchObject([{ code: 'catalogue.draftNotFound', name: null, itemId: null }]);
    await expect(bulk.review(reviewer, newId(), review.id)).rejects.toMatchObject({ code: 'catalogue.reviewNotFound' });
  });

  it('is carried out once however many processes are at it, and one order at a time', async () => {
    const id = await take(many(450));
    await order(id);
    await expect(order(id)).rejects.toMatchObject({ code: 'catalogue.reviewRunning' });
    for (let left = 450; left > 0;)
      left -= (await Promise.all([bulk.carryOut(), second.carryOut()])).reduce((a, b) => a + b);
    expect(await runs.run(reviewer, id)).toMatchObject({
      states: { reviewed: 450 },
      review: { total: 450, done: 450, failed: 0 },
    });
    const [steps] = await db.database.sql<{ count: number }>(
      `select count(*)::int as count from catalogue_draft_step where what = 'approve'`,
    );
    expect(steps?.count).toBe(450);
    const both = await Promise.allSettled([order(id), order(id)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'fulfilled']);
  });

  it('waits for nobody who reviews one of them at the same moment', async () => {
    const id = await take(many(20));
    const [one] = await ids(id);
    await order(id);
    const single = transact((tx) => drafts.approve(tx, colleague, { id: one! }, db.clock.now()));
    await Promise.allSettled([single, second.carryOut()]);
    expect((await runs.run(reviewer, id)).states).toEqual({ reviewed: 20 });
  });
});

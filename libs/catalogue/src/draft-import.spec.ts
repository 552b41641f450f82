import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CatalogueImport1780000013000,
  Directory1780000001000,
  directoryRows,
  DirectoryService,
} from '@linli/directory';
import { newId } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { ImportRunStore } from './bulk/import-run.store';
import { ImportRuns1780000114000 } from './bulk/import-runs.migration';
import { Catalogue1780000002000 } from './catalogue.migration';
import { catalogueRows } from './catalogue.row';
import { CatalogueService } from './catalogue.service';
import { DraftImport, type DraftImportOptions } from './draft-import.service';
import type { ImportReport } from './import.service';
import { DraftReading } from './versions/draft-reading.service';
import { DraftService } from './versions/draft.service';
import { DraftStore } from './versions/draft.store';
import { PublicationSweep } from './versions/publication-sweep.service';
import { PublicLists1780000064500 } from './versions/public-lists.migration';
import type { Writer } from './versions/reach';
import { content, guide } from './versions/samples';
import { CatalogueVersions1780000010000 } from './versions/versions.migration';

const folder = mkdtempSync(join(tmpdir(), 'linli-draft-import-'));
const officer = (role: string, departmentId: string | null = null): Writer => ({ id: newId(), role, departmentId });
const author = officer('supervisor');
const reviewer = officer('department', 'civil');
const now = new Date('2026-03-10T02:00:00Z');
const implementation = { codes: { scheme: 'local', localTask: 'T-1' }, type: 'licence', level: 'county' };
const entry = (id: string, change: object = {}): object => ({ ...content, id, ...change });

let db: TestDatabase;
let imports: DraftImport;
let drafts: DraftService;
let reading: DraftReading;
let catalogue: CatalogueService;
let sweep: PublicationSweep;

const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
const take = (rows: readonly object[], more: Partial<DraftImportOptions> = {}): Promise<ImportReport> => {
  const path = join(folder, `${newId()}.json`);
  writeFileSync(path, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`);
  return imports.importFile(path, {
    dryRun: false,
    skipBad: false,
    importer: 'operator:test',
    officer: author,
    ...more,
  });
};
const states = async (): Promise<Record<string, string>> => {
  const rows = await db.database.sql<{ entry_id: string; state: string }>(
    'select entry_id, state from catalogue_draft order by 1',
  );
  return Object.fromEntries(rows.map(({ entry_id, state }) => [entry_id, state]));
};

beforeEach(async () => {
  db = await testDatabase({
    rows: [...directoryRows, ...catalogueRows],
    migrations: [
      Directory1780000001000,
      CatalogueImport1780000013000,
      Catalogue1780000002000,
      CatalogueVersions1780000010000,
      PublicLists1780000064500,
      ImportRuns1780000114000,
    ],
  });
  await transact((tx) =>
    tx.sql(`insert into directory_department (id, name, level, phone)
            values ('civil', '区民政局', 'district', ''), ('urban', '区城市管理局', 'district', '')`),
  );
  const store = new DraftStore(db.database);
  imports = new DraftImport(
    db.database,
    new DirectoryService(db.database),
    store,
    new ImportRunStore(db.database),
    db.clock,
  );
  reading = new DraftReading(db.database, store);
  drafts = new DraftService(store, reading);
  catalogue = new CatalogueService(db.database, db.clock);
  sweep = new PublicationSweep(db.database, store);
});
afterEach(() => db.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file taken as drafts', () => {
  it('is public only after another officer has reviewed it', async () => {
    expect(await take([entry('a'), entry('b')])).toMatchObject({ total: 2, added: 2, bad: [], skipped: 0 });
    expect(await states()).toEqual({ a: 'submitted', b: 'submitted' });
    await catalogue.refresh();
    expect(catalogue.current().entries).toEqual([]);
    const { items } = await reading.list(reviewer, 'submitted', 10, null);
    const id = items[0]!.id;
    await expect(transact((tx) => drafts.approve(tx, author, { id }, now))).rejects.toMatchObject({
      code: 'catalogue.ownDraft',
    });
    await transact((tx) => drafts.approve(tx, reviewer, { id }, now));
    await transact((tx) => drafts.schedule(tx, reviewer, { id }, null, now));
    expect(await sweep.publishDue(now)).toBe(1);
    expect((await reading.detail(reviewer, id)).steps.map((step) => step.what)).toEqual([
      'open',
      'submit',
      'approve',
      'schedule',
      'publish',
    ]);
    const [trail] = await db.database.sql(
      `select actor_id, detail from platform_audit where action = 'catalogueDraft.import'`,
    );
    expect(trail).toMatchObject({
      actor_id: 'operator:test',
      detail: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), added: 2 },
    });
  });

  it('changes nothing when it comes again, nor on a dry run', async () => {
    const rows = [entry('a'), entry('b')];
    expect(await take(rows, { dryRun: true })).toMatchObject({ added: 2 });
    expect(await states()).toEqual({});
    await take(rows);
    expect(await take(rows)).toMatchObject({ added: 0, changed: 0, unchanged: 2, bad: [] });
    await take([entry('a'), entry('b', { summary: '新的一句。' })], { skipBad: true });
    const steps = await db.database.sql<{ count: number }>('select count(*)::int as count from catalogue_draft_step');
    expect(steps).toEqual([{ count: 4 }]);
  });

  it('leaves what does not tell the six public fields to its author, whom its reviewer would refuse', async () => {
    const rows = [
      entry('poor', { implementation, guide: { ...guide, materials: [] } }),
      entry('bare', { implementation: { ...implementation, codes: { scheme: 'local' } }, guide: undefined }),
    ];
    const report = await take(rows);
    expect(report).toMatchObject({ added: 2, bad: [] });
    expect(report.findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'six.materials', severity: 'warning', at: 'line 2 (poor), guide.materials' }),
      ]),
    );
    expect(await states()).toEqual({ bare: 'draft', poor: 'draft' });
  });

  it('is refused whole where words of others are on their way, or belong to others', async () => {
    await take([entry('a')]);
    const other = entry('a', { summary: '别的话。' });
    expect(await take([entry('c'), other])).toMatchObject({
      added: 0,
      bad: [{ at: 'line 3 (a), id', problem: expect.stringContaining('has a draft') }],
    });
    expect(await take([entry('c')], { officer: officer('department', 'urban') })).toMatchObject({
      bad: [{ at: 'line 2 (c), department' }],
    });
    expect(await take([entry('c'), other], { skipBad: true })).toMatchObject({ added: 1, skipped: 1 });
    expect(await states()).toEqual({ a: 'submitted', c: 'submitted' });
  });

  it('stands upon what is published, and passes over what equals it', async () => {
    await take([entry('a'), entry('b')]);
    for (const { id } of (await reading.list(reviewer, 'submitted', 10, null)).items) {
      await transact((tx) => drafts.approve(tx, reviewer, { id }, now));
      await transact((tx) => drafts.schedule(tx, reviewer, { id }, null, now));
    }
    await sweep.publishDue(now);
    expect(await take([entry('a'), entry('b', { summary: '新的一句。' })])).toMatchObject({ changed: 1, unchanged: 1 });
    const [draft] = (await reading.list(reviewer, 'submitted', 10, null)).items;
    expect(draft).toMatchObject({ itemId: 'b', baseVersion: 1 });
  });

  it('coming twice at once makes one draft of each entry', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => entry(`many-${n}`));
    const both = await Promise.allSettled([take(rows), take(rows)]);
    const refused = both.filter((one) => one.status === 'rejected').map((one) => (one.reason as { code: string }).code);
    expect(refused.every((code) => code === 'catalogue.draftOpen')).toBe(true);
    expect(Object.keys(await states())).toHaveLength(30);
  });
});

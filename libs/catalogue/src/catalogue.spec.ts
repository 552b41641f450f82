import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CatalogueImport1780000013000,
  DirectoryService,
  directoryRows,
  Directory1780000001000,
  Population1780000060310,
} from '@linli/directory';
import { projectRoot } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { Catalogue1780000002000 } from './catalogue.migration';
import { PublicLists1780000064500 } from './versions/public-lists.migration';
import { CatalogueVersions1780000010000 } from './versions/versions.migration';
import { catalogueRows } from './catalogue.row';
import { CatalogueService } from './catalogue.service';
import { ImportService } from './import.service';
import { readEntry } from './entry-file';
import { JsonArrayCutter, type JsonElement, type JsonFault } from './json-lines';

const guide = {
  basis: ['试验办法第一条'],
  audience: '本区居民',
  conditions: ['年满八十周岁'],
  materials: [{ id: 'id-card', name: '身份证', required: true, issuedBy: '公安机关', deferrable: false }],
  steps: ['申请', '受理', '办结'],
  statutoryLimit: { days: 20, unit: 'workingDay' },
  committedLimit: { days: 10, unit: 'workingDay' },
  handling: 'committed',
  fee: '不收费',
  place: '街道党群服务中心',
  hours: '工作日 9:00-17:00',
  enquiryPhone: '0990-5550001',
  complaintPhone: '0990-5550002',
  result: '按月发放',
  online: true,
  applicant: ['name', 'phone'],
  form: [],
};
const entry = {
  id: 'trial-item',
  kind: 'item',
  name: '试验事项',
  department: '区民政局',
  category: '试验',
  aliases: [],
  summary: '只为试验而设。',
  keywords: ['试验'],
  guide,
};
const departments = new Set(['区民政局']);
const places = (json: unknown): string[] => {
  const { problems, findings } = readEntry(json, departments);
  return [...problems, ...findings.filter(({ severity }) => severity === 'error')].map(({ at }) => at);
};

describe('a row of a catalogue file', () => {
  it('is taken when whole', () => expect(places(entry)).toEqual([]));

  it.each<[string, unknown, string]>([
    ['no object', 7, 'row'],
    ['an unknown department', { ...entry, department: '区不存在局' }, 'department'],
    [
      'a promise longer than the law',
      { ...entry, guide: { ...guide, committedLimit: { days: 21, unit: 'workingDay' } } },
      'guide.committedLimit',
    ],
    [
      'one phone for enquiry and complaint',
      { ...entry, guide: { ...guide, complaintPhone: guide.enquiryPhone } },
      'guide.complaintPhone',
    ],
    [
      'a catch-all material',
      { ...entry, guide: { ...guide, materials: [{ ...guide.materials[0], name: '其他有关材料' }] } },
      'guide.materials',
    ],
    [
      'a choice without choices',
      {
        ...entry,
        guide: { ...guide, form: [{ id: 'a', label: '甲', ask: '哪个？', type: 'choice', required: true }] },
      },
      'guide.form[0].choices',
    ],
    ['an unknown column', { ...entry, colour: 'red' }, 'colour'],
    ['no basis', { ...entry, guide: { ...guide, basis: [] } }, 'guide.basis'],
    [
      'a fractional limit',
      { ...entry, guide: { ...guide, statutoryLimit: { days: 1.5, unit: 'workingDay' } } },
      'guide.statutoryLimit.days',
    ],
  ])('is refused with %s', (_what, json, at) => expect(places(json)).toContain(at));
});

describe('a JSON array cut into elements', () => {
  const cut = (text: string, size = text.length): (JsonElement | JsonFault | null)[] => {
    const cutter = new JsonArrayCutter();
    const elements: JsonElement[] = [];
    for (let at = 0; at < text.length; at += size) elements.push(...cutter.push(text.slice(at, at + size)));
    return [...elements, cutter.end()];
  };
  const text = '[\n {"a": "]},\\"{["},\n\n {"b": [1,\n 2]}, 3,\n "x"]\n';

  it('finds each with its line, brackets and quotes in strings notwithstanding, wherever the text is cut', () => {
    for (const size of [1, 2, 3, 7, text.length])
      expect(cut(text, size)).toEqual([
        { line: 2, text: '{"a": "]},\\"{["}' },
        { line: 4, text: '{"b": [1,\n 2]}' },
        { line: 5, text: '3' },
        { line: 6, text: '"x"' },
        null,
      ]);
    expect(cut('\uFEFF[]')).toEqual([null]);
  });

  it.each<[string, number, RegExp]>([
    ['', 1, /empty/],
    ['{}', 1, /array/],
    ['[1,\n,2]', 2, /comma/],
    ['[\n{"a": "b}\n]', 3, /line 2 is never closed/],
    ['[1,', 1, /never closed/],
    ['[1]\n[2]', 2, /after the end/],
    ['[{"a":1}}]', 1, /closes what none opened/],
  ])('%j is told at line %d', (broken, line, problem) =>
    expect(cut(broken).at(-1)).toEqual({ line, problem: expect.stringMatching(problem) }),
  );
});

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  let catalogue: CatalogueService;
  let imports: ImportService;
  const run = { dryRun: false, skipBad: false, importer: 'test' };

  beforeAll(async () => {
    db = await testDatabase({
      rows: [...directoryRows, ...catalogueRows],
      migrations: [
        Directory1780000001000,
        CatalogueImport1780000013000,
        Population1780000060310,
        Catalogue1780000002000,
        CatalogueVersions1780000010000,
        PublicLists1780000064500,
      ],
    });
    const directory = new DirectoryService(db.database);
    const demo: unknown = JSON.parse(readFileSync(join(projectRoot(), 'config/demo/directory.json'), 'utf8'));
    await db.database.transact((tx) => directory.save(tx, directory.read(demo)));
    catalogue = new CatalogueService(db.database, db.clock);
    imports = new ImportService(db.database, directory, catalogue);
  });
  afterAll(() => db.close());

  it('imports nothing when one row is bad, and names every bad row by its line', async () => {
    const text = JSON.stringify([entry, { ...entry, id: 'b', summary: '' }, { ...entry, id: 'trial-item' }], null, 1);
    const report = await imports.import(text, run);
    expect(report).toMatchObject({ total: 3, added: 0 });
    expect(report.bad.map((bad) => bad.at)).toEqual([
      expect.stringMatching(/^line \d+ \(b\), summary$/),
      expect.stringMatching(/^line \d+ \(trial-item\), id$/),
    ]);
    expect(await catalogue.refresh()).toBe(true);
    expect(catalogue.current().entries).toEqual([]);
  });

  it('skips bad rows only when asked, changes nothing on a dry run or a second import', async () => {
    const text = JSON.stringify([entry, { ...entry, id: 'b', summary: '' }]);
    expect(await imports.import(text, { ...run, dryRun: true, skipBad: true })).toMatchObject({ added: 1, skipped: 1 });
    expect(await catalogue.refresh()).toBe(false);
    expect(await imports.import(text, { ...run, skipBad: true })).toMatchObject({ added: 1, skipped: 1 });
    expect(await catalogue.refresh()).toBe(true);
    expect(await imports.import(text, { ...run, skipBad: true })).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 1,
    });
    expect(await catalogue.refresh()).toBe(false);
  });

  it('publishes a changed row as the next version and keeps the one before', async () => {
    const before = catalogue.entry('trial-item');
    await imports.import(JSON.stringify([{ ...entry, summary: '改过了。' }]), run);
    await catalogue.refresh();
    const after = catalogue.entry('trial-item');
    expect(after).toMatchObject({ version: 2, summary: '改过了。' });
    expect(await catalogue.version(before!.versionId)).toMatchObject({ version: 1, summary: entry.summary });
  });

  it('refuses what is no JSON array with a sentence', async () => {
    await expect(imports.import('{', run)).rejects.toMatchObject({ code: 'catalogue.invalid' });
    await expect(imports.import('{}', run)).rejects.toMatchObject({ code: 'catalogue.invalid' });
  });

  it('lets two imports at once publish one version each, in turn', async () => {
    const versions = ['甲', '乙'].map((summary) => JSON.stringify([{ ...entry, summary }]));
    await Promise.all(versions.map((text) => imports.import(text, run)));
    await catalogue.refresh();
    expect(catalogue.entry('trial-item')?.version).toBe(4);
  });

  it('takes the whole demo catalogue', async () => {
    const folder = join(projectRoot(), 'config/demo/catalogue');
    for (const name of readdirSync(folder)) {
      const report = await imports.import(readFileSync(join(folder, name), 'utf8'), run);
      expect({ name, bad: report.bad }).toEqual({ name, bad: [] });
    }
    await catalogue.refresh();
    expect(catalogue.entry('elder-allowance')?.guide).toBeDefined();
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeExcelFile from 'write-excel-file/node';
import { Refusal } from '@linli/kernel';
import { RowCheck } from '../row-check';
import { joinList, splitList } from './cells';
import { openCatalogueFile } from './catalogue-file.service';
import { columns } from './columns';
import { headerProblems } from './record';

const folder = mkdtempSync(join(tmpdir(), 'linli-bad-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a file to its end and tells what was said: good ids, then each problem with its place. */
async function told(name: string, content?: string): Promise<string[]> {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  try {
    const file = await openCatalogueFile(path);
    const check = new RowCheck({ departments: new Set(['区民政局']), translate: null, six: 'refused' });
    const known = new Set(columns.map((column) => column.name));
    const isHeader = (names: readonly string[]): boolean => names.filter((one) => known.has(one)).length > 1;
    const said: string[] = [...file.notes];
    for await (const row of file.rows({ isHeader, checkHeader: headerProblems }, () => undefined)) {
      const { entry, problems } = check.check(row);
      if (entry) said.push(`${entry.id}: ${entry.summary}`);
      said.push(...problems.map(({ at, problem }) => `${at}: ${problem}`));
    }
    return said;
  } catch (error) {
    if (error instanceof Refusal) return error.errors.map(({ at, problem }) => `refused, ${at}: ${problem}`);
    throw error;
  }
}

const header = 'id,kind,name,department,category,summary';
const line = 'a,item,甲,区民政局,试验,一句话';
const csv = `${header}\n${line}\n`;

describe('catalogue files', () => {
  const missing = ['kind', 'name', 'department', 'category', 'aliases', 'summary', 'keywords'];

  it.each<[string, string, string, (string | RegExp)[]]>([
    ['a table', 'a.csv', csv, ['a: 一句话']],
    [
      'too few cells',
      'a.csv',
      `${csv}b,item,乙\n`,
      ['a: 一句话', /line 3 \(b\), row: has 3 cells, the header 6/, /line 3/, /line 3/, /line 3/],
    ],
    ['an id twice', 'a.csv', `${csv}${line}\n`, ['a: 一句话', /line 3 \(a\), id: "a" stands already on line 2/]],
    ['no header', 'a.csv', '一,二\n三,四\n', [/refused, header: has no header/]],
    [
      'unknown and doubled columns',
      'a.csv',
      `${header},id,颜色\n`,
      [/column 7: "id" stands there twice/, /column 8: "颜色" is no column/],
    ],
    ['a missing column', 'a.csv', 'id,kind,name\n', [/"department" is missing/, /"category"/, /"summary"/]],
    ['a quote never closed', 'a.csv', `${csv}b,"乙\n`, [/refused, line 3: .*never closed/]],
    ['JSON named txt', 'a.txt', '[7]', [/line 1, row: must be one JSON object/]],
    [
      'JSON with a broken entry',
      'a.json',
      '[{"id":"a"},\n{"id":}]',
      [...missing.map((at) => new RegExp(`line 1 \\(a\\), ${at}`)), /line 2, row: is not JSON/],
    ],
    ['JSON cut off', 'a.json', '[{"id":"a"', [/refused, line 1: .*never closed/]],
  ])('%s', async (_what, name, content, said) => {
    const found = await told(name, content);
    expect(found).toHaveLength(said.length);
    said.forEach((one, index) =>
      typeof one === 'string' ? expect(found[index]).toBe(one) : expect(found[index]).toMatch(one),
    );
  });

  it('that do not exist are told so', async () => {
    expect(await told('none.csv')).toEqual([expect.stringMatching(/refused, file: ".*none.csv" does not exist/)]);
  });
});

describe('cells of a spreadsheet', () => {
  const names = [...header.split(','), 'implementation.effectiveOn', 'implementation.type'];
  const of = async (value: string | number | Date): Promise<string> => {
    const date = value instanceof Date ? { value, type: Date, format: 'yyyy"年"m"月"d"日"' } : { value };
    const rows = [names.map((name) => ({ value: name })), [...line.split(',').map((text) => ({ value: text })), date]];
    await writeExcelFile(rows as never).toFile(join(folder, 'a.xlsx'));
    return (await told('a.xlsx')).join();
  };

  // Without its other fields the row is bad; the date must not be among what is wrong.
  it.each<string | number | Date>([
    '2026-01-05',
    '2026/1/5',
    '2026年1月5日',
    '20260105',
    46027,
    new Date('2026-01-05T00:00:00Z'),
  ])('hold a date as %s', async (value) => expect(await of(value)).not.toContain('effectiveOn'));

  it('hold what is no date', async () =>
    expect(await of('2026年2月30日')).toContain('effectiveOn: "2026年2月30日" is no date'));

  it('hold no number that was rounded', async () => {
    const rows = [names.slice(0, 6), [...line.split(',').slice(0, 5), 123456789012345678]];
    await writeExcelFile(rows.map((row) => row.map((value) => ({ value }))) as never).toFile(join(folder, 'b.xlsx'));
    expect(await told('b.xlsx')).toEqual([expect.stringMatching(/summary: is a number of more than 15 digits/)]);
  });

  it.each([[['a', 'b']], [['a|b', 'c\\d']], [['[]']], [['[a', '\\[']], [['\\|', '\\']]])(
    'give lists back: %j',
    (list) => expect(splitList(joinList(list))).toEqual(list),
  );
});

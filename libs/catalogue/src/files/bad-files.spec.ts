import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { Refusal } from '@linli/kernel';
import { RowCheck } from '../row-check';
import { joinList, splitList } from './cells';
import { openCatalogueFile } from './catalogue-file.service';
import { columns } from './columns';
import { guarded, unguarded } from './formula-text';
import { headerProblems } from './record';

const folder = mkdtempSync(join(tmpdir(), 'linli-bad-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a file to its end and tells what was said: good ids, then each problem with its place. */
async function told(name: string, content: Buffer | string): Promise<string[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  try {
    const file = await openCatalogueFile(path);
    const check = new RowCheck({ departments: new Set(['区民政局']), translate: null });
    const known = new Set(columns.map((column) => column.name));
    const said: string[] = [...file.notes];
    for await (const row of file.rows({ known, checkHeader: headerProblems }, () => undefined)) {
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

interface Part {
  readonly name: string;
  readonly data: Buffer | string;
  /** What the archive claims instead of the truth. */
  readonly claims?: number;
  /** Whether the directory leaves it out. */
  readonly isHidden?: boolean;
}

function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claims, isHidden } of parts) {
    const raw = Buffer.from(data);
    const packed = deflateRawSync(raw, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? raw.length, 18);
    common.writeUInt16LE(name.length, 22);
    const central = Buffer.concat([Buffer.from('504b01021400', 'hex'), common, Buffer.alloc(14)]);
    central.writeUInt32LE(offset, 42);
    if (!isHidden) directory.push(Buffer.concat([central.subarray(0, 46), Buffer.from(name)]));
    const body = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), packed]);
    bodies.push(body);
    offset += body.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const book: readonly Part[] = [
  {
    name: 'xl/workbook.xml',
    data: '<workbook xmlns:r="r"><sheets><sheet name="h" sheetId="1" state="hidden" r:id="r9"/><sheet name="a" sheetId="2" r:id="r1"/></sheets></workbook>',
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    data: '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
  },
  {
    name: 'xl/styles.xml',
    data: '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>',
  },
];
const cell = (at: string, text: string): string => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: number, cells: readonly string[], more = ''): string =>
  `<row r="${number}">${cells.map((text, index) => cell(`${'ABCDEFGH'.charAt(index)}${number}`, text)).join('')}${more}</row>`;
const sheet = (rows: string, more = ''): Part => ({
  name: 'xl/worksheets/sheet1.xml',
  data: `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData>${more}</worksheet>`,
});
const head = row(2, header.split(','));
const good = row(3, line.split(','));

describe('text files', () => {
  const csv = `${header}\n${line}\n`;

  it.each<[string, string, Buffer | string, (string | RegExp)[]]>([
    ['UTF-8', 'a.csv', csv, ['a: 一句话']],
    ['UTF-8 with its mark', 'a.csv', `\uFEFF${csv}`, ['a: 一句话']],
    ['UTF-16', 'a.csv', Buffer.from(`\uFEFF${csv}`, 'utf16le'), [/UTF-16LE/, 'a: 一句话']],
    ['UTF-16, the other order', 'a.csv', Buffer.from(`\uFEFF${csv}`, 'utf16le').swap16(), [/UTF-16BE/, 'a: 一句话']],
    [
      'GB 18030',
      'a.csv',
      Buffer.concat([
        Buffer.from(`${header}\na,item,`),
        // 甲 区民政局 试验 一句话
        Buffer.from('bcd7', 'hex'),
        Buffer.from(','),
        Buffer.from('c7f8c3f1d5feb7d6', 'hex').subarray(0, 6),
        Buffer.from('bed6', 'hex'),
        Buffer.from(','),
        Buffer.from('cad4d1e9', 'hex'),
        Buffer.from(','),
        Buffer.from('d2bbbee4bbb0', 'hex'),
      ]),
      [/GB18030/, 'a: 一句话'],
    ],
    ['no text', 'a.csv', Buffer.from('ff81ff80ffff', 'hex'), [/refused, file: is no text/]],
    ['nothing', 'a.csv', '', [/refused, file: is empty/]],
    ['tabs', 'a.csv', csv.replaceAll(',', '\t'), ['a: 一句话']],
    ['a title above the header', 'a.csv', `某区目录,,,,,\n\n${csv}`, ['a: 一句话']],
    ['padding', 'a.csv', `${header}\n${line},,\n,,,,,,\n`, ['a: 一句话']],
    ['a quote never closed', 'a.csv', `${header}\n${line}\nb,item,"乙,区民政局\n`, [/refused, line 3: .*never closed/]],
    [
      'a text after its quote',
      'a.csv',
      `${header}\na,item,"甲"x,区民政局,试验,一`,
      [/refused, line 2: .*double the quotes/],
    ],
    [
      'too few cells',
      'a.csv',
      `${header}\n${line}\nb,item,乙\n`,
      ['a: 一句话', /line 3 .*row: has 3 cells, the header 6/, /line 3/, /line 3/, /line 3/],
    ],
    ['too many cells', 'a.csv', `${header}\n${line},x\n`, [/line 2 \(a\), row: has 7 cells, the header 6/]],
    [
      'a line break in a text',
      'a.csv',
      `${header}\na,item,甲,区民政局,试验,"一\n二"\na,item,甲,区民政局,试验,三\n`,
      ['a: 一\n二', /line 4 \(a\), id: "a" stands already on line 2/],
    ],
    ['no header', 'a.csv', '一,二\n三,四\n', [/refused, header: has no header/]],
    [
      'unknown and doubled columns',
      'a.csv',
      `${header},id,颜色\n`,
      [/column 7: "id" stands there twice/, /column 8: "颜色" is no column/],
    ],
    ['a missing column', 'a.csv', 'id,kind,name\n', [/"department" is missing/, /"category"/, /"summary"/]],
    ['a formula kept from running', 'a.csv', `${header}\n${line.replace('一句话', "'=1+1")}\n`, ['a: =1+1']],
    ['JSON named csv', 'a.txt', '[7]', [/line 1, row: must be one JSON object/]],
    [
      'JSON with a broken entry',
      'a.json',
      '[{"id":"a"},\n{"id":}]',
      [
        /line 1 \(a\)/,
        /line 1 \(a\)/,
        /line 1 \(a\)/,
        /line 1 \(a\)/,
        /line 1 \(a\)/,
        /line 1 \(a\)/,
        /line 1 \(a\)/,
        /line 2, row: is not JSON/,
      ],
    ],
    ['JSON cut off', 'a.json', '[{"id":"a"', [/refused, line 1: .*never closed/]],
  ])('%s', async (_what, name, content, said) => {
    const found = await told(name, content);
    expect(found).toHaveLength(said.length);
    said.forEach((one, index) =>
      typeof one === 'string' ? expect(found[index]).toBe(one) : expect(found[index]).toMatch(one),
    );
  });

  it('of 200 MB are refused by their size, before they are read', async () => {
    const path = join(folder, 'large.csv');
    writeFileSync(path, csv);
    truncateSync(path, 200 * 1024 * 1024);
    await expect(openCatalogueFile(path)).rejects.toMatchObject({ code: 'file.tooLarge' });
  });

  it('that do not exist are told so', async () => {
    await expect(openCatalogueFile(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'catalogue.invalid' });
  });
});

describe('spreadsheets', () => {
  const bomb = Buffer.alloc(20 * 1024 * 1024);
  const many = Array.from({ length: 10 }, (_, n) => ({ name: `x${n}`, data: Buffer.alloc(30 * 1024 * 1024, 'ab') }));

  it.each<[string, string, Buffer, (string | RegExp)[]]>([
    ['in order, with a title', 'a.xlsx', zip([...book, sheet(row(1, ['某区目录']) + head + good)]), ['a: 一句话']],
    [
      'with marks of all kinds',
      'a.xlsx',
      zip([...book, sheet(head + good.replace('一句话', '&lt;一&#x53E5;&amp;<![CDATA[<话>]]>'))]),
      ['a: <一句&<话>'],
    ],
    [
      'a title that is merged',
      'a.xlsx',
      zip([...book, sheet(head + good, '<mergeCells><mergeCell ref="A1:F1"/></mergeCells>')]),
      ['a: 一句话'],
    ],
    [
      'merged rows',
      'a.xlsx',
      zip([...book, sheet(head + good, '<mergeCells><mergeCell ref="A3:A4"/></mergeCells>')]),
      ['a: 一句话', /row 3, cells A3:A4: are merged/],
    ],
    [
      'a formula',
      'a.xlsx',
      zip([...book, sheet(head + good.replace(/<c r="F3".*?<\/c>/, '<c r="F3"><f>1+1</f><v>2</v></c>'))]),
      [/row 3 \(a\), summary \(cell F3\): holds a formula/],
    ],
    [
      'an error',
      'a.xlsx',
      zip([...book, sheet(head + good.replace(/<c r="F3".*?<\/c>/, '<c r="F3" t="e"><v>#REF!</v></c>'))]),
      [/cell F3\): holds the error #REF!/],
    ],
    [
      'a number of 18 digits',
      'a.xlsx',
      zip([...book, sheet(head + good.replace(/<c r="F3".*?<\/c>/, '<c r="F3"><v>123456789012345678</v></c>'))]),
      [/summary: is a number of more than 15 digits/],
    ],
    [
      'a cell beyond the header',
      'a.xlsx',
      zip([...book, sheet(head + row(3, [...line.split(','), 'x']))]),
      [/\(cell G3\): stands beyond/],
    ],
    [
      'macros',
      'a.xlsx',
      zip([...book, sheet(head), { name: 'xl/vbaProject.bin', data: 'x' }]),
      [/refused, file: contains macros/],
    ],
    ['macros by name', 'a.xlsm', zip([...book, sheet(head)]), [/refused, file: may contain macros/]],
    [
      'a bomb by its ratio',
      'a.xlsx',
      zip([...book, sheet(head), { name: 'xl/media/x', data: bomb }]),
      [/refused, file: unpacks its part xl\/media\/x to \d+ times/],
    ],
    [
      'a bomb that claims to be small',
      'a.xlsx',
      zip([...book, sheet(head), { name: 'x', data: bomb, claims: 100 }]),
      [/refused, file: its part x is not as large as it claims/],
    ],
    [
      'a bomb beside the directory',
      'a.xlsx',
      zip([...book, { name: 'x', data: bomb, isHidden: true }, sheet(head)]),
      [/refused, file: holds parts its directory does not name/],
    ],
    [
      '300 MB in all',
      'a.xlsx',
      zip([...book, ...many.map((one) => ({ ...one, claims: 29 * 1024 * 1024 }))]),
      [/refused, file: unpacks to more than 256 MB/],
    ],
    [
      'a document type',
      'a.xlsx',
      zip([...book, { ...sheet(''), data: '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' }]),
      [/refused, file: is a damaged spreadsheet \(it declares/],
    ],
    [
      'a zip of something else',
      'a.xlsx',
      zip([{ name: 'a.txt', data: 'a' }]),
      [/refused, file: is a zip archive, but no spreadsheet/],
    ],
    ['cut off', 'a.xlsx', zip([...book, sheet(head)]).subarray(0, 300), [/refused, file: is a damaged spreadsheet/]],
    ['text named xlsx', 'a.xlsx', Buffer.from(header), [/refused, file: is named .xlsx/]],
    ['an old or protected one', 'a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), [/refused, file: is an old .xls/]],
  ])('%s', async (_what, name, content, said) => {
    const found = await told(name, content);
    expect(found).toHaveLength(said.length);
    said.forEach((one, index) =>
      typeof one === 'string' ? expect(found[index]).toBe(one) : expect(found[index]).toMatch(one),
    );
  });

  it('tell dates by their cells', async () => {
    const names = [...header.split(','), 'implementation.effectiveOn', 'implementation.type'];
    const date = (cells: string): string => row(3, line.split(','), cells);
    const of = async (cells: string): Promise<string[]> =>
      told('a.xlsx', zip([...book, sheet(row(2, names) + date(cells))]));
    // Without its other fields the row is bad; the date must not be among what is wrong.
    expect((await of('<c r="G3" s="1"><v>46027</v></c>')).join()).not.toContain('effectiveOn');
    expect((await of('<c r="G3"><v>46027</v></c>')).join()).not.toContain('effectiveOn');
    expect((await of(cell('G3', '2026年2月30日'))).join()).toContain('effectiveOn: "2026年2月30日" is no date');
  });
});

describe('cells', () => {
  it.each([[['a', 'b']], [['a|b', 'c\\d']], [['[]']], [['[a', '\\[']], [['\\|', '\\']]])(
    'lists come back: %j',
    (list) => expect(splitList(joinList(list))).toEqual(list),
  );

  it.each(['=1', "'=1", "''+", '-', '@x', '＝1', 'a=1', "'a", ''])('texts come back from a CSV file: %j', (text) => {
    expect(unguarded(guarded(text))).toBe(text);
    expect(guarded(text)).not.toMatch(/^[=+\-@＝]/);
  });
});

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { guarded, unguarded } from './formula-text';
import { readTable } from './read-table';
import { TableUnreadable, type TableShape } from './table';
import { openTable } from './table-file';
import { decodeText } from './table-text';

const folder = mkdtempSync(join(tmpdir(), 'linli-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shape: TableShape = {
  isHeader: (names) => names.includes('id'),
  checkHeader: (names) => (names.includes('b') ? [] : [{ at: 'header', problem: 'lacks b' }]),
  noHeader: 'has no header',
};

/** Reads a file to its end and tells what was said: the last cell of good rows, then each problem with its place. */
async function told(name: string, content: Buffer | string): Promise<string[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  try {
    const file = await openTable(path);
    if (file.format === 'json') return ['json'];
    const said: string[] = [...file.notes];
    for await (const { place, record, problems } of file.lines(shape, () => undefined)) {
      if (problems.length === 0) said.push(`${String(record?.get('id'))}: ${String(record?.get('b'))}`);
      said.push(...problems.map(({ at, problem }) => `${place}, ${at}: ${problem}`));
    }
    return said;
  } catch (error) {
    if (error instanceof TableUnreadable) return error.problems.map(({ at, problem }) => `refused, ${at}: ${problem}`);
    throw error;
  }
}

async function expectTold(name: string, content: Buffer | string, said: readonly (string | RegExp)[]): Promise<void> {
  const found = await told(name, content);
  expect(found).toHaveLength(said.length);
  said.forEach((one, index) =>
    typeof one === 'string' ? expect(found[index]).toBe(one) : expect(found[index]).toMatch(one),
  );
}

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
const head = row(2, ['id', 'a', 'b']);
const good = row(3, ['x', '甲', '一句话']);
const withCell = (xml: string): Buffer => zip([...book, sheet(head + good.replace(/<c r="C3".*?<\/c>/, xml))]);
const merging = (range: string): Buffer =>
  zip([...book, sheet(head + good, `<mergeCells><mergeCell ref="${range}"/></mergeCells>`)]);

describe('text files', () => {
  const csv = 'id,a,b\nx,甲,一句话\n';
  // x,甲,一句话 in GB 18030.
  const gb = Buffer.concat([Buffer.from('id,a,b\nx,'), Buffer.from('bcd72cd2bbbee4bbb00a', 'hex')]);

  it.each<[string, string, Buffer | string, (string | RegExp)[]]>([
    ['UTF-8', 'a.csv', csv, ['x: 一句话']],
    ['UTF-8 with its mark', 'a.csv', `\uFEFF${csv}`, ['x: 一句话']],
    ['UTF-16', 'a.csv', Buffer.from(`\uFEFF${csv}`, 'utf16le'), [/UTF-16LE/, 'x: 一句话']],
    ['UTF-16, the other order', 'a.csv', Buffer.from(`\uFEFF${csv}`, 'utf16le').swap16(), [/UTF-16BE/, 'x: 一句话']],
    ['GB 18030', 'a.csv', gb, [/GB18030/, 'x: 一句话']],
    ['no text', 'a.csv', Buffer.from('ff81ff80ffff', 'hex'), [/refused, file: is no text/]],
    ['nothing', 'a.csv', '', [/refused, file: is empty/]],
    ['tabs', 'a.csv', csv.replaceAll(',', '\t'), ['x: 一句话']],
    ['semicolons', 'a.csv', csv.replaceAll(',', ';'), ['x: 一句话']],
    ['a title above the header', 'a.csv', `某区目录,,\n\n${csv}`, ['x: 一句话']],
    ['padding', 'a.csv', `${csv.trim()},,\n,,,,,,\n`, ['x: 一句话']],
    ['a quote never closed', 'a.csv', `${csv}y,"乙,三\n`, [/refused, line 3: .*never closed/]],
    ['a text after its quote', 'a.csv', 'id,a,b\nx,"甲"y,一', [/refused, line 2: .*double the quotes/]],
    ['too few cells', 'a.csv', `${csv}y,乙\n`, ['x: 一句话', /line 3, row: has 2 cells, the header 3/]],
    ['too many cells', 'a.csv', 'id,a,b\nx,甲,一,z\n', [/line 2, row: has 4 cells, the header 3/]],
    ['a line break in a text', 'a.csv', 'id,a,b\nx,甲,"一\n二"\ny,乙\n', ['x: 一\n二', /line 4, row/]],
    ['no header', 'a.csv', '一,二\n三,四\n', ['refused, header: has no header']],
    ['a wrong header', 'a.csv', 'id,a\nx,y\n', ['refused, header: lacks b']],
    ['a formula kept from running', 'a.csv', "id,a,b\nx,甲,'=1+1\n", ['x: =1+1']],
    ['JSON by its name', 'a.json', '[7]', ['json']],
    ['JSON without its name', 'a.txt', ' [7]', ['json']],
  ])('%s', (_what, name, content, said) => expectTold(name, content, said));

  it('of 200 MB are refused by their size, before they are read', async () => {
    const path = join(folder, 'large.csv');
    writeFileSync(path, csv);
    truncateSync(path, 200 * 1024 * 1024);
    await expect(openTable(path)).rejects.toThrow('has 200 MB; 150 MB are the most: split it');
  });

  it('that do not exist are told so', async () => {
    await expect(openTable(join(folder, 'none.csv'))).rejects.toThrow(/none.csv" does not exist/);
  });

  it('at hand are decoded alike', () => {
    expect(decodeText(gb)).toBe(csv);
    expect(decodeText(Buffer.from(`\uFEFF${csv}`))).toBe(csv);
    expect(() => decodeText(Buffer.from('ff81ff80ffff', 'hex'))).toThrow(TableUnreadable);
  });

  it.each(['=1', "'=1", "''+", '-', '@x', '＝1', 'a=1', "'a", ''])('keep %j from running, and give it back', (text) => {
    expect(unguarded(guarded(text))).toBe(text);
    expect(guarded(text)).not.toMatch(/^[=+\-@＝]/);
  });
});

describe('spreadsheets', () => {
  const bomb = Buffer.alloc(20 * 1024 * 1024);
  const many = Array.from({ length: 10 }, (_, n) => ({ name: `x${n}`, data: Buffer.alloc(30 * 1024 * 1024, 'ab') }));
  const marks = '&lt;一&#x53E5;&amp;<![CDATA[<话>]]>';
  const locked = zip([...book, sheet(head)]);
  // The flag of a password stands in each entry of the directory.
  for (let at = locked.indexOf('504b0102', 0, 'hex'); at >= 0; at = locked.indexOf('504b0102', at + 4, 'hex'))
    locked.writeUInt16LE(1, at + 8);

  it.each<[string, string, Buffer, (string | RegExp)[]]>([
    ['in order, with a title', 'a.xlsx', zip([...book, sheet(row(1, ['目录']) + head + good)]), ['x: 一句话']],
    [
      'marks of all kinds',
      'a.xlsx',
      withCell(`<c r="C3" t="inlineStr"><is><t>${marks}</t></is></c>`),
      ['x: <一句&<话>'],
    ],
    ['a title that is merged', 'a.xlsx', merging('A1:F1'), ['x: 一句话']],
    ['merged rows', 'a.xlsx', merging('A3:A4'), ['x: 一句话', /row 3, cells A3:A4: are merged/]],
    ['a formula', 'a.xlsx', withCell('<c r="C3"><f>1+1</f><v>2</v></c>'), [/row 3, b \(cell C3\): holds a formula/]],
    ['an error', 'a.xlsx', withCell('<c r="C3" t="e"><v>#REF!</v></c>'), [/cell C3\): holds the error #REF!/]],
    [
      'beyond the header',
      'a.xlsx',
      zip([...book, sheet(head + row(3, ['x', '', '一', 'z']))]),
      [/\(cell D3\): stands beyond/],
    ],
    ['macros', 'a.xlsx', zip([...book, sheet(head), { name: 'xl/vbaProject.bin', data: 'x' }]), [/contains macros/]],
    ['macros by name', 'a.xlsm', zip([...book, sheet(head)]), [/refused, file: may contain macros/]],
    ['a password', 'a.xlsx', locked, [/refused, file: is encrypted: save it without a password/]],
    [
      'a bomb by its ratio',
      'a.xlsx',
      zip([...book, sheet(head), { name: 'xl/media/x', data: bomb }]),
      [/to \d+ times/],
    ],
    [
      'a bomb that claims to be small',
      'a.xlsx',
      zip([...book, { name: 'x', data: bomb, claims: 100 }]),
      [/part x is not as large/],
    ],
    [
      'a bomb beside the directory',
      'a.xlsx',
      zip([...book, { name: 'x', data: bomb, isHidden: true }, sheet(head)]),
      [/holds parts its directory does not name/],
    ],
    [
      '300 MB in all',
      'a.xlsx',
      zip([...book, ...many.map((one) => ({ ...one, claims: 29 * 1024 * 1024 }))]),
      [/unpacks to more than 256 MB/],
    ],
    [
      'a document type',
      'a.xlsx',
      zip([...book, { ...sheet(''), data: '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' }]),
      [/is a damaged spreadsheet \(it declares/],
    ],
    [
      'a zip of something else',
      'a.xlsx',
      zip([{ name: 'a.txt', data: 'a' }]),
      [/is a zip archive, but no spreadsheet/],
    ],
    ['cut off', 'a.xlsx', zip([...book, sheet(head)]).subarray(0, 300), [/refused, file: is a damaged spreadsheet/]],
    ['text named xlsx', 'a.xlsx', Buffer.from('id,b'), [/refused, file: is named .xlsx/]],
    ['an old or protected one', 'a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), [/refused, file: is an old .xls/]],
    ['no header', 'a.xlsx', zip([...book, sheet(good)]), ['refused, header: has no header']],
  ])('%s', (_what, name, content, said) => expectTold(name, content, said));

  it('give Chinese characters whole wherever their pieces meet', async () => {
    const texts = Array.from({ length: 3_000 }, (_, n) => `${'字'.repeat(n % 7)}补贴申请一次办好第${n}号`);
    const rows = texts.map((text, n) => row(n + 3, [`i${n}`, '', text])).join('');
    const { rows: read } = await readTable(zip([...book, sheet(head + rows)]));
    expect(read.map(({ cells }) => cells['b'])).toEqual(texts);
  });
});

describe('a table read whole', () => {
  it('has lines counted as people see them, and texts without stray spaces', async () => {
    const table = await readTable(Buffer.from('\uFEFFid,name\n\na," 快,递\n站"\nb,\n'));
    expect(table.columns).toEqual(['id', 'name']);
    expect(table.rows).toEqual([
      { line: 3, cells: { id: 'a', name: '快,递\n站' } },
      { line: 5, cells: { id: 'b' } },
    ]);
  });

  it('of a sheet shows what its reader sees: dates as days, numbers as texts', async () => {
    const date = '<c r="C3" s="1"><v>46082</v></c>';
    const { rows } = await readTable(withCell(date));
    expect(rows).toEqual([{ line: 3, cells: { id: 'x', a: '甲', b: '2026-03-01' } }]);
    expect((await readTable(withCell('<c r="C3"><v>30.5</v></c>'))).rows[0]?.cells['b']).toBe('30.5');
  });

  it.each<[string, Buffer, RegExp]>([
    ['an empty file', Buffer.from(''), /is empty/],
    ['only blank rows', Buffer.from('\n,,\n'), /header: holds no rows/],
    ['a column named twice', Buffer.from('a,a\n1,2\n'), /"a" stands there twice/],
    ['an open quote', Buffer.from('a,b\n"1,2\n'), /line 2: a quote is opened and never closed/],
    ['bytes of no text', Buffer.from([0x61, 0xff, 0xff, 0xff, 0x0a]), /is no text/],
    ['JSON', Buffer.from('[{"a":1}]'), /is JSON where a table belongs/],
    ['a torn workbook', Buffer.from('PK\u0003\u0004torn'), /is a damaged spreadsheet/],
    ['a formula', withCell('<c r="C3"><f>1+1</f><v>2</v></c>'), /row 3, b \(cell C3\): holds a formula/],
    ['merged cells', merging('A3:A4'), /row 3, cells A3:A4: are merged/],
  ])('is refused in words: %s', async (_, bytes, words) => {
    await expect(readTable(bytes)).rejects.toThrow(words);
  });
});

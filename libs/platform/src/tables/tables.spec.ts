import { Workbook } from 'exceljs';
import { deflateRawSync } from 'node:zlib';
import { readTable } from './read-table';

async function workbook(rows: (string | number | Date)[][]): Promise<Buffer> {
  const book = new Workbook();
  book.addWorksheet('places').addRows(rows);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A zip of one entry that says it is larger than it is. */
function zipOf(name: string, claimed: number, flags = 0): Buffer {
  const data = deflateRawSync(Buffer.alloc(1000));
  const fields = (signature: number, extra: number[]): Buffer => {
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(flags, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(data.length, 14);
    head.writeUInt32LE(claimed, 18);
    head.writeUInt16LE(name.length, 22);
    const sign = Buffer.alloc(4);
    sign.writeUInt32LE(signature);
    const made = signature === 0x02014b50 ? Buffer.concat([Buffer.from([20, 0]), head]) : head;
    return Buffer.concat([sign, made, Buffer.from(extra), Buffer.from(name)]);
  };
  const local = Buffer.concat([fields(0x04034b50, []), data]);
  const central = fields(0x02014b50, new Array<number>(14).fill(0));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

describe('tables', () => {
  it('reads CSV with quotes, empty rows and lines counted as people see them', async () => {
    const table = await readTable(Buffer.from('\uFEFFid,name\n\na,"快,递\n站"\nb,\n'));
    expect(table.columns).toEqual(['id', 'name']);
    expect(table.rows.map((row) => row.cells)).toEqual([{ id: 'a', name: '快,递\n站' }, { id: 'b' }]);
    expect(table.rows[1]?.line).toBe(5);
  });

  it('reads GB 18030, tabs and UTF-16', async () => {
    // 编号,名称 / a,菜店 in GB 18030.
    const gb = Buffer.from('b1e0bac52cc3fbb3c60a612cb2cbb5ea0a', 'hex');
    expect((await readTable(gb)).rows[0]?.cells).toEqual({ 编号: 'a', 名称: '菜店' });
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('编号\t名称\na\t菜店\n', 'utf16le')]);
    expect((await readTable(wide)).rows[0]?.cells).toEqual({ 编号: 'a', 名称: '菜店' });
  });

  it('reads a workbook as its reader sees it', async () => {
    const table = await readTable(
      await workbook([
        ['id', 'lat', 'from'],
        ['a', 30.5, new Date('2026-03-01T00:00:00Z')],
      ]),
    );
    expect(table.rows).toEqual([{ line: 2, cells: { id: 'a', lat: '30.5', from: '2026-03-01' } }]);
  });

  it.each([
    ['an empty file', Buffer.from(''), /no rows/],
    ['a column named twice', Buffer.from('a,a\n1,2\n'), /"a" stands there twice/],
    ['an open quote', Buffer.from('a,b\n"1,2\n'), /is not CSV/],
    ['bytes of no text', Buffer.from([0x61, 0xff, 0xff, 0xff, 0x0a]), /neither UTF-8 nor GB 18030/],
    ['a zip bomb', zipOf('xl/worksheets/sheet1.xml', 4_000_000_000), /unpacks to far more/],
    ['macros', zipOf('xl/vbaProject.bin', 1000), /macros/],
    ['a locked workbook', zipOf('xl/workbook.xml', 1000, 1), /password/],
    ['a torn workbook', Buffer.from('PK\u0003\u0004torn'), /no workbook/],
  ])('refuses %s in words', async (_, bytes, words) => {
    await expect(readTable(bytes)).rejects.toThrow(words);
  });
});

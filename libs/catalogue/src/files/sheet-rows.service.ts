import { Refusal } from '@linli/kernel';
import { SheetXml, type SheetReading } from './sheet-xml';
import { TableShaper, type FileRow, type ShaperOptions } from './table-shaper';
import { noHeader, refused, type OnBytes } from './text-rows.service';
import { DateStyles, Relations, SharedStrings, Workbook } from './workbook-xml';
import { XmlTokens, type XmlListener } from './xml-tokens';
import { openParts, type Parts } from './zip-check.service';

type Shape = Omit<ShaperOptions, 'unit' | 'isStrict'>;

/** The rows of the first sheet of a spreadsheet that has a header; hidden and later sheets are left alone. */
export async function* sheetRows(path: string, shape: Shape, size: number, onBytes: OnBytes): AsyncGenerator<FileRow> {
  const parts = await openParts(path);
  try {
    const book = await listen(parts, 'xl/workbook.xml', new Workbook());
    const { parts: names } = await listen(parts, 'xl/_rels/workbook.xml.rels', new Relations());
    const styles = await listen(parts, 'xl/styles.xml', new DateStyles());
    const strings = await listen(parts, 'xl/sharedStrings.xml', new SharedStrings());
    const reading: SheetReading = { strings: strings.texts, styles, isFrom1904: book.isFrom1904 };
    for (const { part } of book.sheets.filter((sheet) => !sheet.isHidden)) {
      const shaper = new TableShaper({ ...shape, unit: 'row', isStrict: false });
      yield* rowsOf(parts, names.get(part) ?? '', reading, shaper);
      onBytes(size);
      if (shaper.headerRow > 0) return;
    }
    throw noHeader();
  } catch (error) {
    throw error instanceof Refusal ? error : refused(`is a damaged spreadsheet (${(error as Error).message})`);
  } finally {
    parts.close();
  }
}

async function listen<T extends XmlListener>(parts: Parts, name: string, listener: T): Promise<T> {
  const tokens = new XmlTokens(listener);
  for await (const piece of parts.text(name)) tokens.push(piece);
  return listener;
}

async function* rowsOf(
  parts: Parts,
  name: string,
  reading: SheetReading,
  shaper: TableShaper,
): AsyncGenerator<FileRow> {
  const sheet = new SheetXml(reading);
  const tokens = new XmlTokens(sheet);
  for await (const piece of parts.text(name)) {
    tokens.push(piece);
    for (const { number, cells } of sheet.taken()) {
      const row = shaper.push(number, cells);
      if (row === null) continue;
      if ('header' in row) throw new Refusal('catalogue.invalid', row.header);
      yield row;
    }
    if (shaper.isHopeless) return;
  }
  if (shaper.headerRow > 0) yield* mergedRows(sheet.merged, shaper.headerRow);
}

/** Only the upper left of merged cells holds a value; titles above the header may be merged. */
function* mergedRows(ranges: readonly string[], headerRow: number): Generator<FileRow> {
  for (const range of ranges) {
    const [first = 0, last = first] = range.split(':').map((corner) => Number(/\d+/.exec(corner)?.[0] ?? 0));
    const problem = 'are merged, so that all but one of them are empty: unmerge them and fill in every cell';
    if (last >= headerRow) yield { place: `row ${first}`, problems: [{ at: `cells ${range}`, problem }] };
  }
}

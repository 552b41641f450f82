import { SheetXml, type SheetReading } from './sheet-xml';
import { TableUnreadable, type TableLine, type TableShape } from './table';
import { TableShaper } from './table-shaper';
import type { TableSource } from './table-text';
import { DateStyles, Relations, SharedStrings, Workbook } from './workbook-xml';
import { XmlTokens, type XmlListener } from './xml-tokens';
import { openParts, type Parts } from './zip-parts';

/** The rows of the first sheet of a spreadsheet that has a header; hidden and later sheets are left alone. */
export async function* sheetLines(source: TableSource, shape: TableShape): AsyncGenerator<TableLine> {
  const parts = await openParts(source);
  try {
    const book = await listen(parts, 'xl/workbook.xml', new Workbook());
    const { parts: names } = await listen(parts, 'xl/_rels/workbook.xml.rels', new Relations());
    const styles = await listen(parts, 'xl/styles.xml', new DateStyles());
    const strings = await listen(parts, 'xl/sharedStrings.xml', new SharedStrings());
    const reading: SheetReading = { strings: strings.texts, styles, isFrom1904: book.isFrom1904 };
    for (const { part } of book.sheets.filter((sheet) => !sheet.isHidden)) {
      const shaper = new TableShaper(shape, 'row');
      yield* rowsOf(parts, names.get(part) ?? '', reading, shaper);
      if (shaper.headerRow > 0) return;
    }
    throw new TableUnreadable(shape.noHeader, 'header');
  } catch (error) {
    if (error instanceof TableUnreadable) throw error;
    throw new TableUnreadable(`is a damaged spreadsheet (${(error as Error).message})`);
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
): AsyncGenerator<TableLine> {
  const sheet = new SheetXml(reading);
  const tokens = new XmlTokens(sheet);
  for await (const piece of parts.text(name)) {
    tokens.push(piece);
    for (const { number, cells } of sheet.taken()) {
      const row = shaper.push(number, cells);
      if (row) yield row;
    }
    if (shaper.isHopeless) return;
  }
  if (shaper.headerRow > 0) yield* mergedRows(sheet.merged, shaper.headerRow);
}

/** Only the upper left of merged cells holds a value; titles above the header may be merged. */
function* mergedRows(ranges: readonly string[], headerRow: number): Generator<TableLine> {
  for (const range of ranges) {
    const [first = 0, last = first] = range.split(':').map((corner) => Number(/\d+/.exec(corner)?.[0] ?? 0));
    const problem = 'are merged, so that all but one of them are empty: unmerge them and fill in every cell';
    if (last >= headerRow)
      yield { place: `row ${first}`, number: first, problems: [{ at: `cells ${range}`, problem }] };
  }
}

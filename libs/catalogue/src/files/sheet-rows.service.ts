import { createReadStream } from 'node:fs';
import { stream, type CellValue } from 'exceljs';
import type { OnBytes } from './text-rows.service';
import { noHeader } from './text-rows.service';
import { Refusal } from '@linli/kernel';
import { TableShaper, type FileRow, type SheetCell, type ShaperOptions } from './table-shaper';
import { checkZip } from './zip-check.service';

/** The rows of the first sheet of a spreadsheet that has a header; later sheets are left alone. */
export async function* sheetRows(
  path: string,
  shape: Omit<ShaperOptions, 'unit' | 'isStrict'>,
  onBytes: OnBytes,
): AsyncGenerator<FileRow> {
  const { merged } = await checkZip(path);
  const source = createReadStream(path);
  source.on('data', () => onBytes(source.bytesRead));
  const workbook = new stream.xlsx.WorkbookReader(source, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  let at = -1;
  let isFound = false;
  for await (const sheet of workbook) {
    at += 1;
    const shaper = new TableShaper({ ...shape, unit: 'row', isStrict: false });
    for await (const { number, values } of sheet) {
      // A sheet that was begun has to be read to its end.
      if (isFound && shaper.headerRow === 0) continue;
      if (shaper.isHopeless) continue;
      const row = shaper.push(number, cellsOf(values));
      if (row === null) continue;
      if ('header' in row) throw new Refusal('catalogue.invalid', row.header);
      yield row;
    }
    if (shaper.headerRow === 0 || isFound) continue;
    isFound = true;
    yield* mergedRows(merged[at] ?? [], shaper.headerRow);
  }
  if (!isFound) throw noHeader();
}

/** Only the upper left of merged cells holds a value; titles above the header may be merged. */
function* mergedRows(ranges: readonly string[], headerRow: number): Generator<FileRow> {
  for (const range of ranges) {
    const [first = 0, last = first] = range.split(':').map((corner) => Number(/\d+/.exec(corner)?.[0] ?? 0));
    const problem = 'are merged, so that all but one of them are empty: unmerge them and fill in every cell';
    if (last >= headerRow) yield { place: `row ${first}`, problems: [{ at: `cells ${range}`, problem }] };
  }
}

function cellsOf(values: CellValue[] | Record<string, CellValue>): SheetCell[] {
  const list: (CellValue | undefined)[] = Array.isArray(values) ? values : [];
  // The reader counts columns from 1.
  return Array.from({ length: Math.max(list.length - 1, 0) }, (_, index) => cellOf(list[index + 1]));
}

function cellOf(value: CellValue | undefined): SheetCell {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object' || value instanceof Date) return value;
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('error' in value) return { problem: `holds the error ${value.error}: mend it` };
  if ('formula' in value || 'sharedFormula' in value)
    return { problem: 'holds a formula: copy the column and paste it as values' };
  return 'text' in value ? value.text : { problem: 'cannot be read: write it as plain text' };
}

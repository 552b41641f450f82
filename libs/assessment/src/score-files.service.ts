import { stringify } from 'csv-stringify/sync';
import type { ScoreSheet } from './score-sheet';
import { scoreTable, type Heading } from './score-table';

/** The sheet as a file that spreadsheet programs open: UTF-8 with a mark, formulas disarmed, one row per subject. */
export function scoresCsv(sheet: ScoreSheet, indicators: readonly Heading[]): string {
  return stringify(scoreTable(sheet, indicators), { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

/** One sheet of a workbook. */
export interface WorkbookPart {
  readonly name: string;
  readonly sheet: ScoreSheet;
  readonly headings: readonly Heading[];
}

/** The same as a workbook of one sheet. */
export function scoresXlsx(sheet: ScoreSheet, headings: readonly Heading[]): Promise<Buffer> {
  return scoreWorkbook([{ name: sheet.period, sheet, headings }]);
}

/** Sheets as a workbook: figures are numbers, everything else is text, so nothing in it is ever a formula. */
export async function scoreWorkbook(parts: readonly WorkbookPart[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(
    parts.map(({ name, sheet, headings }) => {
      const [header = [], ...rows] = scoreTable(sheet, headings);
      return { sheet: name, stickyRowsCount: 1, data: [header.map(headCell), ...rows.map(cellsOf)] };
    }),
  ).toBuffer();
}

/** The first columns are a month, a version and ids; figures begin after them. */
const textColumns = new Set([0, 1, 2, 4, 5]);

function headCell(value: string): TextCell {
  return { value, type: String, fontWeight: 'bold' };
}

interface TextCell {
  readonly value: string;
  readonly type: StringConstructor;
  readonly fontWeight?: 'bold';
}

interface NumberCell {
  readonly value: number;
  readonly type: NumberConstructor;
}

function cellsOf(row: readonly string[]): (TextCell | NumberCell)[] {
  return row.map((text, at) => {
    const isNumber = !textColumns.has(at) && /^-?\d+(\.\d+)?$/.test(text);
    return isNumber ? { value: Number(text), type: Number } : { value: text, type: String };
  });
}

import { stringify } from 'csv-stringify/sync';
import type { ScoreSheet } from './score-sheet';
import { scoreTable, type Heading } from './score-table';
import { staffTable, type StaffSheet } from './staff-sheet';

/** The sheet as a file that spreadsheet programs open: UTF-8 with a mark, formulas disarmed, one row per subject. */
export function scoresCsv(sheet: ScoreSheet, indicators: readonly Heading[]): string {
  return csvOf(scoreTable(sheet, indicators));
}

/** A month's officers as such a file. */
export function staffCsv(sheet: StaffSheet): string {
  return csvOf(staffTable(sheet));
}

/** A month's officers as a workbook of one sheet. */
export function staffXlsx(sheet: StaffSheet): Promise<Buffer> {
  return workbookOf([{ name: sheet.period, table: staffTable(sheet), textColumns: new Set([0, 1, 2, 3]) }]);
}

function csvOf(table: readonly string[][]): string {
  return stringify([...table], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
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
  return workbookOf(
    parts.map(({ name, sheet, headings }) => ({ name, table: scoreTable(sheet, headings), textColumns })),
  );
}

interface Part {
  readonly name: string;
  readonly table: readonly string[][];
  readonly textColumns: ReadonlySet<number>;
}

async function workbookOf(parts: readonly Part[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(
    parts.map(({ name, table: [header = [], ...rows], textColumns: texts }) => ({
      ...{ sheet: name, stickyRowsCount: 1 },
      data: [header.map(headCell), ...rows.map((row) => cellsOf(row, texts))],
    })),
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

function cellsOf(row: readonly string[], texts: ReadonlySet<number>): (TextCell | NumberCell)[] {
  return row.map((text, at) => {
    const isNumber = !texts.has(at) && /^-?\d+(\.\d+)?$/.test(text);
    return isNumber ? { value: Number(text), type: Number } : { value: text, type: String };
  });
}

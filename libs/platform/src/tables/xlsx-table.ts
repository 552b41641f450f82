import type { CellValue } from 'exceljs';
import { tableOf, TableUnreadable, type Table } from './table';
import { checkWorkbook } from './xlsx-check';

/** Reads the first sheet of a workbook. The library is loaded here, when one comes: it weighs 26 MB. */
export async function readXlsx(bytes: Buffer): Promise<Table> {
  await checkWorkbook(bytes);
  const { default: exceljs } = await import('exceljs');
  const book = new exceljs.Workbook();
  await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]).catch((error: unknown) => {
    throw new TableUnreadable(`is no workbook: ${(error as Error).message}`);
  });
  const sheet = book.worksheets[0];
  if (!sheet) throw new TableUnreadable('holds no sheet');
  const lines: { line: number; texts: string[] }[] = [];
  sheet.eachRow((row, line) => {
    const texts: string[] = [];
    for (let at = 1; at <= row.cellCount; at += 1) texts.push(textOf(row.getCell(at).value));
    lines.push({ line, texts });
  });
  return tableOf(lines);
}

/** What a reader of the sheet sees, with dates as YYYY-MM-DD. */
function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('text' in value) return value.text;
  if ('result' in value) return textOf(value.result);
  return '';
}

import { parse } from 'csv-parse/sync';
import { decodeText } from './decode-text';
import { tableOf, TableUnreadable, type Table } from './table';

/** Reads CSV (comma, semicolon or tab) in UTF-8, UTF-16 or GB 18030, the encoding Chinese spreadsheet programs write. */
export function readCsv(bytes: Uint8Array): Table {
  const text = decodeText(bytes);
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      bom: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return tableOf(records.map(({ record, info }) => ({ line: info.lines, texts: record })));
  } catch (error) {
    if (error instanceof TableUnreadable) throw error;
    throw new TableUnreadable(`is not CSV: ${(error as Error).message}`);
  }
}

function delimiterOf(text: string): string {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string): number => head.split(sign).length;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

import type { Table } from './table';

/**
 * Reads a CSV file or the first sheet of an .xlsx workbook, told apart by what is in it, not by its name. The parsers are
 * loaded when a file comes: most processes never read one.
 */
export async function readTable(bytes: Buffer): Promise<Table> {
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));
  if (isZip) return (await import('./xlsx-table')).readXlsx(bytes);
  return (await import('./csv-table')).readCsv(bytes);
}

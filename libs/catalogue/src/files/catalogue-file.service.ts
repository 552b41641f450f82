import { open, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Refusal } from '@linli/kernel';
import { sheetRows } from './sheet-rows.service';
import type { FileRow, ShaperOptions } from './table-shaper';
import { csvRows, encodingOf, jsonRows, pieces, refused, type OnBytes } from './text-rows.service';

export type FileFormat = 'json' | 'csv' | 'xlsx';

/** A file that has been looked at and whose rows can be read, once. */
export interface CatalogueFile {
  readonly format: FileFormat;
  readonly size: number;
  /** Said to the operator before the rows. */
  readonly notes: readonly string[];
  rows(shape: Omit<ShaperOptions, 'unit' | 'isStrict'>, onBytes: OnBytes): AsyncGenerator<FileRow>;
}

const largest = 150 * 1024 * 1024;

/** Looks at a file by size, content and extension; refuses with a sentence what is no catalogue file. */
export async function openCatalogueFile(path: string): Promise<CatalogueFile> {
  const size = await sizeOf(path);
  if (size === 0) throw refused('is empty');
  if (size > largest)
    throw new Refusal('file.tooLarge', [
      { at: 'file', problem: `has ${megabytes(size)} MB; ${megabytes(largest)} MB are the most: split it` },
    ]);
  const head = await headOf(path);
  const extension = extname(path).toLowerCase();
  if (extension === '.xlsm' || extension === '.xltm' || extension === '.xlsb')
    throw refused('may contain macros: save it as .xlsx');
  if (head.startsWith('d0cf11e0')) throw refused('is an old .xls or has a password: save it as .xlsx without one');
  if (head.startsWith('504b0304'))
    return { format: 'xlsx', size, notes: [], rows: (shape, onBytes) => sheetRows(path, shape, size, onBytes) };
  if (extension === '.xlsx') throw refused('is named .xlsx, but is no spreadsheet: save it again as .xlsx');
  const encoding = await encodingOf(path);
  const notes = encoding === 'utf-8' ? [] : [`The file is in ${encoding.toUpperCase()}; it was read as such.`];
  const isJson = extension === '.json' || (extension !== '.csv' && /^(efbbbf)?(20|09|0a|0d)*(5b|7b)/.test(head));
  if (isJson) return { format: 'json', size, notes, rows: (_, onBytes) => jsonRows(pieces(path, encoding, onBytes)) };
  return { format: 'csv', size, notes, rows: (shape, onBytes) => csvRows(pieces(path, encoding, onBytes), shape) };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / (1024 * 1024));
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  throw refused(`"${path}" does not exist or is no file`);
}

async function headOf(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead).toString('hex');
  } finally {
    await handle.close();
  }
}

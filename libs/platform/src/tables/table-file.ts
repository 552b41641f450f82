import { open, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { csvLines } from './csv-lines';
import { sheetLines } from './sheet-lines';
import { TableUnreadable, type OnBytes, type TableLine, type TableShape } from './table';
import { encodingOf, pieces, type TableSource } from './table-text';

interface Looked {
  readonly size: number;
  /** How it is read, where that is worth knowing. */
  readonly notes: readonly string[];
}

/** A file that has been looked at and can be read, once: as text when it is JSON, else as the rows of its table. */
export type TableFile =
  | (Looked & { readonly format: 'json'; readonly text: (onBytes: OnBytes) => AsyncGenerator<string> })
  | (Looked & {
      readonly format: 'csv' | 'xlsx';
      readonly lines: (shape: TableShape, onBytes: OnBytes) => AsyncGenerator<TableLine>;
    });

const largest = 150 * 1024 * 1024;
const headLength = 64;

/** Looks at a file by size, content and extension; refuses with a sentence what we do not read. */
export async function openTable(source: TableSource): Promise<TableFile> {
  const size = typeof source === 'string' ? await sizeOf(source) : source.length;
  if (size === 0) throw new TableUnreadable('is empty: it holds no rows');
  if (size > largest)
    throw new TableUnreadable(`has ${megabytes(size)} MB; ${megabytes(largest)} MB are the most: split it`);
  const head = (typeof source === 'string' ? await headOf(source) : source.subarray(0, headLength)).toString('hex');
  const extension = typeof source === 'string' ? extname(source).toLowerCase() : '';
  if (isSheet(head, extension)) return { format: 'xlsx', size, notes: [], lines: sheetOf(source, size) };
  const encoding = await encodingOf(source);
  const text = (onBytes: OnBytes): AsyncGenerator<string> => pieces(source, encoding, onBytes);
  const notes = encoding === 'utf-8' ? [] : [`The file is in ${encoding.toUpperCase()}; it was read as such.`];
  if (isJson(head, extension)) return { format: 'json', size, notes, text };
  return { format: 'csv', size, notes, lines: (shape, onBytes) => csvLines(text(onBytes), shape) };
}

function isSheet(head: string, extension: string): boolean {
  if (extension === '.xlsm' || extension === '.xltm' || extension === '.xlsb')
    throw new TableUnreadable('may contain macros: save it as .xlsx');
  if (head.startsWith('d0cf11e0'))
    throw new TableUnreadable('is an old .xls or has a password: save it as .xlsx without one');
  if (head.startsWith('504b0304')) return true;
  if (extension === '.xlsx') throw new TableUnreadable('is named .xlsx, but is no spreadsheet: save it again as .xlsx');
  return false;
}

function isJson(head: string, extension: string): boolean {
  return extension === '.json' || (extension !== '.csv' && /^(efbbbf)?(20|09|0a|0d)*(5b|7b)/.test(head));
}

function sheetOf(
  source: TableSource,
  size: number,
): (shape: TableShape, onBytes: OnBytes) => AsyncGenerator<TableLine> {
  return async function* (shape, onBytes) {
    yield* sheetLines(source, shape);
    onBytes(size);
  };
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
  throw new TableUnreadable(`"${path}" does not exist or is no file`);
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headLength), 0, headLength, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

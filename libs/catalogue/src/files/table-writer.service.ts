import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { guarded } from '@linli/platform';
import { refused, type FileFormat } from './catalogue-file.service';
import { columns } from './columns';
import { toCells } from './record';

/** One entry as it was imported. */
export interface WrittenEntry {
  readonly id: string;
  readonly content: unknown;
}

// What one cell of a spreadsheet holds.
const longestCell = 32_767;

/** Writes entries to a file that an import takes back as it is; an earlier file stays until the new one is whole. */
export async function writeCatalogueFile(
  path: string,
  format: FileFormat,
  batches: AsyncIterable<readonly WrittenEntry[]>,
): Promise<void> {
  const part = `${path}.part`;
  try {
    if (format === 'xlsx') await writeSheet(part, batches);
    else await writeText(part, format === 'csv' ? csvText(batches) : jsonText(batches));
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

async function writeText(path: string, text: AsyncIterable<string>): Promise<void> {
  const stream: WriteStream = createWriteStream(path);
  for await (const piece of text) if (!stream.write(piece)) await once(stream, 'drain');
  stream.end();
  await finished(stream);
}

async function* jsonText(batches: AsyncIterable<readonly WrittenEntry[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const batch of batches) {
    for (const { content } of batch) {
      yield before + JSON.stringify(content);
      before = ',\n';
    }
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* csvText(batches: AsyncIterable<readonly WrittenEntry[]>): AsyncGenerator<string> {
  const written = (rows: readonly (readonly unknown[])[]): string => stringify(rows.map((row) => [...row]));
  // Spreadsheets take a CSV file for UTF-8 only when it says so.
  yield `\uFEFF${written([columns.map((column) => column.name)])}`;
  for await (const batch of batches)
    yield written(batch.map(({ content }) => toCells(content).map((cell) => guarded(String(cell)))));
}

async function writeSheet(path: string, batches: AsyncIterable<readonly WrittenEntry[]>): Promise<void> {
  const rows: SheetCell[][] = [columns.map(({ name }) => ({ value: name, type: String, fontWeight: 'bold' }))];
  for await (const batch of batches) for (const entry of batch) rows.push(sheetCells(entry));
  const { default: writeExcelFile } = await import('write-excel-file/node');
  await writeExcelFile(rows, { sheet: '事项目录', stickyRowsCount: 1 }).toFile(path);
}

type SheetCell =
  | null
  | { readonly value: string; readonly type: StringConstructor; readonly fontWeight?: 'bold' }
  | { readonly value: number; readonly type: NumberConstructor }
  | { readonly value: boolean; readonly type: BooleanConstructor };

function sheetCells({ id, content }: WrittenEntry): SheetCell[] {
  return toCells(content).map((cell, index) => {
    if (cell === '') return null;
    if (typeof cell === 'number') return { value: cell, type: Number };
    if (typeof cell === 'boolean') return { value: cell, type: Boolean };
    if (cell.length > longestCell)
      throw refused(
        `has ${cell.length} characters; a cell of a spreadsheet holds ${longestCell}: export csv or json`,
        `${id}, ${columns[index]?.name ?? ''}`,
      );
    return { value: cell, type: String };
  });
}

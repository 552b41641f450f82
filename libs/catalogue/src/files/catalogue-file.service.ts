import { Refusal, type RefusalDetail } from '@linli/kernel';
import { openTable, TableUnreadable, type TableFile, type TableShape } from '@linli/platform';
import { JsonArrayCutter, type JsonElement } from '../json-lines';
import type { FileRow } from './record';

export type FileFormat = TableFile['format'];

/** How the columns of a file are known and checked. */
export type CatalogueShape = Omit<TableShape, 'noHeader'>;

/** A file that has been looked at and whose rows can be read, once. */
export interface CatalogueFile {
  readonly size: number;
  /** Said to the operator before the rows. */
  readonly notes: readonly string[];
  rows(shape: CatalogueShape, onBytes: (bytes: number) => void): AsyncGenerator<FileRow>;
}

const noHeader = 'has no header: one of its first 10 rows must name the columns (id, kind, name, department …)';

/** Looks at a file; refuses with a sentence what is no catalogue file, now or when its rows are read. */
export async function openCatalogueFile(path: string): Promise<CatalogueFile> {
  const file = await openTable(path).catch(refuseUnreadable);
  const { size, notes } = file;
  return {
    size,
    notes,
    async *rows(shape, onBytes) {
      try {
        if (file.format === 'json') yield* jsonRows(file.text(onBytes));
        else yield* file.lines({ ...shape, noHeader }, onBytes);
      } catch (error) {
        refuseUnreadable(error);
      }
    },
  };
}

function refuseUnreadable(error: unknown): never {
  throw error instanceof TableUnreadable ? new Refusal('catalogue.invalid', error.problems) : error;
}

/** The rows of a JSON array; an element that is not JSON is one bad row, an array that is not whole refuses the file. */
export async function* jsonRows(text: AsyncIterable<string> | Iterable<string>): AsyncGenerator<FileRow> {
  const cutter = new JsonArrayCutter();
  for await (const piece of text) {
    for (const element of cutter.push(piece)) yield jsonRow(element);
    if (cutter.fault) break;
  }
  const fault = cutter.end();
  if (fault) throw refused(`is not JSON: ${fault.problem}`, `line ${fault.line}`);
}

function jsonRow({ line, text }: JsonElement): FileRow {
  const place = `line ${line}`;
  try {
    return { place, json: JSON.parse(text) as unknown, problems: [] };
  } catch (error) {
    const problem: RefusalDetail = { at: 'row', problem: `is not JSON: ${(error as Error).message}` };
    return { place, problems: [problem] };
  }
}

/** A file refused whole. */
export function refused(problem: string, at = 'file'): Refusal {
  return new Refusal('catalogue.invalid', [{ at, problem }]);
}

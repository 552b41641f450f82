import type { RefusalDetail } from '@linli/kernel';
import { TableUnreadable, type Cell, type Table, type TableLine, type TableShape } from './table';
import { openTable } from './table-file';
import type { TableSource } from './table-text';

/**
 * Reads a small table whole: a CSV file or the first sheet of an .xlsx workbook, told apart by what is in it. Its first
 * row that holds anything names the columns. A table with a cell that cannot be read is refused with all such cells.
 */
export async function readTable(source: TableSource): Promise<Table> {
  const file = await openTable(source);
  if (file.format === 'json') throw new TableUnreadable('is JSON where a table belongs: save it as CSV or .xlsx');
  let columns: readonly string[] = [];
  const shape: TableShape = {
    isHeader: () => true,
    checkHeader: (names) => {
      columns = names.filter((name) => name !== '');
      return doubled(columns);
    },
    noHeader: 'holds no rows: its first row must name the columns',
  };
  const lines: TableLine[] = [];
  for await (const line of file.lines(shape, () => undefined)) lines.push(line);
  const problems = lines.flatMap((line) =>
    line.problems.map(({ at, problem }) => ({ at: `${line.place}, ${at}`, problem })),
  );
  if (problems.length > 0) throw new TableUnreadable(problems);
  return { columns, rows: lines.map(({ number, record }) => ({ line: number, cells: textsOf(record ?? new Map()) })) };
}

function doubled(columns: readonly string[]): RefusalDetail[] {
  const twice = columns.filter((name, at) => columns.indexOf(name) !== at);
  return twice.map((name) => ({ at: 'header', problem: `column "${name}" stands there twice: rename or remove one` }));
}

function textsOf(record: Iterable<readonly [string, Cell]>): Record<string, string> {
  const texts = [...record].map(([name, cell]) => [name, textOf(cell)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

/** What a reader of the sheet sees, with dates as YYYY-MM-DD. */
function textOf(cell: Cell): string {
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
}

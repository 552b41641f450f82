import type { RefusalDetail } from '@linli/kernel';
import type { TableLine, TableRecord } from '@linli/platform';
import { readCell, writeCell } from './cells';
import { columnNamed, columns, type Column } from './columns';

/** One row of a file on its way to an entry: a row of a table, or the parsed element of a JSON array. */
export type FileRow = Pick<TableLine, 'place' | 'record' | 'problems'> & { readonly json?: unknown };

type Branch = Record<string, unknown>;

function branchAt(root: Branch, path: readonly string[]): Branch {
  let branch = root;
  for (const key of path.slice(0, -1)) branch = (branch[key] ??= {}) as Branch;
  return branch;
}

function put(root: Branch, { path }: Column, value: unknown): void {
  branchAt(root, path)[path.at(-1) ?? ''] = value;
}

/** A row of a table as the entry it tells, with what is wrong cell by cell. Columns must be known. */
export function toEntry(record: TableRecord): { value: unknown; problems: RefusalDetail[] } {
  const root: Branch = {};
  const problems: RefusalDetail[] = [];
  const begun = new Set<string>(['']);
  for (const [name, cell] of record) {
    const column = columnNamed(name);
    if (!column) continue;
    begun.add(column.path.length > 1 ? (column.path[0] ?? '') : '');
    const read = readCell(column, cell);
    if ('problem' in read) problems.push({ at: name, problem: read.problem });
    else put(root, column, read.value);
  }
  for (const column of columns) {
    const isEmpty = column.isNeverAbsent && !record.has(column.name);
    if (isEmpty && begun.has(column.path.length > 1 ? (column.path[0] ?? '') : '')) put(root, column, []);
  }
  return { value: root, problems };
}

/** An entry as the cells of its row, in the order of the columns. */
export function toCells(entry: unknown): (string | number | boolean)[] {
  return columns.map((column) => {
    let value: unknown = entry;
    for (const key of column.path) value = (value as Branch | undefined)?.[key];
    return writeCell(column, value);
  });
}

/** What is wrong with a header: unknown, doubled or missing columns. */
export function headerProblems(header: readonly string[]): RefusalDetail[] {
  const problems: RefusalDetail[] = [];
  const seen = new Set<string>();
  header.forEach((name, index) => {
    const at = `header, column ${index + 1}`;
    if (name === '') problems.push({ at, problem: 'has no name: name it, or delete the column' });
    else if (seen.has(name)) problems.push({ at, problem: `"${name}" stands there twice: delete one` });
    else if (!columnNamed(name))
      problems.push({ at, problem: `"${name}" is no column of ours: delete it, or describe the file with --mapping` });
    seen.add(name);
  });
  for (const { name, required } of columns)
    if (required && !seen.has(name)) problems.push({ at: 'header', problem: `the column "${name}" is missing` });
  return problems;
}

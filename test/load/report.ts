import { inWords, type Machine } from './machine';

export type Cell = string | number | null;

/** One table of a bench, for people, and the same as data. */
export interface Section {
  readonly bench: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly notes?: readonly string[];
  /** One object per row for `--json`, when the columns do not say it all. */
  readonly data?: readonly object[];
}

/** What a bench found. */
export interface BenchResult {
  readonly machine: Machine;
  readonly sections: readonly Section[];
  /** One sentence per thing that must never be; any makes the run fail. */
  readonly violations: readonly string[];
}

export function toTables({ machine, sections, violations }: BenchResult): string {
  const parts = [`# ${inWords(machine)}`, ...sections.map(toTable)];
  if (violations.length > 0) parts.push(['VIOLATIONS', ...violations.map((one) => `  ${one}`)].join('\n'));
  return `\n${parts.join('\n\n')}\n`;
}

export function toJsonLines({ machine, sections, violations }: BenchResult): string {
  const rows = sections.flatMap(({ bench, title, columns, rows: cells, data }) =>
    cells.map((row, at) => ({
      bench,
      title,
      ...Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])),
      ...data?.[at],
      machine,
    })),
  );
  const found = violations.map((violation) => ({ violation, machine }));
  return [...rows, ...found].map((one) => `${JSON.stringify(one)}\n`).join('');
}

function toTable({ bench, title, columns, rows, notes = [] }: Section): string {
  const written = [columns, ...rows.map((row) => row.map(inCell))];
  const widths = columns.map((_, at) => Math.max(...written.map((row) => (row[at] ?? '').length)));
  const isText = columns.map((_, at) => rows.some((row) => typeof row[at] === 'string'));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => (isText[at] ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = written;
  return [`${bench}: ${title}`, line(head), ...body.map(line), ...notes.map((note) => `  ${note}`)].join('\n');
}

function inCell(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (Number.isInteger(cell)) return String(cell);
  return Math.abs(cell) >= 100 ? cell.toFixed(0) : cell.toFixed(Math.abs(cell) >= 10 ? 1 : 2);
}

import type { RefusalDetail } from '@linli/kernel';

/** What a cell holds before its column is looked at. */
export type Cell = string | number | boolean | Date;

/** A cell as read, null when it is empty, or why it cannot be read. */
export type SheetCell = Cell | null | { readonly problem: string };

/** The cells of one row by column; empty cells are left out. */
export type TableRecord = ReadonlyMap<string, Cell>;

/** One row of a file's table, as it is read. */
export interface TableLine {
  /** As people see it in their program: `line 12` of a text, `row 12` of a sheet. */
  readonly place: string;
  readonly number: number;
  /** Left out where only a problem is told. */
  readonly record?: TableRecord;
  readonly problems: readonly RefusalDetail[];
}

/** How the header of a table is known. */
export interface TableShape {
  readonly isHeader: (names: readonly string[]) => boolean;
  readonly checkHeader: (names: readonly string[]) => readonly RefusalDetail[];
  /** Said when no row is the header. */
  readonly noHeader: string;
}

/** A small table read whole: trimmed texts by column. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly line: number;
  /** Empty cells are left out; dates are `YYYY-MM-DD`. */
  readonly cells: Readonly<Record<string, string>>;
}

/** A file that is no table we read: what is wrong, where, and what to do about it. */
export class TableUnreadable extends Error {
  readonly problems: readonly RefusalDetail[];

  constructor(problem: string | readonly RefusalDetail[], at = 'file') {
    const problems = typeof problem === 'string' ? [{ at, problem }] : problem;
    super(problems.map((one) => `${one.at}: ${one.problem}`).join('; '));
    this.problems = problems;
  }
}

/** Told how many bytes of the file have been read. */
export type OnBytes = (bytes: number) => void;

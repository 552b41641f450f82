import type { RefusalDetail } from '@linli/kernel';
import type { Cell } from './cells';
import type { TableRecord } from './record';

/** A cell as read, or why it cannot be. */
export type SheetCell = Cell | null | { readonly problem: string };

/** One row of a file on its way to an entry. */
export interface FileRow {
  /** `line 12`, `row 12`. */
  readonly place: string;
  /** The parsed element of a JSON file. */
  readonly json?: unknown;
  /** The cells of a table's row by column. */
  readonly record?: TableRecord;
  readonly problems: readonly RefusalDetail[];
}

export interface ShaperOptions {
  /** Columns a header may be known by. */
  readonly known: ReadonlySet<string>;
  readonly checkHeader: (header: readonly string[]) => readonly RefusalDetail[];
  /** `line` in text files, `row` in sheets. */
  readonly unit: 'line' | 'row';
  /** Rows must have as many cells as the header. */
  readonly isStrict: boolean;
}

// Titles and notes may stand above the header.
const searchedRows = 10;

/** Finds the header of a table and makes its rows records; blank rows are passed over. */
export class TableShaper {
  private header: string[] | null = null;
  private seenRows = 0;
  private headerAt = 0;

  constructor(private readonly options: ShaperOptions) {}

  /** Number of the header's row; 0 while it is not found. */
  get headerRow(): number {
    return this.headerAt;
  }

  /** Whether it is too late for a header to come. */
  get isHopeless(): boolean {
    return this.header === null && this.seenRows >= searchedRows;
  }

  /** Takes one row; answers its record, null when it holds none, or what is wrong with the header. */
  push(number: number, cells: readonly SheetCell[]): FileRow | { readonly header: readonly RefusalDetail[] } | null {
    if (!cells.some((cell) => cell !== null && cell !== '')) return null;
    this.seenRows += 1;
    if (this.header) return this.recordOf(number, cells, this.header);
    const names = cells.map((cell) => (typeof cell === 'string' ? cell.replace(/^\uFEFF/, '').trim() : ''));
    if (names.filter((name) => this.options.known.has(name)).length < 2) return null;
    while (names.at(-1) === '') names.pop();
    this.header = names;
    this.headerAt = number;
    const header = this.options.checkHeader(names);
    return header.length > 0 ? { header } : null;
  }

  private recordOf(number: number, cells: readonly SheetCell[], header: readonly string[]): FileRow {
    const record = new Map<string, Cell>();
    const problems: RefusalDetail[] = [];
    const { unit, isStrict } = this.options;
    if (isStrict && cells.length !== header.length && !isPadded(cells, header))
      problems.push({
        at: 'row',
        problem: `has ${cells.length} cells, the header ${header.length}: a comma or a quote is missing or too many`,
      });
    cells.forEach((cell, index) => {
      const name = header[index];
      if (cell === null || cell === '') return;
      const at = unit === 'row' ? `${name ?? ''} (cell ${lettersOf(index)}${number})` : (name ?? '');
      if (name === undefined) {
        if (!isStrict) problems.push({ at, problem: 'stands beyond the last column of the header: move or delete it' });
      } else if (typeof cell === 'object' && 'problem' in cell) problems.push({ at, problem: cell.problem });
      else record.set(name, cell);
    });
    return { place: `${unit} ${number}`, record, problems };
  }
}

/** Spreadsheets pad every line with commas up to their widest. */
function isPadded(cells: readonly SheetCell[], header: readonly string[]): boolean {
  return cells.length > header.length && cells.slice(header.length).every((cell) => cell === '');
}

/** The letters of a column: 0 is A, 26 is AA. */
export function lettersOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? lettersOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

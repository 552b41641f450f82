import type { RefusalDetail } from '@linli/kernel';
import { TableUnreadable, type Cell, type SheetCell, type TableLine, type TableShape } from './table';

// Titles and notes may stand above the header.
const searchedRows = 10;

/** Finds the header of a table and makes its rows records; blank rows are passed over. */
export class TableShaper {
  private header: string[] | null = null;
  private seenRows = 0;
  private headerAt = 0;

  /** Rows of a `line` unit are those of a text: one with too many or too few cells has a comma or a quote too many. */
  constructor(
    private readonly shape: TableShape,
    private readonly unit: 'line' | 'row',
  ) {}

  /** Number of the header's row; 0 while it is not found. */
  get headerRow(): number {
    return this.headerAt;
  }

  /** Whether it is too late for a header to come. */
  get isHopeless(): boolean {
    return this.header === null && this.seenRows >= searchedRows;
  }

  /** Takes one row; answers null when it holds no record, and refuses a header that is wrong. */
  push(number: number, cells: readonly SheetCell[]): TableLine | null {
    if (!cells.some((cell) => cell !== null && cell !== '')) return null;
    this.seenRows += 1;
    if (this.header) return this.recordOf(number, cells, this.header);
    const names = cells.map((cell) => (typeof cell === 'string' ? cell.replace(/^\uFEFF/, '').trim() : ''));
    if (!this.shape.isHeader(names)) return null;
    while (names.at(-1) === '') names.pop();
    this.header = names;
    this.headerAt = number;
    const problems = this.shape.checkHeader(names);
    if (problems.length > 0) throw new TableUnreadable(problems);
    return null;
  }

  /** To be called after the last row: refuses a table whose header never came. */
  end(): void {
    if (!this.header) throw new TableUnreadable(this.shape.noHeader, 'header');
  }

  private recordOf(number: number, cells: readonly SheetCell[], header: readonly string[]): TableLine {
    const record = new Map<string, Cell>();
    const problems: RefusalDetail[] = [];
    const { unit } = this;
    if (unit === 'line' && cells.length !== header.length && !isPadded(cells, header))
      problems.push({
        at: 'row',
        problem: `has ${cells.length} cells, the header ${header.length}: a comma or a quote is missing or too many`,
      });
    cells.forEach((cell, index) => {
      const name = header[index];
      if (cell === null || cell === '') return;
      const at = unit === 'row' ? `${name ?? ''} (cell ${lettersOf(index)}${number})` : (name ?? '');
      if (name === undefined) {
        if (unit === 'row')
          problems.push({ at, problem: 'stands beyond the last column of the header: move or delete it' });
      } else if (typeof cell === 'object' && 'problem' in cell) problems.push({ at, problem: cell.problem });
      else if (name !== '') record.set(name, cell);
    });
    return { place: `${unit} ${number}`, number, record, problems };
  }
}

/** Spreadsheets pad every line with commas up to their widest. */
function isPadded(cells: readonly SheetCell[], header: readonly string[]): boolean {
  return cells.length > header.length && cells.slice(header.length).every((cell) => cell === '');
}

/** The letters of a column: 0 is A, 26 is AA. */
function lettersOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? lettersOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

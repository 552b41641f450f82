import { addDays, type LocalDate } from '@linli/kernel';
import type { SheetCell } from './table';
import type { DateStyles } from './workbook-xml';
import type { XmlListener } from './xml-tokens';

/** One row of a sheet. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly SheetCell[];
}

export interface SheetReading {
  readonly strings: readonly string[];
  readonly styles: DateStyles;
  readonly isFrom1904: boolean;
}

const widest = 16_384;
const dayZero = { usual: '1899-12-30' as LocalDate, from1904: '1904-01-01' as LocalDate };
const formula = { problem: 'holds a formula: copy the column and paste it as values' };

/** Number of the column a cell's place names, from 0: `B7` is 1. */
function columnOf(place: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/.exec(place)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Reads the rows of a sheet and its merged ranges from its XML. */
export class SheetXml implements XmlListener {
  readonly merged: string[] = [];
  private rows: SheetRow[] = [];
  private number = 0;
  private cells: SheetCell[] = [];
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private isValue = false;
  private isFormula = false;
  private isAid = false;

  constructor(private readonly reading: SheetReading) {}

  /** The rows that ended since the last call. */
  taken(): SheetRow[] {
    const taken = this.rows;
    this.rows = [];
    return taken;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'row') {
      this.number = Number(attribute('r') ?? this.number + 1);
      this.cells = [];
      this.column = -1;
    } else if (name === 'c') {
      const place = attribute('r');
      this.column = place === undefined ? this.column + 1 : columnOf(place);
      this.type = attribute('t') ?? 'n';
      this.style = Number(attribute('s') ?? 0);
      this.value = '';
      this.isFormula = false;
    } else if (name === 'v' || name === 't') this.isValue = !this.isAid;
    else if (name === 'f') this.isFormula = true;
    else if (name === 'rPh') this.isAid = true;
    else if (name === 'mergeCell') this.merged.push(attribute('ref') ?? '');
  }

  text(text: string): void {
    if (this.isValue) this.value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isValue = false;
    else if (name === 'rPh') this.isAid = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row') this.rows.push({ number: this.number, cells: this.cells });
  }

  private endCell(): void {
    if (this.column < 0 || this.column >= widest) return;
    const cell = this.isFormula ? formula : this.cellOf();
    if (cell === null) return;
    while (this.cells.length < this.column) this.cells.push(null);
    this.cells[this.column] = cell;
  }

  private cellOf(): SheetCell {
    const { value, type } = this;
    if (value === '') return null;
    if (type === 's') return this.reading.strings[Number(value)] ?? null;
    if (type === 'inlineStr' || type === 'str') return value;
    if (type === 'b') return value.trim() === '1';
    if (type === 'e') return { problem: `holds the error ${value}: mend it` };
    if (type === 'd') return value;
    const number = Number(value);
    if (Number.isNaN(number)) return { problem: `"${value}" is no number: write it as plain text` };
    return this.reading.styles.isDate(this.style) ? this.dateOf(number) : number;
  }

  private dateOf(serial: number): SheetCell {
    const day = Math.floor(serial);
    if (day < 1 || day > 2_900_000) return { problem: `${serial} is no date` };
    return new Date(addDays(this.reading.isFrom1904 ? dayZero.from1904 : dayZero.usual, day));
  }
}

import type { XmlListener } from './xml-tokens';

/** Texts that cells point at by number; the reading aids of Japanese texts are no part of them. */
export class SharedStrings implements XmlListener {
  readonly texts: string[] = [];
  private current = '';
  private isText = false;
  private isAid = false;

  open(name: string): void {
    if (name === 'si') this.current = '';
    if (name === 'rPh') this.isAid = true;
    this.isText = name === 't' && !this.isAid;
  }

  text(text: string): void {
    if (this.isText) this.current += text;
  }

  close(name: string): void {
    if (name === 't') this.isText = false;
    if (name === 'rPh') this.isAid = false;
    if (name === 'si') this.texts.push(this.current);
  }
}

/** Which styles show a number as a date. */
export class DateStyles implements XmlListener {
  private readonly dated: boolean[] = [];
  private readonly custom = new Map<number, string>();
  private isCells = false;

  isDate(style: number): boolean {
    return this.dated[style] ?? false;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'cellXfs') this.isCells = true;
    if (name === 'numFmt') this.custom.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
    if (name === 'xf' && this.isCells) this.dated.push(this.showsDate(Number(attribute('numFmtId') ?? 0)));
  }

  text(): void {
    return;
  }

  close(name: string): void {
    if (name === 'cellXfs') this.isCells = false;
  }

  private showsDate(format: number): boolean {
    const code = this.custom.get(format);
    if (code === undefined) return (format >= 14 && format <= 22) || (format >= 27 && format <= 58);
    // Quoted words and colours say nothing about the kind of number.
    return /[ymd年月日]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
  }
}

/** The sheets of a workbook by the ids of their parts, in the order the operator sees, and how its dates count. */
export class Workbook implements XmlListener {
  readonly sheets: { readonly part: string; readonly isHidden: boolean }[] = [];
  isFrom1904 = false;

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'workbookPr') this.isFrom1904 = /^(1|true)$/.test(attribute('date1904') ?? '');
    if (name !== 'sheet') return;
    const state = attribute('state');
    this.sheets.push({ part: attribute('id') ?? '', isHidden: state === 'hidden' || state === 'veryHidden' });
  }

  text(): void {
    return;
  }

  close(): void {
    return;
  }
}

/** Which part of the archive an id means. */
export class Relations implements XmlListener {
  readonly parts = new Map<string, string>();

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name !== 'Relationship') return;
    const target = attribute('Target') ?? '';
    this.parts.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }

  text(): void {
    return;
  }

  close(): void {
    return;
  }
}

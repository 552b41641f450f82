import { Injectable } from '@nestjs/common';
import { PdfPress, type PdfSheet } from '@linli/platform';

/** Printed guides kept: about 60 KB each. */
const keptSheets = 200;

/** Printed guides, kept: a version of a guide never changes. */
@Injectable()
export class GuidePrinter {
  private readonly sheets = new Map<string, Promise<Buffer>>();

  constructor(private readonly printer: PdfPress) {}

  /** The sheet kept under a key, else made from what `document` gives. */
  print(key: string, document: () => Promise<PdfSheet>): Promise<Buffer> {
    const known = this.sheets.get(key);
    if (known) return known;
    const made = this.printer.print(document);
    this.keep(key, made);
    return made;
  }

  private keep(key: string, made: Promise<Buffer>): void {
    const [oldest] = this.sheets.keys();
    if (this.sheets.size >= keptSheets && oldest !== undefined) this.sheets.delete(oldest);
    this.sheets.set(key, made);
    // A failure is told once and tried again by the next who asks.
    made.catch(() => this.sheets.delete(key));
  }
}

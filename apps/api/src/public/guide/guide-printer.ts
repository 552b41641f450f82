import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { TDocumentDefinitions } from 'pdfmake/interfaces';
import { projectRoot } from '@linli/platform';

interface Pdfmake {
  setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  setUrlAccessPolicy(policy: (address: string) => boolean): void;
  setLocalAccessPolicy(policy: (path: string) => boolean): void;
  createPdf(document: TDocumentDefinitions): { getBuffer(): Promise<Buffer> };
}

/** Printed guides kept: about 60 KB each. */
const keptSheets = 200;

/** Makes PDFs with our own font, one after the other, and keeps them: a version of a guide never changes. */
@Injectable()
export class GuidePrinter {
  private readonly sheets = new Map<string, Promise<Buffer>>();
  private pdfmake: Promise<Pdfmake> | null = null;
  private line: Promise<unknown> = Promise.resolve();

  /** The sheet kept under a key, else made from what `document` gives. */
  print(key: string, document: () => Promise<TDocumentDefinitions>): Promise<Buffer> {
    const known = this.sheets.get(key);
    if (known) return known;
    const made = this.line.then(async () => this.make(await document()));
    this.line = made.catch(() => undefined);
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

  private async make(document: TDocumentDefinitions): Promise<Buffer> {
    this.pdfmake ??= loaded();
    return (await this.pdfmake).createPdf(document).getBuffer();
  }
}

/** Loaded by the first who prints: it takes a fifth of a second. Nothing but the font may be read, nothing fetched. */
async function loaded(): Promise<Pdfmake> {
  const pdfmake = (await import('pdfmake')).default as unknown as Pdfmake;
  const font = join(projectRoot(), 'config', 'fonts', 'noto-sans-sc.otf');
  pdfmake.setFonts({ Noto: { normal: font, bold: font, italics: font, bolditalics: font } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === font);
  return pdfmake;
}

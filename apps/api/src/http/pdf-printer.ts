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

/** Makes PDFs with our own font, one after the other: each takes the processor for itself. */
@Injectable()
export class PdfPrinter {
  private pdfmake: Promise<Pdfmake> | null = null;
  private line: Promise<unknown> = Promise.resolve();

  /** The sheet that `document` describes, asked for when its turn has come. */
  print(document: () => TDocumentDefinitions | Promise<TDocumentDefinitions>): Promise<Buffer> {
    const made = this.line.then(async () => this.make(await document()));
    this.line = made.catch(() => undefined);
    return made;
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

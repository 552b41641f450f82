import type { Content, CustomTableLayout, TDocumentDefinitions } from 'pdfmake/interfaces';
import { drawn, placed } from './charts';
import type { LinedLayout, PdfSheet, SheetFooter } from './sheet';

interface Pdfmake {
  setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  setUrlAccessPolicy(policy: (address: string) => boolean): void;
  setLocalAccessPolicy(policy: (path: string) => boolean): void;
  setTableLayouts(layouts: Readonly<Record<LinedLayout, CustomTableLayout>>): void;
  createPdf(document: TDocumentDefinitions): { getBuffer(): Promise<Buffer> };
}

const lineColour = '#9aa5b1';
const sizes = { tight: 11, roomy: 18 } as const;

/** Draws sheets with the one font at `fontPath`. Nothing else may be read, nothing fetched. */
export async function drawer(fontPath: string): Promise<(sheet: PdfSheet) => Promise<Buffer>> {
  const pdfmake = (await import('pdfmake')).default as unknown as Pdfmake;
  pdfmake.setFonts({ Noto: { normal: fontPath, bold: fontPath, italics: fontPath, bolditalics: fontPath } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === fontPath);
  pdfmake.setTableLayouts({ lined: lined(), tight: lined(sizes.tight), roomy: lined(sizes.roomy) });
  return async ({ document, footer, charts }) => {
    const content = charts ? (placed(document.content, await drawn(charts)) as Content) : document.content;
    const whole = { ...document, content, footer: (page: number, pages: number) => footLine(footer, page, pages) };
    return pdfmake.createPdf(whole).getBuffer();
  };
}

function lined(size?: number): CustomTableLayout {
  return {
    hLineWidth: () => 0.6,
    vLineWidth: () => 0.6,
    hLineColor: () => lineColour,
    vLineColor: () => lineColour,
    ...(size !== undefined && { paddingTop: () => size * 0.3, paddingBottom: () => size * 0.2 }),
  };
}

function footLine({ sides, note }: SheetFooter, page: number, pages: number): Content {
  const margin: [number, number, number, number] = [sides, 16, sides, 0];
  const count = { text: `第${page}页，共${pages}页`, style: 'muted', alignment: 'right' } as const;
  if (note === undefined) return { ...count, margin };
  return {
    margin,
    columns: [
      { text: note, style: 'muted' },
      { ...count, width: 110 },
    ],
  };
}

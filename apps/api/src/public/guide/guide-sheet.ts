import type { Column, Content, TableCell } from 'pdfmake/interfaces';
import { howLong, limitInWords } from '@linli/catalogue';
import type { CatalogueEntry, Material, ServiceGuide } from '@linli/contracts';
import type { PdfSheet } from '@linli/platform';

/** What a printed guide is made of. */
export interface GuideSheet {
  readonly entry: CatalogueEntry & { readonly guide: ServiceGuide };
  /** Civil date the version was published on. */
  readonly revisedOn: string;
  readonly revisedAt: Date;
  /** The code that leads to whether this paper is still current, as a drawing; null when nobody told our address. */
  readonly code: string | null;
  readonly isLarge: boolean;
}

const colours = { heading: '#0b5394', shade: '#eef3f8', muted: '#444444' } as const;
const pageSides = 48;

/** A4, a font of our own, the six mandatory fields under headings of their own. */
export function sheetOf(sheet: GuideSheet): PdfSheet {
  const { entry, isLarge, revisedAt, revisedOn } = sheet;
  const size = isLarge ? 18 : 11;
  const document: PdfSheet['document'] = {
    pageSize: 'A4',
    pageMargins: [pageSides, 48, pageSides, 56],
    language: 'zh-CN',
    info: {
      title: `${entry.name}办事指南`,
      author: entry.department.name,
      creationDate: revisedAt,
      modDate: revisedAt,
    },
    defaultStyle: { font: 'Noto', fontSize: size, lineHeight: 1.3 },
    styles: {
      title: { fontSize: size * (isLarge ? 1.5 : 1.9), color: colours.heading },
      heading: { fontSize: size * 1.25, color: colours.heading, margin: [0, size * 0.9, 0, size * 0.25] },
      muted: { fontSize: Math.max(9, size * 0.82), color: colours.muted },
    },
    content: [top(sheet, size), ...bodyOf(entry.guide, size)],
  };
  const note = `第${entry.version}版 · ${revisedOn}修订${sheet.code ? ' · 扫首页的码可查是否最新' : ''}`;
  return { document, footer: { sides: pageSides, note } };
}

function top({ entry, code, isLarge }: GuideSheet, size: number): Content {
  const codeWidth = 92;
  return {
    columns: [
      {
        width: '*',
        stack: [
          { text: breakable(entry.name), style: 'title' },
          { text: `办事指南 · ${entry.department.name}`, style: 'muted', margin: [0, 2, 0, size * 0.6] },
          { text: breakable(entry.summary) },
        ],
      },
      ...(code === null ? [] : [codeColumn(code, codeWidth, isLarge)]),
    ],
    columnGap: 16,
  };
}

function codeColumn(code: string, width: number, isLarge: boolean): Column {
  return {
    width: width + (isLarge ? 24 : 12),
    stack: [
      { svg: code, width, alignment: 'right' },
      { text: '扫码看最新的', style: 'muted', alignment: 'right', margin: [0, 2, 0, 0] },
    ],
  };
}

function bodyOf(guide: ServiceGuide, size: number): Content[] {
  const places = [
    `地点：${guide.place}`,
    `时间：${guide.hours}`,
    `咨询电话：${guide.enquiryPhone}`,
    ...(guide.online ? ['也可以在微信上申请，不用跑。'] : []),
  ];
  const limits = [
    `${howLong(guide)}。`,
    `我们承诺：${limitInWords(guide.committedLimit)}；法律规定最长：${limitInWords(guide.statutoryLimit)}。`,
  ];
  return [
    ...part('谁能办（受理条件）', [guide.audience, ...listed(guide.conditions)]),
    ...materialsPart(guide, size),
    ...part('怎么办（办理流程）', [
      ...guide.steps.map((step, at) => `第${at + 1}步　${step}`),
      `办好以后您拿到：${guide.result}`,
    ]),
    ...part('多久办好（办理时限）', limits),
    ...part('收费', [guide.fee]),
    ...part('去哪里办', places),
    ...part('依据（设定依据）', listed(guide.basis)),
    ...part('不满意打电话（监督投诉）', [`投诉电话：${guide.complaintPhone}`]),
  ];
}

/** A heading and its lines; the heading is never left alone at the foot of a page. */
function part(title: string, lines: readonly string[]): Content[] {
  const [first = '', ...others] = lines;
  return [
    { stack: [{ text: title, style: 'heading' }, breakable(first)], unbreakable: true },
    ...others.map((line): Content => ({ text: breakable(line), margin: [0, 2, 0, 0] })),
  ];
}

const listed = (lines: readonly string[]): string[] => lines.map((line) => `· ${line}`);

function materialsPart({ materials, situations = [] }: ServiceGuide, size: number): Content[] {
  const title = '要带的材料（申请材料）';
  if (materials.length === 0) return part(title, ['不用带材料。']);
  const names = new Map(materials.map((one) => [one.id, one.name]));
  return [
    { text: title, style: 'heading' },
    materialsTable(materials, size),
    ...situations.map((one): Content => ({
      text: breakable(`${one.name}：带${one.materials.flatMap((id) => names.get(id) ?? []).join('、')}`),
      margin: [0, 4, 0, 0],
    })),
  ];
}

function materialsTable(materials: readonly Material[], size: number): Content {
  const heads = ['材料', '谁开的', '份数', '后补'].map((text): TableCell => ({
    text,
    fillColor: colours.shade,
    color: colours.heading,
  }));
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: ['*', size * 8, size * 3, size * 3.4],
      body: [heads, ...materials.map(rowOf)],
    },
    layout: size > 11 ? 'roomy' : 'tight',
  };
}

function rowOf({ name, required, note, acceptedWhen, issuedBy, copies = 1, deferrable }: Material): TableCell[] {
  const notes = [required ? '' : '有的人不用带', note ?? '', acceptedWhen ?? ''].filter((one) => one !== '');
  const notesLine: Content[] = notes.length === 0 ? [] : [{ text: breakable(notes.join('；')), style: 'muted' }];
  return [
    { stack: [breakable(name), ...notesLine] },
    breakable(issuedBy),
    `${copies}份`,
    deferrable ? '可以' : '不可以',
  ];
}

/** Long runs of figures or letters may be broken too; Chinese breaks by itself. */
function breakable(text: string): string {
  return text.replace(/[A-Za-z0-9]{30}(?=[A-Za-z0-9])/g, '$&\u200b');
}

import type { CatalogueEntry } from '@linli/contracts';
import { flowChartOf, wrap, type FlowBox } from './flow-chart';

const sheetWidth = 720;
const middle = 270;
const boxWidth = 400;
const lineHeight = 28;
const padding = 16;
const gap = 52;
const sideLeft = 532;
const sideWidth = 176;
const ink = '#1a1a1a';
const line = '#0b5394';
const fills = { end: '#e2efda', step: '#ffffff', decision: '#fff2cc' } as const;

interface PlacedBox {
  readonly box: FlowBox;
  readonly top: number;
  readonly height: number;
}

/** A guide's steps as a drawing: valid XML, text escaped, described for those who cannot see it. */
export function flowSvg(entry: CatalogueEntry): string | null {
  if (!entry.guide) return null;
  const chart = flowChartOf(entry.guide);
  const heading = wrap(`${entry.name}办理流程`, 26);
  const from = 40 + heading.length * 32;
  const placed = place(chart.boxes, from);
  const last = placed.at(-1);
  const height = (last ? last.top + last.height : from) + 32;
  const decision = placed.find(({ box }) => box.shape === 'decision');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${sheetWidth} ${height}" width="${sheetWidth}" height="${height}" lang="zh-CN" role="img" aria-labelledby="flow-title flow-description">`,
    `<title id="flow-title">${escape(entry.name)}办理流程</title>`,
    `<desc id="flow-description">${escape(chart.description)}</desc>`,
    `<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="${line}"/></marker></defs>`,
    `<rect width="${sheetWidth}" height="${height}" fill="#ffffff"/>`,
    `<g font-family="'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif" font-size="20" fill="${ink}">`,
    ...heading.map((words, at) =>
      text(sheetWidth / 2, 48 + at * 32, words, 'middle', ' font-size="26" font-weight="bold"'),
    ),
    ...placed.map(drawBox),
    ...placed.slice(1).flatMap((box, at) => arrowBetween(placed[at] ?? box, box)),
    ...(decision ? drawCorrection(decision, placed, chart.correction) : []),
    '</g>',
    '</svg>',
  ].join('\n');
}

function place(boxes: readonly FlowBox[], from: number): PlacedBox[] {
  const placed: PlacedBox[] = [];
  let top = from;
  for (const box of boxes) {
    const height = heightOf(box);
    placed.push({ box, top, height });
    top += height + gap;
  }
  return placed;
}

function heightOf({ shape, lines }: FlowBox): number {
  return lines.length * lineHeight + padding * (shape === 'decision' ? 3.5 : 1.25);
}

function drawBox({ box: { shape, lines }, top, height }: PlacedBox): string {
  const stroke = `fill="${fills[shape]}" stroke="${line}" stroke-width="2"`;
  const left = middle - boxWidth / 2;
  const centre = top + height / 2;
  const outline =
    shape === 'decision'
      ? `<path d="M${middle} ${top}L${middle + 150} ${centre}L${middle} ${top + height}L${middle - 150} ${centre}z" ${stroke}/>`
      : `<rect x="${left}" y="${top}" width="${boxWidth}" height="${height}" rx="${shape === 'end' ? height / 2 : 8}" ${stroke}/>`;
  return [outline, ...centred(middle, centre, lines)].join('\n');
}

/** Lines around a centre. */
function centred(x: number, y: number, lines: readonly string[]): string[] {
  const first = y - ((lines.length - 1) * lineHeight) / 2 + 7;
  return lines.map((words, at) => text(x, first + at * lineHeight, words, 'middle'));
}

function arrowBetween(from: PlacedBox, to: PlacedBox): string[] {
  const start = from.top + from.height;
  const { after } = from.box;
  return [
    `<path d="M${middle} ${start}V${to.top}" fill="none" stroke="${line}" stroke-width="2" marker-end="url(#arrow)"/>`,
    ...(after === undefined ? [] : [text(middle + 14, start + gap / 2 + 5, after, 'start', ' font-size="18"')]),
  ];
}

/** The way to the side when papers are missing, and back to where they are handed in. */
function drawCorrection(decision: PlacedBox, placed: readonly PlacedBox[], lines: readonly string[]): string[] {
  const y = decision.top + decision.height / 2;
  const height = lines.length * lineHeight + padding * 1.25;
  const back = placed[1] ?? decision;
  const backY = back.top + back.height / 2;
  const centre = sideLeft + sideWidth / 2;
  const arrow = `fill="none" stroke="${line}" stroke-width="2" marker-end="url(#arrow)"`;
  return [
    `<path d="M${middle + 150} ${y}H${sideLeft}" ${arrow}/>`,
    text((middle + 150 + sideLeft) / 2, y - 10, '缺材料', 'middle', ' font-size="18"'),
    `<rect x="${sideLeft}" y="${y - height / 2}" width="${sideWidth}" height="${height}" rx="8" fill="#fce4d6" stroke="${line}" stroke-width="2"/>`,
    ...centred(centre, y, lines),
    `<path d="M${centre} ${y - height / 2}V${backY}H${middle + boxWidth / 2}" ${arrow}/>`,
  ];
}

function text(x: number, y: number, words: string, anchor: 'start' | 'middle', more = ''): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${more}>${escape(words)}</text>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for XML, without the signs XML forbids. */
export function escape(words: string): string {
  return words
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

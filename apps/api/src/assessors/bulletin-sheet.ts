import type { Content, TableCell } from 'pdfmake/interfaces';
import {
  communityWords,
  noteOf,
  type CommunityItem,
  type Direction,
  type Heading,
  type ScoreItem,
  type ScoreSheet,
} from '@linli/assessment';
import type { Chart, PdfSheet } from '@linli/platform';
import { barChart } from './bulletin-chart';
import { lineChart, linesOf } from './bulletin-lines';

/** One direction of a bulletin: the month's sheet last, the months before it first, and what its figures are called. */
export interface BulletinPart {
  readonly sheets: readonly ScoreSheet[];
  readonly sheet: ScoreSheet;
  readonly headings: readonly Heading[];
}

/** Both directions of a month. */
export type Bulletin = Readonly<Record<Direction, BulletinPart>>;

export const directionWords = { departments: '部门', subdistricts: '街道' } as const satisfies Record<
  Direction,
  string
>;

const colours = { heading: '#0b5394', shade: '#eef3f8', muted: '#444444' } as const;
const charted = 20;
const linesMost = 60;
const linesAcross = 3;

/** 月通报 on paper: both directions with their charts, what was taken out, and how to read the figures. */
export function bulletinDocument(period: string, bulletin: Bulletin): PdfSheet {
  const { departments, subdistricts } = bulletin;
  const { status, hash, schemeVersion, communities = [] } = departments.sheet;
  const state = status === 'closed' ? '已结账' : '未结账，数字还会变';
  const document: PdfSheet['document'] = {
    pageSize: 'A4',
    pageMargins: [48, 48, 48, 56],
    language: 'zh-CN',
    info: { title: `${period}双向考核月通报` },
    defaultStyle: { font: 'Noto', fontSize: 10, lineHeight: 1.3 },
    styles: {
      title: { fontSize: 20, color: colours.heading },
      heading: { fontSize: 14, color: colours.heading, margin: [0, 12, 0, 4] },
      muted: { fontSize: 9, color: colours.muted },
    },
    content: [
      { text: '双向考核月通报', style: 'title' },
      { text: `${period} · ${state} · 口径${schemeVersion}`, style: 'muted', margin: [0, 2, 0, 6] },
      ...part('departments', departments),
      ...part('subdistricts', subdistricts),
      ...communityPart(communities),
      { text: '怎么看', style: 'heading' },
      '得分满分100。横线是95%的把握范围，越短越可靠。名次按范围的下限排，并列的名次相同。',
      '评价太少的单位不排名。没有居民评价的单位不计分。没有任何一项能一票否决。',
      '走势图里，实线是本单位，虚线是各单位的中间水平；竖的点线表示这个月起换了口径，前后不宜直接比。',
      ...(hash === undefined ? [] : [{ text: `结账校验码：${hash}`, style: 'muted', margin: [0, 6, 0, 0] } as Content]),
    ],
  };
  return {
    document,
    footer: { sides: 48 },
    charts: { ...charts('departments', departments), ...charts('subdistricts', subdistricts) },
  };
}

/** The charts of a direction under the names its content calls them by. */
function charts(direction: Direction, { sheet, sheets }: BulletinPart): Record<string, Chart> {
  if (sheet.items.length === 0) return {};
  const bars = sheet.items.slice(0, charted).map((one) => ({ ...one, name: one.subject.name }));
  const { lines, months } = linesOf(sheets.length < 2 ? [] : sheets);
  const small = lines
    .slice(0, linesMost)
    .map((line, at) => [lineName(direction, at), lineChart(line, months)] as const);
  return { [direction]: barChart(bars), ...Object.fromEntries(small) };
}

function lineName(direction: Direction, at: number): string {
  return `${direction}-${at}`;
}

function part(direction: Direction, { sheet, sheets, headings }: BulletinPart): Content[] {
  const { items, unrated, exclusions = [] } = sheet;
  const name = directionWords[direction];
  const heading: Content = { text: `${name}得分`, style: 'heading' };
  if (items.length === 0) return [heading, `这个月没有居民评价${name}。`];
  return [
    heading,
    { svg: direction, width: 480 },
    table(items),
    ...(unrated.length === 0 ? [] : [`没有收到评价：${unrated.map((one) => one.subject.name).join('、')}。`]),
    ...exclusions.map(({ ground, count, note }): Content => exclusionWords(ground, count, note)),
    ...perHeadPart(items, headings),
    ...monthsPart(direction, sheets),
  ];
}

/** Places of different size are compared by what there is to so many people. */
function perHeadPart(items: readonly ScoreItem[], headings: readonly Heading[]): Content[] {
  return headings.flatMap(({ id, name, each }): Content[] => {
    const rows = items.flatMap(({ subject, indicators }) => {
      const figure = indicators.find((one) => one.id === id);
      return figure?.rate === undefined
        ? []
        : [[subject.name, figure.rate.toFixed(2), figure.numerator, figure.denominator]];
    });
    if (each === undefined || rows.length === 0) return [];
    const heads = ['单位', `每${each}人`, '件数', '常住人口'];
    return [
      { text: `${name}（按常住人口折算）`, margin: [0, 6, 0, 2], bold: true },
      ruled(
        heads,
        ['*', 70, 70, 90],
        rows.map((row) => row.map(String)),
      ),
    ];
  });
}

/** 走势: a small line for each unit, the same scale for all. */
function monthsPart(direction: Direction, sheets: readonly ScoreSheet[]): Content[] {
  const { lines, months } = linesOf(sheets);
  if (sheets.length < 2 || lines.length === 0) return [];
  const small = lines.slice(0, linesMost).map((_line, at): Content => ({ svg: lineName(direction, at), width: 158 }));
  const rows = Array.from({ length: Math.ceil(small.length / linesAcross) }, (_, row): Content => ({
    columns: Array.from({ length: linesAcross }, (_cell, at) => small[row * linesAcross + at] ?? { text: '' }),
    columnGap: 8,
    unbreakable: true,
    margin: [0, 2, 0, 2],
  }));
  const left = lines.length - small.length;
  return [
    { text: `${directionWords[direction]}走势（${months.periods.length}个月）`, style: 'heading' },
    ...rows,
    ...(left > 0 ? [`另有${left}个单位，见表格文件。`] : []),
  ];
}

function communityPart(communities: readonly CommunityItem[]): Content[] {
  if (communities.length === 0) return [];
  return [
    { text: '社区（只计数，不计分、不排名）', style: 'heading' },
    ...communities.map((one): Content => `${one.subject.name}：${communityWords(one)}。`),
    '超出上限的部分，请交办的单位减下来。',
  ];
}

/** What does not count, said in words. */
export function exclusionWords(ground: 'rule' | 'appeal' | 'correction', count: number, note: string): string {
  if (ground === 'correction') return `${note}：${count}件，记在本月。`;
  return ground === 'appeal' ? `申诉成立，不计入：${count}件。` : `按规则不计入：${count}件。`;
}

function table(items: readonly ScoreItem[]): Content {
  const rows = items.map((item) => [
    item.rank === undefined ? '' : String(item.rank),
    item.subject.name,
    item.score.toFixed(2),
    item.interval.map((bound) => bound.toFixed(2)).join('至'),
    String(item.sample),
    noteOf(item),
  ]);
  return ruled(['名次', '单位', '得分', '95%范围', '评价数', '说明'], [30, '*', 45, 80, 40, 120], rows);
}

function ruled(heads: readonly string[], widths: (number | '*')[], rows: readonly string[][]): Content {
  const head = heads.map((text): TableCell => ({ text, fillColor: colours.shade, color: colours.heading }));
  return {
    margin: [0, 6, 0, 6],
    table: { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths, body: [head, ...rows] },
    layout: 'lined',
  };
}

import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { noteOf, type Direction, type ScoreItem, type ScoreSheet } from '@linli/assessment';
import { barChart } from './bulletin-chart';

/** Both sheets of a month. */
export type BulletinSheets = Readonly<Record<Direction, ScoreSheet>>;

export const directionWords = { departments: '部门', subdistricts: '街道' } as const satisfies Record<
  Direction,
  string
>;

const colours = { heading: '#0b5394', line: '#9aa5b1', shade: '#eef3f8', muted: '#444444' } as const;
const charted = 20;

/** 月通报 on paper: both directions with their charts, what was taken out, and how to read the figures. */
export function bulletinDocument(period: string, sheets: BulletinSheets): TDocumentDefinitions {
  const { status, hash, schemeVersion } = sheets.departments;
  const state = status === 'closed' ? '已结账' : '未结账，数字还会变';
  return {
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
      ...part('departments', sheets.departments),
      ...part('subdistricts', sheets.subdistricts),
      { text: '怎么看', style: 'heading' },
      '得分满分100。横线是95%的把握范围，越短越可靠。名次按范围的下限排，并列的名次相同。',
      '评价太少的单位不排名。没有居民评价的单位不计分。没有任何一项能一票否决。',
      ...(hash === undefined ? [] : [{ text: `结账校验码：${hash}`, style: 'muted', margin: [0, 6, 0, 0] } as Content]),
    ],
    footer: (page, pages) => ({
      text: `第${page}页，共${pages}页`,
      style: 'muted',
      alignment: 'right',
      margin: [48, 16, 48, 0],
    }),
  };
}

function part(direction: Direction, { items, unrated, exclusions = [] }: ScoreSheet): Content[] {
  const name = directionWords[direction];
  const heading: Content = { text: `${name}得分`, style: 'heading' };
  if (items.length === 0) return [heading, `这个月没有居民评价${name}。`];
  const bars = items.slice(0, charted).map((one) => ({ ...one, name: one.subject.name }));
  return [
    heading,
    { svg: barChart(bars), width: 480 },
    table(items),
    ...(unrated.length === 0 ? [] : [`没有收到评价：${unrated.map((one) => one.subject.name).join('、')}。`]),
    ...exclusions.map(({ ground, count, note }): Content => exclusionWords(ground, count, note)),
  ];
}

/** What does not count, said in words. */
export function exclusionWords(ground: 'rule' | 'appeal' | 'correction', count: number, note: string): string {
  if (ground === 'correction') return `${note}：${count}件，记在本月。`;
  return ground === 'appeal' ? `申诉成立，不计入：${count}件。` : `按规则不计入：${count}件。`;
}

function table(items: readonly ScoreItem[]): Content {
  const heads = ['名次', '单位', '得分', '95%范围', '评价数', '说明'];
  const head = heads.map((text): TableCell => ({ text, fillColor: colours.shade, color: colours.heading }));
  const rows = items.map((item): TableCell[] => [
    item.rank === undefined ? '' : String(item.rank),
    item.subject.name,
    item.score.toFixed(2),
    item.interval.map((bound) => bound.toFixed(2)).join('至'),
    String(item.sample),
    noteOf(item),
  ]);
  return {
    margin: [0, 6, 0, 6],
    table: { headerRows: 1, dontBreakRows: true, widths: [30, '*', 45, 80, 40, 120], body: [head, ...rows] },
    layout: {
      hLineWidth: () => 0.6,
      vLineWidth: () => 0.6,
      hLineColor: () => colours.line,
      vLineColor: () => colours.line,
    },
  };
}

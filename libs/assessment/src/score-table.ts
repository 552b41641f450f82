import { communityWords } from './communities';
import type { IndicatorFigure, ScoreItem, ScoreSheet } from './score-sheet';

const statusWords = { open: '未结账', closed: '已结账' } as const;

/** An indicator as a heading. */
export interface Heading {
  readonly id: string;
  readonly name: string;
  /** Of figures per head: to how many people. */
  readonly each?: number;
}

/** The sheet as rows of a spreadsheet, header first, one row per subject. */
export function scoreTable(sheet: ScoreSheet, indicators: readonly Heading[]): string[][] {
  const shown = indicators.filter(({ id }) => sheet.items.some((item) => item.indicators.some((one) => one.id === id)));
  const head = [sheet.period, statusWords[sheet.status], sheet.schemeVersion];
  return [
    headerRow(shown),
    ...sheet.items.map((item) => [...head, ...itemCells(item, shown)]),
    ...sheet.unrated.map(({ subject, serviceEvents }) => [
      ...[...head, '', subject.name, subject.id, '', '', '', '0'],
      ...shown.flatMap((one) => cellsOf(one, undefined)),
      `服务${serviceEvents}次，没有收到评价，不计分`,
    ]),
    ...(sheet.communities ?? []).map((community) => [
      ...[...head, '', community.subject.name, community.subject.id, '', '', '', ''],
      ...shown.flatMap((one) => cellsOf(one, undefined)),
      `社区只计数，不计分、不排名：${communityWords(community)}`,
    ]),
  ];
}

function headerRow(shown: readonly Heading[]): string[] {
  return [
    ...['月份', '状态', '口径版本', '名次', '单位', '单位编号', '得分', '得分下限（95%）', '得分上限（95%）', '评价数'],
    ...shown.flatMap(({ name, each }) => [
      ...(each === undefined ? [name] : [`${name}（每${each}人）`, `${name}折算`]),
      ...[`${name}分子`, `${name}分母`],
    ]),
    '说明',
  ];
}

function itemCells(item: ScoreItem, shown: readonly Heading[]): string[] {
  return [
    item.rank === undefined ? '' : String(item.rank),
    item.subject.name,
    item.subject.id,
    item.score.toFixed(2),
    item.interval[0].toFixed(2),
    item.interval[1].toFixed(2),
    String(item.sample),
    ...shown.flatMap((heading) =>
      cellsOf(
        heading,
        item.indicators.find((one) => one.id === heading.id),
      ),
    ),
    noteOf(item),
  ];
}

function cellsOf({ each }: Heading, figure: IndicatorFigure | undefined): string[] {
  if (!figure) return each === undefined ? ['', '', ''] : ['', '', '', ''];
  const { rate = 0, value, numerator, denominator } = figure;
  return [
    ...(each === undefined ? [] : [rate.toFixed(2)]),
    ...[value.toFixed(4), String(numerator), String(denominator)],
  ];
}

/** What a reader must know of a row. */
export function noteOf(item: ScoreItem): string {
  if (item.rank !== undefined) return '';
  return item.shrunk ? '评价太少，不排名，得分已向全区平均靠拢' : '评价太少，不排名';
}

import { stringify } from 'csv-stringify/sync';
import { indicatorName } from './scheme';
import type { IndicatorFigure, ScoreItem, ScoreSheet } from './score-sheet';

const statusWords = { open: '未结账', closed: '已结账' } as const;

/** The sheet as a file that spreadsheet programs open: UTF-8 with a mark, formulas disarmed, one row per subject. */
export function scoresCsv(sheet: ScoreSheet): string {
  const figures = sheet.items[0]?.indicators ?? [];
  const head = [sheet.period, statusWords[sheet.status], sheet.schemeVersion];
  const rows = [
    headerRow(sheet, figures),
    ...sheet.items.map((item) => [...head, ...itemCells(item)]),
    ...sheet.unrated.map(({ subject, serviceEvents }) => [
      ...head,
      '',
      subject.name,
      subject.id,
      '',
      '',
      '',
      '0',
      ...figures.flatMap(() => ['', '', '']),
      `服务${serviceEvents}次，没有收到评价，不计分`,
    ]),
  ];
  return stringify(rows, { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

function headerRow(sheet: ScoreSheet, figures: readonly IndicatorFigure[]): string[] {
  return [
    '月份',
    '状态',
    '口径版本',
    '名次',
    '单位',
    '单位编号',
    '得分',
    '得分下限（95%）',
    '得分上限（95%）',
    '评价数',
    ...figures
      .map(({ id }) => indicatorName(sheet.schemeVersion, id))
      .flatMap((name) => [name, `${name}分子`, `${name}分母`]),
    '说明',
  ];
}

function itemCells(item: ScoreItem): string[] {
  return [
    item.rank === undefined ? '' : String(item.rank),
    item.subject.name,
    item.subject.id,
    item.score.toFixed(2),
    item.interval[0].toFixed(2),
    item.interval[1].toFixed(2),
    String(item.sample),
    ...item.indicators.flatMap(({ value, numerator, denominator }) => [
      value.toFixed(4),
      String(numerator),
      String(denominator),
    ]),
    item.rank === undefined ? '评价太少，不排名' : '',
  ];
}

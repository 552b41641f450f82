import type { ScoreSheet } from '@linli/assessment';
import type { Chart } from '@linli/platform';

/** One unit's scores over months, oldest first; null where it had none. */
export interface Line {
  readonly name: string;
  readonly scores: readonly (number | null)[];
}

/** What all lines of a direction share: the months, the middle of all units, and where the scheme changed. */
export interface Months {
  readonly periods: readonly string[];
  readonly middle: readonly (number | null)[];
  /** Places of months that are reckoned by another scheme than the month before. */
  readonly changes: readonly number[];
}

const width = 158;
const height = 74;
const sides = { left: 20, right: 8, top: 16, bottom: 14 };
const nameWidth = 92;

/** The lines of all units of the last sheet, in its order, and what they share. */
export function linesOf(sheets: readonly ScoreSheet[]): { readonly lines: Line[]; readonly months: Months } {
  const scores = sheets.map((sheet) => new Map(sheet.items.map(({ subject, score }) => [subject.id, score])));
  const lines = (sheets.at(-1)?.items ?? []).map(({ subject: { id, name } }) => ({
    name,
    scores: scores.map((of) => of.get(id) ?? null),
  }));
  const changes = sheets.flatMap(({ schemeVersion }, at) =>
    at > 0 && sheets[at - 1]?.schemeVersion !== schemeVersion ? [at] : [],
  );
  return {
    lines,
    months: {
      periods: sheets.map(({ period }) => period),
      middle: scores.map((of) => middleOf([...of.values()])),
      changes,
    },
  };
}

/** The median; null of nothing. */
export function middleOf(scores: readonly number[]): number | null {
  const sorted = scores.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** One unit over the months, beside the middle of all, which is dashed: nothing is told by colour alone. */
export function lineChart(line: Line, months: Months): Chart {
  const option = { title: titles(line), ...axes(months.periods), series: series(line, months) };
  return { width, height, option };
}

type Option = Chart['option'];

/** The name, cut where it is too long, and the last score. */
function titles({ name, scores }: Line): NonNullable<Option['title']> {
  const last = scores.at(-1) ?? null;
  const text = { color: '#000000', fontSize: 8, fontWeight: 'normal' } as const;
  const cut = { width: nameWidth, overflow: 'truncate', ellipsis: '…' } as const;
  const place = { top: 0, padding: 0 };
  return [
    { ...place, left: 0, text: name, textStyle: { ...text, ...cut } },
    { ...place, right: sides.right, text: last === null ? '—' : last.toFixed(2), textStyle: text },
  ];
}

/** The first month and the last are named; the second axis is as wide in numbers, since a change lies between months. */
function axes(periods: readonly string[]): Pick<Option, 'grid' | 'xAxis' | 'yAxis'> {
  const ruler = { color: '#444444', fontSize: 6 };
  const bare = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  const ends = { interval: periods.length - 2, alignMinLabel: 'left', alignMaxLabel: 'right', margin: 4 } as const;
  return {
    grid: { ...sides, outerBoundsMode: 'none' },
    xAxis: [
      { ...bare, type: 'category', data: [...periods], boundaryGap: false, axisLabel: { ...ruler, ...ends } },
      { ...bare, type: 'value', min: 0, max: periods.length - 1, position: 'bottom', axisLabel: { show: false } },
    ],
    yAxis: {
      ...{ ...bare, type: 'value', min: 0, max: 100, interval: 50, axisLabel: { ...ruler, margin: 3 } },
      splitLine: { lineStyle: { color: '#d5dbe1', width: 0.5 } },
    },
  };
}

/** A line is broken where a month has no score; what stands alone is still a dot. */
function series({ scores }: Line, { middle, changes }: Months): NonNullable<Option['series']> {
  const colour = '#0b5394';
  const dots = { symbol: 'circle', symbolSize: 2.8, showAllSymbol: true, itemStyle: { color: colour, borderWidth: 0 } };
  return [
    { type: 'line', data: [...middle], symbol: 'none', lineStyle: { color: '#5f6b7a', width: 0.7, type: [3, 2] } },
    { ...dots, type: 'line', data: [...scores], lineStyle: { color: colour, width: 1.3 } },
    {
      ...{ type: 'line', xAxisIndex: 1, data: [] },
      markLine: {
        ...{ symbol: 'none', label: { show: false } },
        lineStyle: { color: '#7a2e00', width: 0.6, type: [1, 2] },
        data: changes.map((month) => ({ xAxis: month - 0.5 })),
      },
    },
  ];
}

import type { Chart } from '@linli/platform';

/** One line of a bar chart: a name, a score of 100, and the interval it lies in. */
export interface Bar {
  readonly name: string;
  readonly score: number;
  readonly interval: readonly [number, number];
}

const width = 500;
const rowHeight = 18;
const nameWidth = 150;
const figureWidth = 50;
const rulerHeight = 18;

/** Scores as bars with their intervals; the figure stands beside each, so that nothing is told by colour alone. */
export function barChart(bars: readonly Bar[]): Chart {
  const text = { color: '#000000', fontSize: 10 };
  const rows = { type: 'category', inverse: true, axisLine: { show: false }, axisTick: { show: false } } as const;
  const named = { ...text, interval: 0, width: nameWidth - 12, overflow: 'truncate', ellipsis: '…' } as const;
  return {
    width,
    height: bars.length * rowHeight + rulerHeight,
    option: {
      grid: { left: nameWidth, right: figureWidth, top: 2, bottom: rulerHeight - 2, outerBoundsMode: 'none' },
      xAxis: {
        ...{ type: 'value', min: 0, max: 100, interval: 50 },
        axisLabel: { color: '#444444', fontSize: 8, margin: 4 },
        splitLine: { lineStyle: { color: '#d5dbe1', width: 0.5 } },
      },
      yAxis: [
        { ...rows, data: bars.map(({ name }) => name), axisLabel: { ...named, margin: 6 } },
        {
          ...{ ...rows, position: 'right', data: bars.map(({ score }) => score.toFixed(2)) },
          axisLabel: { ...text, interval: 0, margin: 6 },
        },
      ],
      series: {
        ...{ type: 'bar', data: bars.map(({ score }) => score), barWidth: 12, itemStyle: { color: '#9fc5e8' } },
        markLine: {
          ...{ symbol: 'rect', symbolSize: [7, 1.5], label: { show: false } },
          lineStyle: { type: 'solid', color: '#7a2e00', width: 1.5 },
          data: bars.map(({ interval: [low, high] }, at) => [{ coord: [low, at] }, { coord: [high, at] }]),
        },
      },
    },
  };
}

import { drawn, placed } from './charts';

const line = { width: 120, height: 60, option: { xAxis: { type: 'category' as const }, yAxis: {} } };
const series = (data: (number | null)[]): object => ({
  type: 'line',
  data,
  symbol: 'none',
  lineStyle: { color: '#0b5394' },
});

describe('charts', () => {
  it('are drawn in the font of the sheet, with names escaped and lines broken where nothing is', async () => {
    const option = { ...line.option, title: { text: '<甲&乙>' }, series: series([1, 2, null, 3, 4]) };
    const drawing = (await drawn({ one: { ...line, option } })).get('one')!;
    expect(drawing).toMatch(/^<svg width="120" height="60"/);
    expect(drawing).toContain('&lt;甲&amp;乙&gt;');
    expect(new Set(drawing.match(/font-family:[^;"]+/g))).toEqual(new Set(['font-family:Noto']));
    const path = /<path d="([^"]+)"[^>]*stroke="#0b5394"/.exec(drawing)?.[1];
    expect(path?.match(/M/g)).toHaveLength(2);
  });

  it('come where the content names them, at any depth, and nothing else changes', () => {
    const drawings = new Map([['one', '<svg/>']]);
    const content = ['one', { columns: [{ svg: 'one', width: 80 }, { svg: '<svg>own</svg>' }], margin: [0, 1, 0, 1] }];
    expect(placed(content, drawings)).toEqual([
      'one',
      { columns: [{ svg: '<svg/>', width: 80 }, { svg: '<svg>own</svg>' }], margin: [0, 1, 0, 1] },
    ]);
  });
});

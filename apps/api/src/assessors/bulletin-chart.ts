/** One line of a bar chart: a name, a score of 100, and the interval it lies in. */
export interface Bar {
  readonly name: string;
  readonly score: number;
  readonly interval: readonly [number, number];
}

const rowHeight = 18;
const nameWidth = 150;
const barWidth = 300;
const figureWidth = 50;
const shown = 12;

/** Scores as bars with their intervals; the figure stands beside each, so that nothing is told by colour alone. */
export function barChart(bars: readonly Bar[]): string {
  const width = nameWidth + barWidth + figureWidth;
  const height = Math.max(1, bars.length) * rowHeight + 8;
  const rows = bars.map((bar, at) => row(bar, 4 + at * rowHeight)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Noto" font-size="10">${rows}</svg>`;
}

function row({ name, score, interval: [low, high] }: Bar, top: number): string {
  const middle = top + rowHeight / 2;
  const at = (points: number): string => (nameWidth + (points / 100) * barWidth).toFixed(1);
  const text = name.length > shown ? `${name.slice(0, shown - 1)}…` : name;
  return [
    `<text x="${nameWidth - 6}" y="${middle + 3}" text-anchor="end">${escaped(text)}</text>`,
    `<rect x="${nameWidth}" y="${top + 3}" width="${((score / 100) * barWidth).toFixed(1)}" height="${rowHeight - 6}" fill="#9fc5e8"/>`,
    `<line x1="${at(low)}" y1="${middle}" x2="${at(high)}" y2="${middle}" stroke="#7a2e00" stroke-width="1.5"/>`,
    `<text x="${nameWidth + barWidth + 6}" y="${middle + 3}">${score.toFixed(2)}</text>`,
  ].join('');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

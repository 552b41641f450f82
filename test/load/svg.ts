import { writeFileSync } from 'node:fs';
import type { Machine } from './machine';
import { inWords } from './machine';

/** One line of the picture: how much a shape of the product carries, and how long its answers take. */
export interface Measured {
  readonly name: string;
  readonly perSecond: number;
  /** Milliseconds; null where only a rate was measured. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
}

const rowHeight = 34;
const left = 250;
const barWidth = 260;
const gap = 90;
const colours = ['#2f6f4f', '#7fb08d', '#c9ddcb'];

/** Writes bars of messages a second, and beside them p50, p95 and p99, one line per measurement. */
export function writeSvg(path: string, measured: readonly Measured[], machine: Machine): void {
  const mostRate = Math.max(1, ...measured.map((one) => one.perSecond));
  const mostMs = Math.max(1, ...measured.map((one) => one.latency?.p99 ?? 0));
  const width = left + barWidth * 2 + gap + 110;
  const height = 70 + measured.length * rowHeight + 30;
  const rows = measured.map((one, at) => row(one, 66 + at * rowHeight, mostRate, mostMs));
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    label(left, 40, 'messages per second', 'font-weight="bold"'),
    label(left + barWidth + gap, 40, 'milliseconds: p50, p95, p99', 'font-weight="bold"'),
    ...rows,
    label(10, height - 12, inWords(machine), 'font-size="11" fill="#666"'),
    '</svg>',
  ];
  writeFileSync(path, `${text.join('\n')}\n`);
}

function row(one: Measured, y: number, mostRate: number, mostMs: number): string {
  const rate = (one.perSecond / mostRate) * barWidth;
  const parts = [
    label(10, y + 14, one.name),
    bar(left, y, rate, 18, 0),
    label(left + rate + 6, y + 14, one.perSecond.toFixed(0)),
  ];
  const { latency } = one;
  if (!latency) return parts.join('');
  const x = left + barWidth + gap;
  const percentiles = [latency.p99, latency.p95, latency.p50];
  parts.push(...percentiles.map((ms, at) => bar(x, y, (ms / mostMs) * barWidth, 18, 2 - at)));
  const words = [...percentiles].reverse().map((ms) => ms.toFixed(ms < 10 ? 1 : 0));
  parts.push(label(x + (latency.p99 / mostMs) * barWidth + 6, y + 14, words.join(' / ')));
  return parts.join('');
}

function bar(x: number, y: number, width: number, height: number, shade: number): string {
  return `<rect x="${x}" y="${y}" width="${width.toFixed(1)}" height="${height}" fill="${colours[shade] ?? '#000'}"/>`;
}

function label(x: number, y: number, words: string, style = ''): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y}" ${style}>${safe}</text>`;
}

import { chineseNumber } from './digits';

const number = /[-−]?(?:\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+)/g;
const scale: Readonly<Record<string, number>> = { 万: 10_000, 千: 1000, 百: 100, 亿: 100_000_000 };

/** The one number a text names, with or without a unit (`80岁`, `3.5万元`, `一百二十平`); null when there is none or more than one. */
export function readAmount(text: string): number | null {
  const said = text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/第|^(?:约|大约|大概|差不多)/g, '');
  if (/几|(?<=[\d十百千万])多/.test(said)) return null;
  const found = [...said.matchAll(number)];
  const [only] = found;
  if (!only) return null;
  const rest = said.slice(only.index + only[0].length);
  const base = valueOf(only[0]);
  if (base === null) return null;
  const factor = /^\d/.test(only[0].replace(/^[-−]/, '')) ? (scale[rest.slice(0, 1)] ?? 1) : 1;
  // `3万` is one number although 万 could begin another.
  const others = found.length - 1 - (factor > 1 ? 1 : 0);
  return others > 0 ? null : rounded(base * factor);
}

function valueOf(text: string): number | null {
  const sign = /^[-−]/.test(text) ? -1 : 1;
  const body = text.replace(/^[-−]/, '');
  const value = /^\d/.test(body) ? Number(body.replaceAll(',', '')) : chineseNumber(body);
  return value === null || !Number.isFinite(value) || Math.abs(value) > 1e12 ? null : sign * value;
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

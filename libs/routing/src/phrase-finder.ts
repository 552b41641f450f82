import { type Saying } from './lexicon/saying';

/** Where a saying stands in a text: one span a part. */
export interface Found<T extends Saying> {
  readonly saying: T;
  readonly spans: readonly (readonly [start: number, end: number])[];
}

/** Finds sayings in a text. */
export type PhraseFinder<T extends Saying> = (text: string) => Found<T>[];

const gap = 12;
const sentenceEnd = /[。！？!?;；\n]/;

function nextPart(text: string, part: string, from: number): number {
  const at = text.indexOf(part, from);
  if (at < 0 || at - from > gap || sentenceEnd.test(text.slice(from, at))) return -1;
  return at;
}

function completed<T extends Saying>(text: string, saying: T, start: number): Found<T> | undefined {
  const spans: [number, number][] = [];
  let at = start;
  for (const part of saying.parts) {
    const found = spans.length === 0 ? start : nextPart(text, part, at);
    if (found < 0) return undefined;
    at = found + part.length;
    spans.push([found, at]);
  }
  return { saying, spans };
}

/** What sayings are looked up by: their first two characters, or the only one their first part has. */
function beginning(text: string, at: number, length: 1 | 2): number {
  return length === 1 ? text.charCodeAt(at) : text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1);
}

/** Builds a finder over many sayings; a text is walked once, each saying is reported once, at its first place. */
export function buildPhraseFinder<T extends Saying>(sayings: readonly T[]): PhraseFinder<T> {
  const byBeginning = new Map<number, T[]>();
  for (const saying of sayings) {
    const [first = ''] = saying.parts;
    const key = beginning(first, 0, first.length > 1 ? 2 : 1);
    const known = byBeginning.get(key);
    if (known === undefined) byBeginning.set(key, [saying]);
    else known.push(saying);
  }
  const firsts = new Uint8Array(0x10000);
  for (const { parts } of sayings) firsts[parts[0]?.charCodeAt(0) ?? 0] = 1;
  return (text) => {
    const found = new Map<T, Found<T>>();
    const look = (begun: readonly T[] | undefined, start: number): void => {
      for (const saying of begun ?? []) {
        if (found.has(saying) || !text.startsWith(saying.parts[0] ?? '', start)) continue;
        const whole = completed(text, saying, start);
        if (whole !== undefined) found.set(saying, whole);
      }
    };
    for (let start = 0; start < text.length; start += 1) {
      if (firsts[text.charCodeAt(start)] === 0) continue;
      look(byBeginning.get(beginning(text, start, 2)), start);
      look(byBeginning.get(beginning(text, start, 1)), start);
    }
    return Array.from(found.values());
  };
}

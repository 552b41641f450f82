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

/** Builds a finder over many sayings; a text is walked once, each saying is reported once, at its first place. */
export function buildPhraseFinder<T extends Saying>(sayings: readonly T[]): PhraseFinder<T> {
  const byFirst = new Map<string, T[]>();
  for (const saying of sayings) {
    const first = saying.parts[0]?.charAt(0) ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), saying]);
  }
  return (text) => {
    const found = new Map<T, Found<T>>();
    for (let start = 0; start < text.length; start += 1) {
      for (const saying of byFirst.get(text.charAt(start)) ?? []) {
        if (found.has(saying) || !text.startsWith(saying.parts[0] ?? '', start)) continue;
        const whole = completed(text, saying, start);
        if (whole !== undefined) found.set(saying, whole);
      }
    }
    return Array.from(found.values());
  };
}

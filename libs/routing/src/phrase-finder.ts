import { type Saying } from './lexicon/saying';
import { buildPairTable, type PairTable } from './pair-table';

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

/** Sayings by the first two characters of their first part, the second 0 where there is only one. */
interface Beginnings<T> {
  readonly table: PairTable;
  readonly lists: readonly (readonly T[])[];
  /** One bit for each `markOf` two characters: whether a saying may begin with them; small enough to be always at hand. */
  readonly marks: Uint8Array;
}

const markCount = 0x20000;

function markOf(first: number, second: number): number {
  return (Math.imul(first, 31) + Math.imul(second, 0x9e3b)) & (markCount - 1);
}

function beginningsOf<T extends Saying>(sayings: readonly T[]): Beginnings<T> {
  const places = new Map<string, number>();
  const lists: T[][] = [];
  for (const saying of sayings) {
    const start = (saying.parts[0] ?? '').slice(0, 2);
    const place = places.get(start) ?? lists.push([]) - 1;
    places.set(start, place);
    lists[place]?.push(saying);
  }
  const marks = new Uint8Array(markCount >> 3);
  const pairs = Array.from(places, ([start, place]): [number, number, number] => {
    const second = start.length > 1 ? start.charCodeAt(1) : 0;
    const mark = markOf(start.charCodeAt(0), second);
    marks[mark >> 3] = (marks[mark >> 3] ?? 0) | (1 << (mark & 7));
    return [start.charCodeAt(0), second, place];
  });
  return { table: buildPairTable(pairs), lists, marks };
}

/** Builds a finder over many sayings; a text is walked once, each saying is reported once, at its first place. */
export function buildPhraseFinder<T extends Saying>(sayings: readonly T[]): PhraseFinder<T> {
  const { table, lists, marks } = beginningsOf(sayings);
  const look = (text: string, start: number, second: number, found: Found<T>[]): void => {
    const first = text.charCodeAt(start);
    const mark = markOf(first, second);
    if (((marks[mark >> 3] as number) & (1 << (mark & 7))) === 0) return;
    for (const saying of lists[table.get(first, second)] ?? []) {
      if (!text.startsWith(saying.parts[0] ?? '', start) || found.some((one) => one.saying === saying)) continue;
      const whole = completed(text, saying, start);
      if (whole !== undefined) found.push(whole);
    }
  };
  return (text) => {
    const found: Found<T>[] = [];
    for (let start = 0; start < text.length; start += 1) {
      if (start + 1 < text.length) look(text, start, text.charCodeAt(start + 1), found);
      look(text, start, 0, found);
    }
    return found;
  };
}

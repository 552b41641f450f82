import { Converter } from 'opencc-js';

const simplify = Converter({ from: 'tw', to: 'cn' });
const decoration =
  /[\p{Extended_Pictographic}\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\u20e3\p{Cc}\p{Cs}]/gu;
/** Pictures as the chat client writes them out: `[微笑]`. */
const pictureName = /\[[\p{Script=Han}A-Za-z]{1,6}\]/gu;

/** A text made plain, each of its characters still knowing which piece of the resident's own text it came from. */
export interface Reading {
  readonly text: string;
  /** As long as `text`; a string where every piece is one character. */
  readonly source: string | readonly string[];
}

function piecesOf(source: Reading['source'], start: number, end?: number): readonly string[] {
  const pieces = source.slice(start, end);
  return typeof pieces === 'string' ? pieces.split('') : pieces;
}

function written(source: Reading['source'], start?: number, end?: number): string {
  const pieces = source.slice(start, end);
  return typeof pieces === 'string' ? pieces : pieces.join('');
}

/** All of what a reading was made from, as it was written. */
export function writtenOf({ source }: Reading): string {
  return written(source);
}

/** A stretch of a reading and what it is to be read as. */
export interface Rewording {
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

/** By character code, 0 while unknown: 1 means the same in both scripts, 2 does not. The full conversion is slow. */
const scripts = new Uint8Array(0x10000);

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (scripts[code] === 0) scripts[code] = simplify(text.charAt(at)) === text.charAt(at) ? 1 : 2;
    if (scripts[code] === 2) return false;
  }
  return true;
}

function toSimplified(tidy: string): string {
  if (isPlain(tidy)) return tidy;
  const simplified = simplify(tidy);
  // The alignment of text and source rests on equal lengths, so a text that would lose it is turned character by character.
  return simplified.length === tidy.length ? simplified : Array.from(tidy, (one) => simplify(one)).join('');
}

/** By character code, 0 while unknown: what a character becomes on its own, or `special` when it cannot be told on its own. */
const becomes = new Uint16Array(0x10000);
const special = 0xffff;
const simple = /^[\p{Script=Han}a-z0-9 ,.!?;:()"'。、~《》“”-]$/u;

function becoming(code: number): number {
  const known = becomes[code] ?? 0;
  if (known !== 0) return known;
  const character = String.fromCharCode(code);
  const tidy = character.normalize('NFKC');
  const plain = simple.test(tidy) && isPlain(tidy) && !decoration.test(character) ? tidy.charCodeAt(0) : special;
  decoration.lastIndex = 0;
  becomes[code] = plain;
  return plain;
}

/** The plain form of a text whose characters each become one other, as those of nearly all texts do; undefined of any other. */
function quickly(text: string): string | undefined {
  let plain = '';
  let blank = true;
  let same = 0;
  for (let at = 0; at < text.length; at += 1) {
    const own = text.charCodeAt(at);
    const code = becoming(own);
    if (code === special) return undefined;
    const second = blank && code === 32;
    blank = code === 32;
    if (code === own && !second) continue;
    plain += text.slice(same, at);
    if (!second) plain += String.fromCharCode(code);
    same = at + 1;
  }
  return (plain + text.slice(same)).trimEnd();
}

/** Makes a text plain: one form of each character (NFKC), simplified script, lower case, no emoji, single blanks. */
export function normalise(text: string): Reading {
  const quick = quickly(text);
  if (quick !== undefined) return { text: quick, source: quick };
  const tidy = text.normalize('NFKC').replace(decoration, ' ').replace(pictureName, ' ').replace(/\s+/g, ' ').trim();
  const plain = toSimplified(tidy).toLowerCase();
  return { text: plain, source: plain.length === tidy.length ? tidy : plain };
}

/** The resident's own words behind a stretch of a reading; a word that was read as another is quoted whole. */
export function quote({ source }: Reading, start: number, end: number): string {
  let first = start;
  let last = end;
  while (first > 0 && source[first] === '') first -= 1;
  while (last < source.length && source[last] === '') last += 1;
  return written(source, first, last).trim();
}

/** The stretch of a reading as a reading of its own. */
export function cutOut(reading: Reading, start: number, end: number): Reading {
  return { text: reading.text.slice(start, end), source: reading.source.slice(start, end) };
}

/** Reads stretches as other words; they are in order and do not overlap. The first character of each stands for all of its source. */
export function reword(reading: Reading, rewordings: readonly Rewording[]): Reading {
  if (rewordings.length === 0) return reading;
  let text = '';
  const source: string[] = [];
  let at = 0;
  for (const { start, end, words } of rewordings) {
    text += reading.text.slice(at, start) + words;
    source.push(...piecesOf(reading.source, at, start), written(reading.source, start, end));
    for (let more = 1; more < words.length; more += 1) source.push('');
    at = end;
  }
  source.push(...piecesOf(reading.source, at));
  return { text: text + reading.text.slice(at), source };
}

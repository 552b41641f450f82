import { reword, type Reading, type Rewording } from './normalise';
import { type Segmenter } from './segmenter';
import { foldSound, soundOf, soundsOf } from './syllables';

/** Reads words written with characters of the same sound as the words that were meant (`深请` as `申请`). */
export type HomophoneReader = (reading: Reading) => Reading;

const lengths = [5, 4, 3, 2] as const;
const commonPair = 3;
/** A slip is at least this many times rarer than what was meant. */
const slipRatio = 8;
/** Characters that stand alone in right sentences, so that standing alone says nothing against them. */
const small = new Set(
  '的了是不我你他她它有在也要人来这那就说还都和与及给把被让去到上下里外大小多少好几个只没过着很太又再能会可想问请吗呢吧啊',
);

function bySound(words: Iterable<string>): Map<string, string> {
  const sounds = new Map<string, string>();
  for (const word of words) {
    if (word.length < 2 || word.length > 5) continue;
    for (const sound of soundsOf(word, ' ')) {
      const heard = foldSound(sound);
      if (!sounds.has(heard)) sounds.set(heard, word);
    }
  }
  return sounds;
}

/** The lengths of the words that begin at each character; 0 inside a word. */
function wordStarts(text: string, segment: Segmenter): number[] {
  return segment(text).flatMap((word) => Array.from({ length: word.length }, (_, at) => (at === 0 ? word.length : 0)));
}

/** Whether a word may stand for whole words of a text: no changed character had a neighbour to lean on. */
function mayReplace(word: string, text: string, start: number, starts: readonly number[]): boolean {
  let changes = 0;
  for (let at = start; at < start + word.length; at += 1) {
    if (text.charAt(at) === word.charAt(at - start)) continue;
    if (starts[at] !== 1 || small.has(text.charAt(at))) return false;
    changes += 1;
  }
  return changes > 0 && changes <= word.length / 2;
}

/** Whether one of the characters of a stretch stands alone, so that it may be a slip. */
function holdsLoner(text: string, start: number, end: number, starts: readonly number[]): boolean {
  for (let at = start; at < end; at += 1) if (starts[at] === 1 && !small.has(text.charAt(at))) return true;
  return false;
}

/** Whether people write a stretch on purpose: its pairs are common, and not just common slips for the pairs of `word`. */
function isMeant(stretch: string, word: string, pairs: ReadonlyMap<string, number>): boolean {
  for (let at = 0; at + 1 < stretch.length; at += 1) {
    const count = pairs.get(stretch.slice(at, at + 2)) ?? 0;
    if (count < commonPair || count * slipRatio < (pairs.get(word.slice(at, at + 2)) ?? 0)) return false;
  }
  return true;
}

/** A reader that knows the given words; `pairs` tells how common pairs of characters are. */
export function buildHomophoneReader(
  words: ReadonlySet<string>,
  pairs: ReadonlyMap<string, number>,
  segment: Segmenter,
): HomophoneReader {
  const sounds = bySound(words);
  const rewordingAt = (text: string, start: number, starts: readonly number[]): Rewording | number => {
    if (starts[start] === 0) return start + 1;
    for (const length of lengths) {
      const end = start + length;
      if (end > text.length || starts[end] === 0 || !holdsLoner(text, start, end, starts)) continue;
      const stretch = text.slice(start, end);
      if (words.has(stretch)) return end;
      const word = sounds.get(Array.from(stretch, (one) => soundOf(one) ?? '?').join(' '));
      if (word === undefined || isMeant(stretch, word, pairs) || !mayReplace(word, text, start, starts)) continue;
      return { start, end, words: word };
    }
    return start + 1;
  };
  return (reading) => {
    const { text } = reading;
    const starts = wordStarts(text, segment);
    const rewordings: Rewording[] = [];
    for (let at = 0; at < text.length;) {
      const found = rewordingAt(text, at, starts);
      if (typeof found !== 'number') rewordings.push(found);
      at = typeof found === 'number' ? found : found.end;
    }
    return reword(reading, rewordings);
  };
}

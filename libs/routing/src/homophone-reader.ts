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
function wordStarts(text: string, segment: Segmenter): Uint8Array {
  const starts = new Uint8Array(text.length);
  let at = 0;
  for (const word of segment(text)) {
    starts[at] = Math.min(255, word.length);
    at += word.length;
  }
  return starts;
}

/** Whether a word may stand for whole words of a text: no changed character had a neighbour to lean on. */
function mayReplace(word: string, text: string, start: number, starts: Uint8Array): boolean {
  let changes = 0;
  for (let at = start; at < start + word.length; at += 1) {
    if (text.charAt(at) === word.charAt(at - start)) continue;
    if (starts[at] !== 1 || small.has(text.charAt(at))) return false;
    changes += 1;
  }
  return changes > 0 && changes <= word.length / 2;
}

/** Whether one of the characters of a stretch stands alone, so that it may be a slip. */
function holdsLoner(start: number, end: number, loners: Uint8Array): boolean {
  for (let at = start; at < end; at += 1) if (loners[at] === 1) return true;
  return false;
}

/** Which characters stand alone and may be slips; undefined when none does. */
function lonersOf(text: string, starts: Uint8Array): Uint8Array | undefined {
  const loners = new Uint8Array(text.length);
  let any = false;
  for (let at = 0; at < text.length; at += 1) {
    if (starts[at] !== 1 || small.has(text.charAt(at))) continue;
    if (soundOf(text.charAt(at)) === undefined) continue;
    loners[at] = 1;
    any = true;
  }
  return any ? loners : undefined;
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
  const rewordingAt = (text: string, start: number, starts: Uint8Array, loners: Uint8Array): Rewording | number => {
    if (starts[start] === 0) return start + 1;
    for (const length of lengths) {
      const end = start + length;
      if (end > text.length || starts[end] === 0 || !holdsLoner(start, end, loners)) continue;
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
    const loners = lonersOf(text, starts);
    if (loners === undefined) return reading;
    const rewordings: Rewording[] = [];
    for (let at = 0; at < text.length;) {
      const found = rewordingAt(text, at, starts, loners);
      if (typeof found !== 'number') rewordings.push(found);
      at = typeof found === 'number' ? found : found.end;
    }
    return reword(reading, rewordings);
  };
}

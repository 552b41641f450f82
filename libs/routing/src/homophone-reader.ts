import { reword, type Reading, type Rewording } from './normalise';
import { type Segmenter } from './segmenter';
import { foldSound, soundCount, soundNumber, soundOf, soundsOf } from './syllables';

/** Reads words written with characters of the same sound as the words that were meant (`深请` as `申请`). */
export type HomophoneReader = (reading: Reading) => Reading;

const lengths = [5, 4, 3, 2] as const;
const longest = 5;
const commonPair = 3;
/** A slip is at least this many times rarer than what was meant. */
const slipRatio = 8;
/** Characters that stand alone in right sentences, so that standing alone says nothing against them. */
const small = codesOf(
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

function codesOf(characters: string): Uint8Array {
  const codes = new Uint8Array(0x10000);
  for (let at = 0; at < characters.length; at += 1) codes[characters.charCodeAt(at)] = 1;
  return codes;
}

/** Where known words may begin: by the sounds of two neighbours, or by a character whose words cannot be told by sound. */
interface Openings {
  readonly sounds: Uint8Array;
  readonly characters: Uint8Array;
}

function openingsOf(words: ReadonlySet<string>): Openings {
  const sounds = new Uint8Array(soundCount * soundCount);
  let soundless = '';
  for (const word of words) {
    const heard = soundsOf(word, ' ');
    if (heard.length === 0) soundless += word.charAt(0);
    for (const sound of heard) {
      const [first = '', second = ''] = foldSound(sound).split(' ');
      sounds[soundNumber.bySound(first) * soundCount + soundNumber.bySound(second)] = 1;
    }
  }
  return { sounds, characters: codesOf(soundless) };
}

function mayOpen({ sounds, characters }: Openings, text: string, at: number): boolean {
  if (characters[text.charCodeAt(at)] === 1) return true;
  const first = soundNumber.byCode(text.charCodeAt(at));
  const second = at + 1 < text.length ? soundNumber.byCode(text.charCodeAt(at + 1)) : -1;
  return first >= 0 && second >= 0 && sounds[first * soundCount + second] === 1;
}

/** The lengths of the words that begin at each character, 0 inside a word, and which characters stand alone and may be slips. */
interface Cut {
  readonly starts: Uint8Array;
  readonly loners: Uint8Array;
}

/** Cuts texts, one after the other, on the same two sheets; undefined when no character may be a slip. */
function buildCutter(segment: Segmenter): (text: string) => Cut | undefined {
  let starts = new Uint8Array(0);
  let loners = new Uint8Array(0);
  return (text) => {
    if (starts.length <= text.length) {
      starts = new Uint8Array(2 * text.length + 64);
      loners = new Uint8Array(starts.length);
    }
    starts.fill(0, 0, text.length);
    loners.fill(0, 0, text.length + longest);
    let any = false;
    let at = 0;
    for (const { length } of segment(text)) {
      const code = text.charCodeAt(at);
      starts[at] = Math.min(255, length);
      if (length === 1 && small[code] === 0 && soundNumber.byCode(code) >= 0) {
        loners[at] = 1;
        any = true;
      }
      at += length;
    }
    starts[text.length] = 1;
    return any ? { starts, loners } : undefined;
  };
}

/** Whether a word may stand for whole words of a text: no changed character had a neighbour to lean on. */
function mayReplace(word: string, text: string, start: number, starts: Uint8Array): boolean {
  let changes = 0;
  for (let at = start; at < start + word.length; at += 1) {
    if (text.charAt(at) === word.charAt(at - start)) continue;
    if (starts[at] !== 1 || small[text.charCodeAt(at)] === 1) return false;
    changes += 1;
  }
  return changes > 0 && changes <= word.length / 2;
}

/** Whether one of the characters of a stretch stands alone, so that it may be a slip. */
function holdsLoner(start: number, end: number, loners: Uint8Array): boolean {
  for (let at = start; at < end; at += 1) if (loners[at] === 1) return true;
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
  const openings = openingsOf(words);
  const cut = buildCutter(segment);
  const rewordingAt = (text: string, start: number, { starts, loners }: Cut): Rewording | number => {
    if (starts[start] === 0 || !holdsLoner(start, start + longest, loners)) return start + 1;
    if (!mayOpen(openings, text, start)) return start + 1;
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
    const words = cut(text);
    if (words === undefined) return reading;
    const rewordings: Rewording[] = [];
    for (let at = 0; at < text.length;) {
      const found = rewordingAt(text, at, words);
      if (typeof found !== 'number') rewordings.push(found);
      at = typeof found === 'number' ? found : found.end;
    }
    return reword(reading, rewordings);
  };
}

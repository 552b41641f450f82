import { reword, type Reading, type Rewording } from './normalise';
import { charactersOf, soundsOf, spell } from './syllables';

/** Reads stretches typed in pinyin as Chinese. */
export type PinyinReader = (reading: Reading) => Reading;

/** How often each word is said, by the people this catalogue is for. */
export type WordCounts = ReadonlyMap<string, number>;

interface Heard {
  readonly word: string;
  readonly cost: number;
}

/** The cheapest way to some place, as its last word; the words before stand at `from`. */
interface Step {
  readonly cost: number;
  readonly from: number;
  readonly word: string;
}

const letters = /[a-z]+(?:['’ ]+[a-z]+)*/g;
const longest = 30;
const longestSyllable = 6;
const strangeCost = 14;
/** Nobody types a longer sentence in pinyin; reading one would take long. */
const longestRun = 200;

function hear(counts: WordCounts): Map<string, Heard> {
  let total = 1;
  for (const count of counts.values()) total += count;
  const heard = new Map<string, Heard>();
  for (const [word, count] of counts) {
    const cost = Math.log(total / count);
    for (const spelt of soundsOf(word, '')) {
      if (cost < (heard.get(spelt)?.cost ?? Infinity)) heard.set(spelt, { word, cost });
    }
  }
  return heard;
}

function strange(spelt: string): Heard | undefined {
  if (spelt.length > longestSyllable) return undefined;
  const character = charactersOf(spelt).charAt(0);
  return character === '' ? undefined : { word: character, cost: strangeCost };
}

/** Whether every pause within a word that stands from `start` to `end` falls between two of its syllables. */
function fits(word: string, start: number, end: number, pauses: readonly number[]): boolean {
  if (pauses.length === 0) return true;
  const within = pauses.filter((pause) => pause > start && pause < end);
  if (within.length === 0) return true;
  return soundsOf(word, ' ').some((sound) => {
    let at = start;
    const ends = sound.split(' ').map((syllable) => (at += syllable.length));
    return at === end && within.every((pause) => ends.includes(pause));
  });
}

/** The likeliest words behind letters, each with the letter it starts at; `pauses` are the places where the resident left a blank. */
function likeliest(
  typed: string,
  pauses: readonly number[],
  heard: ReadonlyMap<string, Heard>,
): { start: number; word: string }[] {
  const steps: (Step | undefined)[] = [{ cost: 0, from: 0, word: '' }];
  for (let end = 1; end <= typed.length; end += 1) {
    let best: Step | undefined;
    for (let start = Math.max(0, end - longest); start < end; start += 1) {
      const before = steps[start];
      if (before === undefined) continue;
      const spelt = typed.slice(start, end);
      const word = heard.get(spelt) ?? strange(spelt);
      if (word === undefined || !fits(word.word, start, end, pauses)) continue;
      const cost = before.cost + word.cost;
      if (best === undefined || cost < best.cost) best = { cost, from: start, word: word.word };
    }
    steps.push(best);
  }
  const words: { start: number; word: string }[] = [];
  for (let at = typed.length; at > 0;) {
    const step = steps[at];
    if (step === undefined) return [];
    words.unshift({ start: step.from, word: step.word });
    at = step.from;
  }
  return words;
}

/** Runs of pieces that are all pinyin, so that one foreign word does not spoil the rest: `ktv zaoyin raomin`. */
function pinyinRuns(match: RegExpMatchArray): { start: number; pieces: string[] }[] {
  const runs: { start: number; pieces: string[] }[] = [];
  let open = false;
  for (const piece of match[0].matchAll(/[a-z]+|['’ ]+/g)) {
    if (!/[a-z]/.test(piece[0])) {
      if (open) runs.at(-1)?.pieces.push(piece[0]);
      continue;
    }
    if (spell(piece[0]) === null) {
      open = false;
      continue;
    }
    if (open) runs.at(-1)?.pieces.push(piece[0]);
    else runs.push({ start: (match.index ?? 0) + piece.index, pieces: [piece[0]] });
    open = true;
  }
  return runs.map(({ start, pieces }) => ({
    start,
    pieces: /[a-z]/.test(pieces.at(-1) ?? '') ? pieces : pieces.slice(0, -1),
  }));
}

function readRun(start: number, pieces: readonly string[], heard: ReadonlyMap<string, Heard>): Rewording[] {
  const typed = pieces.filter((piece) => /[a-z]/.test(piece));
  const count = typed.join('').length;
  if (count < 2 || count > longestRun) return [];
  let at = 0;
  const pauses = typed.slice(0, -1).map((piece) => (at += piece.length));
  const words = likeliest(typed.join(''), pauses, heard);
  // Where each letter stands in the text, blanks counted.
  const places = Array.from(pieces.join('').matchAll(/[a-z]/g), ({ index }) => start + index);
  return words.map(({ start: first, word }, index) => ({
    start: places[first] ?? start,
    end: places[words[index + 1]?.start ?? -1] ?? (places.at(-1) ?? start) + 1,
    words: word,
  }));
}

/** A reader that prefers the words of the given counts. Letters that are no pinyin stay as they are. */
export function buildPinyinReader(counts: WordCounts): PinyinReader {
  const heard = hear(counts);
  return (reading) => {
    if (!/[a-z]/.test(reading.text)) return reading;
    const runs = Array.from(reading.text.matchAll(letters)).flatMap(pinyinRuns);
    return reword(
      reading,
      runs.flatMap(({ start, pieces }) => readRun(start, pieces, heard)),
    );
  };
}

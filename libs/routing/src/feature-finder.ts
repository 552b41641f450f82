import { agesIn } from './ages';
import { type CountedFeatures } from './feature-table';
import { joinedUp } from './features';
import { type Saying } from './lexicon/saying';
import { buildPairTable, type PairTable } from './pair-table';
import { type Found } from './phrase-finder';
import { type Segmenter } from './segmenter';
import { soundCount, soundNumber } from './syllables';

/**
 * Finds those features of a text that a table holds: what `featuresOf` and the table's `find` do together, without naming each feature.
 * What was found stands until the next text is looked at.
 */
export type FeatureFinder = (text: string, sayings: readonly Found<Saying>[]) => CountedFeatures;

const none = -1;
const han = /\p{Script=Han}/u;
/** By character code, 0 while unknown: 1 is Chinese, 2 a Latin letter or digit, 3 anything else. */
const kinds = new Uint8Array(0x10000);

function kindOf(code: number): number {
  const known = kinds[code] ?? 0;
  if (known !== 0) return known;
  const character = String.fromCharCode(code);
  const kind = han.test(character) ? 1 : /[a-z0-9]/.test(character) ? 2 : 3;
  kinds[code] = kind;
  return kind;
}

/** The features of a table by what they are made of. */
interface Shelves {
  readonly singles: Int32Array;
  readonly pairs: PairTable;
  readonly sounds: Int32Array;
  readonly words: ReadonlyMap<string, number>;
  readonly ages: ReadonlyMap<string, number>;
  readonly means: ReadonlyMap<string, number>;
}

function soundPair(feature: string): number {
  const [first = '', second = ''] = feature.slice(1).split(' ');
  return soundNumber.bySound(first) * soundCount + soundNumber.bySound(second);
}

function shelve(names: readonly string[]): Shelves {
  const singles = new Int32Array(0x10000).fill(none);
  const pairs: [number, number, number][] = [];
  const sounds = new Int32Array(soundCount * soundCount).fill(none);
  const words = new Map<string, number>();
  const ages = new Map<string, number>();
  const means = new Map<string, number>();
  names.forEach((feature, id) => {
    const kind = feature.charAt(0);
    if (kind === '~') sounds[soundPair(feature)] = id;
    else if (kind === '@') means.set(feature.slice(1), id);
    else if (feature.length === 1) singles[feature.charCodeAt(0)] = id;
    else if (kind === '#') words.set(feature.slice(1), id);
    else if (feature.length !== 2) ages.set(feature, id);
    else pairs.push([feature.charCodeAt(0), feature.charCodeAt(1), id]);
  });
  return { singles, pairs: buildPairTable(pairs), sounds, words, ages, means };
}

/** Counts features by number; one tally serves text after text. */
class Tally {
  private readonly counts: Uint16Array;
  private readonly ids: Int32Array;
  private readonly times: Uint16Array;
  private size = 0;

  constructor(size: number) {
    this.counts = new Uint16Array(size);
    this.ids = new Int32Array(size);
    this.times = new Uint16Array(size);
  }

  add(id: number | undefined): void {
    if (id === undefined || id === none) return;
    const before = this.counts[id] as number;
    if (before === 0) this.ids[this.size++] = id;
    this.counts[id] = before + 1;
  }

  addOnce(id: number | undefined): void {
    if (id !== undefined && this.counts[id] === 0) this.add(id);
  }

  take(): CountedFeatures {
    const { counts, ids, times, size } = this;
    for (let at = 0; at < size; at += 1) {
      const id = ids[at] as number;
      times[at] = counts[id] as number;
      counts[id] = 0;
    }
    this.size = 0;
    return { ids: ids.subarray(0, size), times: times.subarray(0, size) };
  }
}

function addCharacters(text: string, { singles, pairs, sounds, words }: Shelves, tally: Tally): void {
  let before = 0;
  let heard = none;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === 1) {
      const sound = soundNumber.byCode(code);
      tally.add(singles[code]);
      if (before !== 0) tally.add(pairs.get(before, code));
      before = code;
      if (heard !== none && sound !== none) tally.add(sounds[heard * soundCount + sound]);
      heard = sound;
      continue;
    }
    before = 0;
    heard = none;
    if (kind !== 2) continue;
    const start = at;
    while (at + 1 < text.length && kindOf(text.charCodeAt(at + 1)) === 2) at += 1;
    tally.add(words.get(text.slice(start, at + 1)));
  }
}

/** A finder over the features named so far. */
export function buildFeatureFinder(names: readonly string[], segment: Segmenter): FeatureFinder {
  const shelves = shelve(names);
  const tally = new Tally(names.length);
  return (text, sayings) => {
    const joined = joinedUp(text);
    addCharacters(joined, shelves, tally);
    for (const word of segment(joined)) {
      if (word.length > 1 && kindOf(word.charCodeAt(0)) === 1) tally.add(shelves.words.get(word));
    }
    for (const age of agesIn(text)) tally.add(shelves.ages.get(age));
    for (const { saying } of sayings) tally.addOnce(shelves.means.get(saying.means));
    return tally.take();
  };
}

import { agesIn } from './ages';
import { type CountedFeatures } from './feature-table';
import { joinedUp } from './features';
import { type Segmenter } from './segmenter';
import { soundCount, soundNumber } from './syllables';

/** Finds those features of a text that a table holds: what `featuresOf` and the table's `find` do together, without naming each feature. */
export type FeatureFinder = (text: string, means: Iterable<string>) => CountedFeatures;

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
  /** A small number for each character that stands in a pair, 0 for the others. */
  readonly places: Uint16Array;
  readonly pairs: ReadonlyMap<number, number>;
  readonly sounds: Int32Array;
  readonly others: ReadonlyMap<string, number>;
  readonly means: ReadonlyMap<string, number>;
}

const mostPlaces = 0x8000;

function soundPair(feature: string): number {
  const [first = '', second = ''] = feature.slice(1).split(' ');
  return soundNumber.bySound(first) * soundCount + soundNumber.bySound(second);
}

function shelve(names: readonly string[]): Shelves {
  const singles = new Int32Array(0x10000).fill(none);
  const places = new Uint16Array(0x10000);
  const pairs = new Map<number, number>();
  const sounds = new Int32Array(soundCount * soundCount).fill(none);
  const others = new Map<string, number>();
  const means = new Map<string, number>();
  let last = 0;
  const placeOf = (code: number): number => (places[code] ||= last += 1);
  names.forEach((feature, id) => {
    const kind = feature.charAt(0);
    if (kind === '~') sounds[soundPair(feature)] = id;
    else if (kind === '@') means.set(feature.slice(1), id);
    else if (feature.length === 1) singles[feature.charCodeAt(0)] = id;
    else if (kind === '#' || feature.startsWith('age:') || feature.length !== 2) others.set(feature, id);
    else pairs.set(placeOf(feature.charCodeAt(0)) * mostPlaces + placeOf(feature.charCodeAt(1)), id);
  });
  return { singles, places, pairs, sounds, others, means };
}

/** Counts features by number; one tally serves text after text. */
class Tally {
  private readonly times: Uint16Array;
  private readonly touched: number[] = [];

  constructor(size: number) {
    this.times = new Uint16Array(size);
  }

  add(id: number | undefined): void {
    if (id === undefined || id === none) return;
    const before = this.times[id] as number;
    if (before === 0) this.touched.push(id);
    this.times[id] = before + 1;
  }

  take(): CountedFeatures {
    const ids = new Int32Array(this.touched.length);
    const times = new Uint16Array(this.touched.length);
    for (let at = 0; at < ids.length; at += 1) {
      const id = this.touched[at] as number;
      ids[at] = id;
      times[at] = this.times[id] as number;
      this.times[id] = 0;
    }
    this.touched.length = 0;
    return { ids, times };
  }
}

function addCharacters(text: string, { singles, places, pairs, sounds, others }: Shelves, tally: Tally): void {
  let place = 0;
  let heard = none;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === 1) {
      const before = place;
      const sound = soundNumber.byCode(code);
      place = places[code] as number;
      tally.add(singles[code]);
      if (before !== 0 && place !== 0) tally.add(pairs.get(before * mostPlaces + place));
      if (heard !== none && sound !== none) tally.add(sounds[heard * soundCount + sound]);
      heard = sound;
      continue;
    }
    place = 0;
    heard = none;
    if (kind !== 2) continue;
    const start = at;
    while (at + 1 < text.length && kindOf(text.charCodeAt(at + 1)) === 2) at += 1;
    tally.add(others.get(`#${text.slice(start, at + 1)}`));
  }
}

/** A finder over the features named so far. */
export function buildFeatureFinder(names: readonly string[], segment: Segmenter): FeatureFinder {
  const shelves = shelve(names);
  const tally = new Tally(names.length);
  return (text, means) => {
    const joined = joinedUp(text);
    addCharacters(joined, shelves, tally);
    for (const word of segment(joined)) {
      if (word.length > 1 && kindOf(word.charCodeAt(0)) === 1) tally.add(shelves.others.get(`#${word}`));
    }
    for (const age of agesIn(text)) tally.add(shelves.others.get(age));
    for (const one of new Set(means)) tally.add(shelves.means.get(one));
    return tally.take();
  };
}

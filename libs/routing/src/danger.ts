import { dangerNameOf, dangerSignCount, dangerSignsIn } from './danger-features';
import { type Document } from './document';
import { type Beside, type Example } from './examples';
import { type CountedFeatures } from './feature-table';
import { type LinearModel } from './linear-model';
import { learn, type Lesson } from './linear-training';
import { type Steps } from './steps';

/** How much a text sounds like a danger, in log odds; learned apart from the entries, so that `电梯` alone speaks neither for nor against. */
export type DangerEar = (features: CountedFeatures, text: string) => number;

/** Two signs and their being together: of texts with fewer, which teach little, only some are shown. */
const twoSigns = 3;
const everyOther = 3;
/** Where no sign speaks of harm, likeness alone counts a little less. */
const unsigned = 0.8;
const dangers: ReadonlySet<string> = new Set(['110', '119', '120', '122']);

function lessonsFrom(documents: readonly Document[], examples: Readonly<Record<Beside, readonly Example[]>>): Lesson[] {
  const lessons: Lesson[] = [];
  documents.forEach(({ features, withSigns }, at) => {
    if (withSigns === undefined) return;
    const telling = withSigns.ids.length - features.ids.length >= twoSigns || at % everyOther === 0;
    if (telling) lessons.push({ answer: 0, features: withSigns, weight: 1 });
  });
  for (const [kind, shown] of Object.entries(examples)) {
    const answer = dangers.has(kind) ? 1 : 0;
    for (const { withSigns } of shown) lessons.push({ answer, features: withSigns, weight: 1 });
  }
  return lessons;
}

/** What each feature says for danger, and how much it counts. */
interface Telling {
  readonly rarity: Float32Array;
  readonly towards: Float32Array;
  readonly bias: number;
}

function tellingOf({ rarity, starts, owners, weights, leaning }: LinearModel): Telling {
  const towards = new Float32Array(rarity.length);
  for (let id = 0; id < rarity.length; id += 1) {
    for (let at = starts[id] ?? 0; at < (starts[id + 1] ?? 0); at += 1) {
      towards[id] = (towards[id] ?? 0) + (owners[at] === 1 ? 1 : -1) * (weights[at] ?? 0);
    }
  }
  return { rarity, towards, bias: (leaning[1] ?? 0) - (leaning[0] ?? 0) };
}

/** For each two signs, in rows, what their being together counts and says; on the diagonal for each sign alone. */
interface SignTable {
  readonly squares: Float64Array;
  readonly sums: Float64Array;
}

/** What was learned of dangers. Plain typed arrays. */
export interface DangerSense extends Telling {
  readonly signs: SignTable;
}

function signTable(names: readonly string[], { rarity, towards }: Telling): SignTable {
  const numbers = new Map<string, number>();
  names.forEach((name, id) => {
    if (name.startsWith('!')) numbers.set(name, id);
  });
  const squares = new Float64Array(dangerSignCount * dangerSignCount);
  const sums = new Float64Array(squares.length);
  squares.forEach((_, place) => {
    const one = Math.floor(place / dangerSignCount);
    const other = place % dangerSignCount;
    const id = numbers.get(one === other ? dangerNameOf(one) : dangerNameOf(one, other));
    const value = id === undefined ? 0 : (rarity[id] ?? 0);
    squares[place] = value * value;
    sums[place] = id === undefined ? 0 : value * (towards[id] ?? 0);
  });
  return { squares, sums };
}

/** Learns to tell dangers from everything else that people write. */
export function* learnDanger(
  documents: readonly Document[],
  examples: Readonly<Record<Beside, readonly Example[]>>,
  names: readonly string[],
): Steps<DangerSense> {
  const telling = tellingOf(yield* learn(lessonsFrom(documents, examples), 2, names));
  return { ...telling, signs: signTable(names, telling) };
}

/** Hears with what was learned. */
export function buildDangerEar({ rarity, towards, bias, signs: { squares, sums } }: DangerSense): DangerEar {
  return ({ ids, times }, text) => {
    const signs = dangerSignsIn(text);
    let square = 0;
    let sum = 0;
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] as number;
      const value = Math.sqrt(times[at] as number) * (rarity[id] as number);
      square += value * value;
      sum += value * (towards[id] as number);
    }
    for (let one = 0; one < signs.length; one += 1) {
      for (let other = one; other < signs.length; other += 1) {
        const place = (signs[one] as number) * dangerSignCount + (signs[other] as number);
        square += squares[place] as number;
        sum += sums[place] as number;
      }
    }
    return bias + sum / (Math.sqrt(square) || 1) - (signs.length === 0 ? unsigned : 0);
  };
}

import { dangerFeaturesOf } from './danger-features';
import { type Document } from './document';
import { type Beside, type Example } from './examples';
import { type CountedFeatures } from './feature-table';
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

/** Learns to tell dangers from everything else that people write. */
export function* learnDanger(
  documents: readonly Document[],
  examples: Readonly<Record<Beside, readonly Example[]>>,
  names: readonly string[],
): Steps<DangerEar> {
  const lessons = lessonsFrom(documents, examples);
  const { rarity, starts, owners, weights, leaning } = yield* learn(lessons, 2, names);
  const towards = new Float32Array(names.length);
  for (let id = 0; id < names.length; id += 1) {
    for (let at = starts[id] ?? 0; at < (starts[id + 1] ?? 0); at += 1) {
      towards[id] = (towards[id] ?? 0) + (owners[at] === 1 ? 1 : -1) * (weights[at] ?? 0);
    }
  }
  const bias = (leaning[1] ?? 0) - (leaning[0] ?? 0);
  const signs = new Map<string, readonly [square: number, sum: number]>();
  names.forEach((name, id) => {
    const value = rarity[id] ?? 0;
    if (name.startsWith('!') && value > 0) signs.set(name, [value * value, value * (towards[id] ?? 0)]);
  });
  return ({ ids, times }, text) => {
    const found = dangerFeaturesOf(text);
    let square = 0;
    let sum = 0;
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] as number;
      const value = Math.sqrt(times[at] as number) * (rarity[id] as number);
      square += value * value;
      sum += value * (towards[id] as number);
    }
    for (const sign of found) {
      const [ownSquare = 0, ownSum = 0] = signs.get(sign) ?? [];
      square += ownSquare;
      sum += ownSum;
    }
    return bias + sum / (Math.sqrt(square) || 1) - (found.length === 0 ? unsigned : 0);
  };
}

import { type Features } from './features';

/** A text's features as numbers: `times[i]` tells how often feature `ids[i]` occurs. */
export interface CountedFeatures {
  readonly ids: Int32Array;
  readonly times: Uint16Array;
}

/** Numbers the features of a corpus, so that thousands of documents stay small and quick to go through. */
export interface FeatureTable {
  /** The feature of each number. */
  readonly names: readonly string[];
  /** Numbers a text's features, giving new ones the next number. */
  count(features: Features): CountedFeatures;
  /** The number of a feature that occurred. */
  find(feature: string): number | undefined;
}

/** An empty table. */
export function createFeatureTable(): FeatureTable {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (feature: string): number => {
    let number = numbers.get(feature);
    if (number === undefined) {
      number = names.push(feature) - 1;
      numbers.set(feature, number);
    }
    return number;
  };
  return {
    names,
    find: (feature) => numbers.get(feature),
    count: (features) => {
      const ids = new Int32Array(features.size);
      const times = new Uint16Array(features.size);
      let at = 0;
      for (const [feature, often] of features) {
        ids[at] = numberOf(feature);
        times[at] = often;
        at += 1;
      }
      return { ids, times };
    },
  };
}

/** Several texts taken as one; `size` is the number of features in the table. */
export function joinCounted(all: readonly CountedFeatures[], size: number): CountedFeatures {
  const sums = new Uint16Array(size);
  let kinds = 0;
  for (const { ids, times } of all) {
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] ?? 0;
      if (sums[id] === 0) kinds += 1;
      sums[id] = (sums[id] ?? 0) + (times[at] ?? 0);
    }
  }
  const ids = new Int32Array(kinds);
  const joined = new Uint16Array(kinds);
  for (let id = 0, at = 0; at < kinds; id += 1) {
    const sum = sums[id] ?? 0;
    if (sum === 0) continue;
    ids[at] = id;
    joined[at] = sum;
    at += 1;
  }
  return { ids, times: joined };
}

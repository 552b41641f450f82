import { type Features } from './features';

/** A text's features by number. */
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
  /** Adds features that occur once, giving new ones the next number. */
  join(counted: CountedFeatures, others: readonly string[]): CountedFeatures;
  /** Numbers those of a text's features that occurred before. */
  find(features: Features): CountedFeatures;
}

/** An empty table. */
export function createFeatureTable(): FeatureTable {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const take = (features: Features, numberOf: (feature: string) => number | undefined): CountedFeatures => {
    const ids = new Int32Array(features.size);
    const times = new Uint16Array(features.size);
    let at = 0;
    for (const [feature, often] of features) {
      const number = numberOf(feature);
      if (number === undefined) continue;
      ids[at] = number;
      times[at] = often;
      at += 1;
    }
    return { ids: ids.subarray(0, at), times: times.subarray(0, at) };
  };
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
    join: ({ ids, times }, others) => {
      const size = ids.length + others.length;
      const joined = { ids: new Int32Array(size), times: new Uint16Array(size).fill(1) };
      joined.ids.set(ids);
      joined.times.set(times);
      others.forEach((feature, at) => (joined.ids[ids.length + at] = numberOf(feature)));
      return joined;
    },
    find: (features) => take(features, (feature) => numbers.get(feature)),
    count: (features) => take(features, numberOf),
  };
}

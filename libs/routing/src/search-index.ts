import { type CountedFeatures } from './feature-table';
import { kindWeight } from './weights';

/** The entries each feature speaks for, one after the other: those of feature `f` stand from `starts[f]` to `starts[f + 1]`. */
export interface Postings {
  readonly starts: Int32Array;
  readonly owners: Int32Array;
  readonly weights: Float32Array;
}

/** A text that speaks for an owner: several texts of one owner are taken as one. */
export interface OwnedText {
  readonly owner: number;
  readonly features: CountedFeatures;
}

/** How long texts are held against: `lengthShare` 0 is not at all, 1 in full. */
export interface IndexShape {
  readonly owners: number;
  /** Number of features in the table. */
  readonly features: readonly string[];
  readonly lengthShare: number;
}

const saturation = 1.2;
/** Rarity is judged as in a full catalogue, so that the scores of a small one mean the same. */
const fullCatalogue = 200;
/** What so large a share of a large catalogue uses tells nothing apart and costs most of the time. */
const commonShare = 0.1;
const largeCatalogue = 2000;

interface Counts {
  readonly starts: Int32Array;
  readonly owners: Int32Array;
  readonly times: Float32Array;
  readonly lengths: Float64Array;
}

/** Forgets the features that nearly every entry of a large catalogue uses. */
function withoutCommon(starts: Int32Array, owners: number): Set<number> {
  const common = new Set<number>();
  if (owners < largeCatalogue) return common;
  for (let id = 0; id + 1 < starts.length; id += 1) if ((starts[id + 1] ?? 0) > owners * commonShare) common.add(id);
  for (const id of common) starts[id + 1] = 0;
  return common;
}

/** Where the owners of each feature stand; texts come in the order of their owners. */
function startsOf(texts: readonly OwnedText[], size: number): Int32Array {
  const starts = new Int32Array(size + 1);
  const last = new Int32Array(size).fill(-1);
  for (const { owner, features } of texts) {
    for (const id of features.ids) {
      if (last[id] !== owner) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
      last[id] = owner;
    }
  }
  return starts;
}

/** Gathers how often each owner uses each feature; texts come in the order of their owners. */
function gather(texts: readonly OwnedText[], { owners, features: names }: IndexShape): Counts {
  const starts = startsOf(texts, names.length);
  const common = withoutCommon(starts, owners);
  for (let id = 0; id < names.length; id += 1) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  const size = starts[names.length] ?? 0;
  const counts = {
    starts,
    owners: new Int32Array(size),
    times: new Float32Array(size),
    lengths: new Float64Array(owners),
  };
  const next = starts.slice();
  const last = new Int32Array(names.length).fill(-1);
  for (const { owner, features } of texts) {
    counts.lengths[owner] = (counts.lengths[owner] ?? 0) + features.ids.length;
    for (const id of features.ids) {
      if (common.has(id)) continue;
      if (last[id] !== owner) next[id] = (next[id] ?? 0) + 1;
      const place = (next[id] ?? 0) - 1;
      counts.owners[place] = owner;
      counts.times[place] = (counts.times[place] ?? 0) + 1;
      last[id] = owner;
    }
  }
  return counts;
}

/** How rarely owners use a feature. */
function rarity(using: number, owners: number): number {
  return Math.log(1 + (Math.max(owners, fullCatalogue) - using + 0.5) / (using + 0.5));
}

/** Weighs every feature for every owner by BM25: rare in the catalogue, frequent with the owner. */
export function buildPostings(texts: readonly OwnedText[], shape: IndexShape): Postings {
  const { starts, owners, times, lengths } = gather(texts, shape);
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, shape.owners);
  const weights = new Float32Array(owners.length);
  shape.features.forEach((feature, id) => {
    const first = starts[id] ?? 0;
    const end = starts[id + 1] ?? 0;
    if (first === end) return;
    const rare = rarity(end - first, shape.owners) * kindWeight(feature);
    for (let at = first; at < end; at += 1) {
      const often = times[at] ?? 0;
      const relative = (lengths[owners[at] ?? 0] ?? 0) / Math.max(1, average);
      const norm = saturation * (1 - shape.lengthShare + shape.lengthShare * relative);
      weights[at] = (rare * often * (saturation + 1)) / (often + norm);
    }
  });
  return { starts, owners, weights };
}

/** Several indexes as one, each taken as many times as it is given: a text is then looked up once. */
export function mergePostings(indexes: readonly (readonly [Postings, number])[], owners: number): Postings {
  const size = (indexes[0]?.[0].starts.length ?? 1) - 1;
  const starts = new Int32Array(size + 1);
  const sums = new Float32Array(owners);
  const kept: number[] = [];
  const weights: number[] = [];
  for (let id = 0; id < size; id += 1) {
    const first = kept.length;
    for (const [index, times] of indexes) {
      const end = index.starts[id + 1] ?? 0;
      for (let at = index.starts[id] ?? 0; at < end; at += 1) {
        const owner = index.owners[at] ?? 0;
        if (sums[owner] === 0) kept.push(owner);
        sums[owner] = (sums[owner] ?? 0) + times * (index.weights[at] ?? 0);
      }
    }
    for (let at = first; at < kept.length; at += 1) {
      weights.push(sums[kept[at] ?? 0] ?? 0);
      sums[kept[at] ?? 0] = 0;
    }
    starts[id + 1] = kept.length;
  }
  return { starts, owners: Int32Array.from(kept), weights: Float32Array.from(weights) };
}

/** Adds what a text's features say for each owner to `scores`. */
export function addScores(scores: Float64Array, ids: Int32Array, { starts, owners, weights }: Postings): void {
  for (let one = 0; one < ids.length; one += 1) {
    const id = ids[one] as number;
    const end = starts[id + 1] as number;
    for (let at = starts[id] as number; at < end; at += 1) {
      const owner = owners[at] as number;
      scores[owner] = (scores[owner] as number) + (weights[at] as number);
    }
  }
}

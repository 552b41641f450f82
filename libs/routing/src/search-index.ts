import { type CountedFeatures, type FeatureTable } from './feature-table';
import { type Features } from './features';
import { fields, type FeatureWeights, type Field, type FieldWeights } from './weights';

/** One text that speaks for an entry, and which of its fields it is. */
export interface SearchDocument {
  /** Position of the entry it speaks for. */
  readonly owner: number;
  readonly field: Field;
  readonly features: CountedFeatures;
}

/** Scores entries by how near their documents are to a text's features (BM25); one score an entry, in their order. */
export type SearchIndex = (query: Features, weights: FieldWeights) => Float64Array;

/** The documents of each feature, one after the other: those of feature `f` stand from `starts[f]` to `starts[f + 1]`. */
interface Postings {
  readonly starts: Int32Array;
  readonly documents: Int32Array;
  readonly parts: Float32Array;
}

const saturation = 1.2;
const lengthShare = 0.4;
/** Rarity is judged as in a full catalogue, so that the scores of a small one mean the same. */
const fullCatalogue = 200;

function kindWeight(feature: string, weights: FeatureWeights): number {
  if (feature.startsWith('#')) return weights.word;
  if (feature.startsWith('age:')) return weights.age;
  return feature.length === 1 ? weights.single : weights.pair;
}

/** How long each document is against the others of its field. */
function relativeLengths(documents: readonly SearchDocument[]): number[] {
  const lengths = documents.map(({ features }) => features.times.reduce((sum, times) => sum + times, 1));
  const sums = new Map<Field, { total: number; count: number }>();
  documents.forEach(({ field }, at) => {
    const { total, count } = sums.get(field) ?? { total: 0, count: 0 };
    sums.set(field, { total: total + (lengths[at] ?? 0), count: count + 1 });
  });
  return documents.map(({ field }, at) => {
    const { total, count } = sums.get(field) ?? { total: 1, count: 1 };
    return ((lengths[at] ?? 0) * count) / total;
  });
}

function startsOf(documents: readonly SearchDocument[], size: number): Int32Array {
  const starts = new Int32Array(size + 1);
  for (const { features } of documents) for (const id of features.ids) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
  for (let id = 0; id < size; id += 1) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  return starts;
}

function buildPostings(documents: readonly SearchDocument[], size: number): Postings {
  const relative = relativeLengths(documents);
  const starts = startsOf(documents, size);
  const next = starts.slice();
  const postings = { starts, documents: new Int32Array(starts[size] ?? 0), parts: new Float32Array(starts[size] ?? 0) };
  documents.forEach(({ features: { ids, times } }, document) => {
    const norm = saturation * (1 - lengthShare + lengthShare * (relative[document] ?? 1));
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] ?? 0;
      const place = next[id] ?? 0;
      const often = times[at] ?? 0;
      postings.documents[place] = document;
      postings.parts[place] = (often * (saturation + 1)) / (often + norm);
      next[id] = place + 1;
    }
  });
  return postings;
}

/** How rarely entries, not documents, use a feature: fifteen phrasings of one entry must not make its own word common. */
function rarityOf(id: number, { starts, documents }: Postings, owners: Int32Array, count: number): number {
  let using = 0;
  let last = -1;
  for (let at = starts[id] ?? 0; at < (starts[id + 1] ?? 0); at += 1) {
    const owner = owners[documents[at] ?? 0] ?? 0;
    if (owner !== last) using += 1;
    last = owner;
  }
  return Math.log(1 + (Math.max(count, fullCatalogue) - using + 0.5) / (using + 0.5));
}

/** Sums, for every owner, what its best documents say. */
function combine(scored: Float64Array, places: Int32Array, owners: number, weights: FieldWeights): Float64Array {
  const best = new Float64Array(owners * fields.length);
  const second = new Float64Array(owners * fields.length);
  for (let at = 0; at < scored.length; at += 1) {
    const score = scored[at] ?? 0;
    const place = places[at] ?? 0;
    if (score > (best[place] ?? 0)) {
      second[place] = best[place] ?? 0;
      best[place] = score;
    } else if (score > (second[place] ?? 0)) second[place] = score;
  }
  return Float64Array.from({ length: owners }, (_, owner) =>
    fields.reduce((sum, field, at) => {
      const place = owner * fields.length + at;
      return sum + weights.best[field] * (best[place] ?? 0) + weights.second[field] * (second[place] ?? 0);
    }, 0),
  );
}

/** Builds the index once; documents come in the order of their owners, which are `count`. Asking it changes nothing. */
export function buildSearchIndex(
  documents: readonly SearchDocument[],
  count: number,
  table: FeatureTable,
  featureWeights: FeatureWeights,
): SearchIndex {
  const postings = buildPostings(documents, table.names.length);
  const owners = Int32Array.from(documents, ({ owner }) => owner);
  const places = Int32Array.from(documents, ({ owner, field }) => owner * fields.length + fields.indexOf(field));
  const weights = Float64Array.from(
    table.names,
    (feature, id) => rarityOf(id, postings, owners, count) * kindWeight(feature, featureWeights),
  );
  return (query, fieldWeights) => {
    const scored = new Float64Array(documents.length);
    for (const [feature, times] of query) {
      const id = table.find(feature);
      if (id === undefined) continue;
      const weight = (weights[id] ?? 0) * Math.min(times, 2);
      for (let at = postings.starts[id] ?? 0; at < (postings.starts[id + 1] ?? 0); at += 1) {
        const document = postings.documents[at] ?? 0;
        scored[document] = (scored[document] ?? 0) + weight * (postings.parts[at] ?? 0);
      }
    }
    return combine(scored, places, count, fieldWeights);
  };
}

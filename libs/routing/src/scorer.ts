import { type Document } from './document';
import { besides, type Beside, type Example } from './examples';
import { type CountedFeatures, type FeatureTable } from './feature-table';
import { judge, type LinearModel } from './linear-model';
import { learn, type Lesson } from './linear-training';
import { addScores, buildPostings, mergePostings, type OwnedText, type Postings } from './search-index';
import { type Steps } from './steps';
import { teachingWeights } from './weights';

/** Scores the entries of one catalogue for a text's features. */
export interface Scorer {
  /** Adds to `found`, one an entry, how much the catalogue's own words account for. */
  search(features: CountedFeatures, found: Float64Array): void;
  /**
   * Writes into `scores`, one an entry, what was found and what was learned together; differences are log odds. Returns what speaks for
   * the text's asking for no entry at all, on the same scale; undefined when nothing was learned.
   */
  weigh(
    features: CountedFeatures,
    found: Float64Array,
    scores: Float64Array,
  ): Readonly<Record<Beside, number>> | undefined;
}

const share = { official: 0.05, said: 0.06 } as const;
/** An entry that nobody has asked for yet is found by its own words alone, so they count more. */
const unlearnedShare = 0.06;
/** From this many phrasings on an entry can be learned. */
const enoughPhrasings = 3;
/** Learning takes time for each class; beyond this many the best described ones are learned. */
const mostClasses = 512;
/** How much an example teaches; those of what is outside are many. */
const besideWeight: Readonly<Record<Beside, number>> = { outside: 0.7, human: 1, 110: 1, 119: 1, 120: 1, 122: 1 };

interface Learned {
  readonly model: LinearModel;
  /** The entry of each class; the classes of what asks for no entry come after them. */
  readonly owners: Int32Array;
}

/** What scores the entries of one catalogue: BM25 over what they are called and how they are asked for, and what was learned. */
export interface Scoring {
  readonly index: Postings;
  /** Undefined when there was too little to learn from. */
  readonly learned: Learned | undefined;
}

/** The entries with enough phrasings to be learned. */
function learnable(documents: readonly Document[], owners: number): number[] {
  const counts = new Int32Array(owners);
  for (const { owner, field } of documents) if (field === 'phrasing') counts[owner] = (counts[owner] ?? 0) + 1;
  return Array.from(counts.keys())
    .filter((owner) => (counts[owner] ?? 0) >= enoughPhrasings)
    .sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0) || one - other)
    .slice(0, mostClasses)
    .sort((one, other) => one - other);
}

function* learnFrom(
  documents: readonly Document[],
  examples: Readonly<Record<Beside, readonly Example[]>>,
  owners: number,
  names: readonly string[],
): Steps<Learned | undefined> {
  const chosen = learnable(documents, owners);
  if (chosen.length < 2) return undefined;
  const classOf = new Map(chosen.map((owner, at) => [owner, at]));
  const lessons: Lesson[] = [];
  for (const { owner, field, features } of documents) {
    const answer = classOf.get(owner);
    if (answer !== undefined) lessons.push({ answer, features, weight: teachingWeights[field] });
  }
  besides.forEach((kind, at) => {
    for (const { features } of examples[kind]) {
      lessons.push({ answer: chosen.length + at, features, weight: besideWeight[kind] });
    }
  });
  const model = yield* learn(lessons, chosen.length + besides.length, names);
  return { model, owners: Int32Array.from(chosen) };
}

/** Adds what was learned; entries that could not be learned stand where the middle of the others stands. */
function addLearned(
  scores: Float64Array,
  owners: Int32Array,
  judged: Float64Array,
): Readonly<Record<Beside, number>> | undefined {
  const classes = owners.length;
  let middle = 0;
  for (let at = 0; at < classes; at += 1) middle += (judged[at] as number) / classes;
  for (let at = 0; at < classes; at += 1) {
    const owner = owners[at] as number;
    scores[owner] = (scores[owner] as number) + (judged[at] as number) - middle;
  }
  const beside = (at: number): number => (judged[classes + at] ?? 0) - middle;
  return { outside: beside(0), human: beside(1), 110: beside(2), 119: beside(3), 120: beside(4), 122: beside(5) };
}

function withoutLearned(texts: readonly OwnedText[], learned: Learned | undefined): OwnedText[] {
  const known = new Set(learned?.owners);
  return texts.filter(({ owner }) => !known.has(owner));
}

/** Learns to score the entries of a catalogue of `owners` entries. */
export function* learnScoring(
  documents: readonly Document[],
  examples: Readonly<Record<Beside, readonly Example[]>>,
  owners: number,
  table: FeatureTable,
): Steps<Scoring> {
  const official = documents.filter(({ field }) => field !== 'phrasing' && field !== 'asked');
  const said = documents.filter(({ field }) => field !== 'summary' && field !== 'asked');
  const learned = yield* learnFrom(documents, examples, owners, table.names);
  yield;
  const shape = { owners, features: table.names };
  const index = mergePostings(
    [
      [buildPostings(official, { ...shape, lengthShare: 0.4 }), share.official],
      [buildPostings(said, { ...shape, lengthShare: 0.3 }), share.said],
      [buildPostings(withoutLearned(official, learned), { ...shape, lengthShare: 0.4 }), unlearnedShare],
    ],
    owners,
  );
  return { index, learned };
}

/** Scores with what was learned. */
export function buildScorer({ index, learned }: Scoring): Scorer {
  const judged = new Float64Array(learned?.model.classes ?? 0);
  return {
    search: (features, found) => addScores(found, features.ids, index),
    weigh: (features, found, scores) => {
      scores.set(found);
      if (learned === undefined) return undefined;
      return addLearned(scores, learned.owners, judge(learned.model, features, judged));
    },
  };
}

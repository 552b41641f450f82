import { type CatalogueEntry } from '@linli/contracts';
import { buildCorpus } from './corpus';
import { featuresOf } from './features';
import { buildHomophoneReader } from './homophone-reader';
import { type Saying } from './lexicon/saying';
import { normalise, type Reading } from './normalise';
import { buildPhraseFinder, type Found } from './phrase-finder';
import { officialSayings } from './sayings';
import { buildSearchIndex, type SearchIndex } from './search-index';
import { type Segmenter } from './segmenter';
import { inStandardSpeech } from './speech';
import { askingWeights, featureWeights, namingWeights } from './weights';

/** What speaks for each entry in a text. */
export interface Match {
  /** One an entry, in their order; comparable within one text. */
  readonly scores: Float64Array;
  /** The lexicon's sayings that were found. */
  readonly sayings: readonly Found<Saying>[];
}

/** Reads residents' texts and scores the entries of one catalogue for them. */
export interface Matcher {
  /** A plain text as its writer spoke it: pinyin and dialect in standard characters. */
  listen(plain: Reading): Reading;
  /** The same with words under a wrong character put right. */
  correct(reading: Reading): Reading;
  match(text: string): Match;
  /** Whether official words of the lexicon name an entry, and no other much better. */
  names(means: string, owner: number): boolean;
}

/** How strongly an official word names an entry. */
interface Vote {
  readonly owner: number;
  /** 0–1. */
  readonly share: number;
}

const voteWeight = 40;
const sayingCap = 1.8;
const faintest = 0.08;
/** From this share on a saying is given as a reason. */
const namingShare = 0.4;

/** A long saying is hardly ever said by chance. */
function sayingWeight({ parts }: Saying): number {
  return 1 - Math.exp(-0.35 * parts.join('').length);
}

function votesOf(means: string, search: SearchIndex, segment: Segmenter): Vote[] {
  const scores = search(featuresOf(inStandardSpeech(normalise(means)).text, segment), namingWeights);
  const highest = scores.reduce((one, other) => Math.max(one, other), 0);
  if (highest === 0) return [];
  return Array.from(scores, (score, owner) => ({ owner, share: (score / highest) ** 2 })).filter(
    ({ share }) => share >= faintest,
  );
}

function addVotes(
  scores: Float64Array,
  found: readonly Found<Saying>[],
  votes: ReadonlyMap<string, readonly Vote[]>,
): void {
  const weights = new Map<string, number>();
  for (const { saying } of found) {
    weights.set(saying.means, Math.min(sayingCap, (weights.get(saying.means) ?? 0) + sayingWeight(saying)));
  }
  for (const [means, weight] of weights) {
    for (const { owner, share } of votes.get(means) ?? []) {
      scores[owner] = (scores[owner] ?? 0) + voteWeight * weight * share;
    }
  }
}

/** Builds the matcher of a catalogue; the same catalogue gives the same matcher. */
export function buildMatcher(entries: readonly CatalogueEntry[]): Matcher {
  const corpus = buildCorpus(entries);
  const search = buildSearchIndex(corpus.documents, entries.length, corpus.table, featureWeights);
  const readHomophones = buildHomophoneReader(corpus.officialWords, corpus.pairCounts, corpus.segment);
  const findSayings = buildPhraseFinder(officialSayings);
  const votes = new Map<string, readonly Vote[]>();
  for (const { means } of officialSayings) {
    if (!votes.has(means)) votes.set(means, votesOf(means, search, corpus.segment));
  }
  return {
    listen: (plain) => inStandardSpeech(corpus.readPinyin(plain)),
    correct: readHomophones,
    names: (means, owner) => (votes.get(means) ?? []).some((vote) => vote.owner === owner && vote.share >= namingShare),
    match: (text) => {
      const scores = search(featuresOf(text, corpus.segment), askingWeights);
      const sayings = findSayings(text);
      addVotes(scores, sayings, votes);
      return { scores, sayings };
    },
  };
}

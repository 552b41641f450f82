import { type CatalogueEntry } from '@linli/contracts';
import { buildCorpus, type Corpus } from './corpus';
import { learnDanger } from './danger';
import { dangerFeaturesOf } from './danger-features';
import { besides, exampleTexts, type Beside, type Example } from './examples';
import { buildFeatureFinder } from './feature-finder';
import { featuresOf } from './features';
import { buildHomophoneReader } from './homophone-reader';
import { type Saying } from './lexicon/saying';
import { normalise, type Reading } from './normalise';
import { type Found } from './phrase-finder';
import { officialSayings } from './sayings';
import { buildScorer } from './scorer';
import { addScores, buildPostings } from './search-index';
import { inStandardSpeech } from './speech';
import { mapped, type Steps } from './steps';
import { namingWeights } from './weights';

/** What speaks for each entry in a text. */
export interface Match {
  /** One an entry, in their order; differences are log odds. */
  readonly scores: Float64Array;
  /** How much of the text the catalogue's own words and the lexicon account for, one an entry. */
  readonly found: Float64Array;
  /** What speaks for the text asking for no entry at all; undefined when nothing could be learned. */
  readonly beside: Readonly<Record<Beside, number>> | undefined;
  /** How much the text sounds like a danger, in log odds. */
  readonly danger: () => number;
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

const voteWeight = 1.5;
const sayingCap = 1.8;
const faintest = 0.08;
/** From this share on a saying is given as a reason. */
const namingShare = 0.4;

/** A long saying is hardly ever said by chance. */
function sayingWeight({ parts }: Saying): number {
  return 1 - Math.exp(-0.35 * parts.join('').length);
}

/** For every official word of the lexicon, the entries it names: those of which one name, alias or keyword says the same. */
function* countVotes(
  { documents, table, segment }: Corpus,
  owners: number,
): Steps<ReadonlyMap<string, readonly Vote[]>> {
  const naming = documents.filter(({ field }) => namingWeights[field] > 0);
  const texts = naming.map(({ features }, owner) => ({ owner, features }));
  const index = buildPostings(texts, { owners: naming.length, features: table.names, lengthShare: 0.4 });
  const votesOf = (means: string): Vote[] => {
    const scores = new Float64Array(naming.length);
    const { ids } = table.find(featuresOf(inStandardSpeech(normalise(means)).text, segment));
    addScores(scores, ids, index);
    const best = new Float64Array(owners * 2);
    naming.forEach(({ owner, field }, at) => {
      const place = owner * 2 + (field === 'keyword' || field === 'summary' ? 1 : 0);
      best[place] = Math.max(best[place] ?? 0, namingWeights[field] * (scores[at] ?? 0));
    });
    const sums = Array.from({ length: owners }, (_, owner) => (best[owner * 2] ?? 0) + (best[owner * 2 + 1] ?? 0));
    const highest = sums.reduce((one, other) => Math.max(one, other), 0);
    if (highest === 0) return [];
    return sums
      .map((score, owner) => ({ owner, share: (score / highest) ** 2 }))
      .filter(({ share }) => share >= faintest);
  };
  const all = Array.from(new Set(officialSayings.map(({ means }) => means)));
  return new Map(yield* mapped(all, (means): [string, Vote[]] => [means, votesOf(means)], 16));
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

/** The examples of what asks for no entry, heard as a resident's texts are. */
function* takeApart(
  { table, segment, findSayings }: Corpus,
  listen: Matcher['listen'],
): Steps<Readonly<Record<Beside, readonly Example[]>>> {
  const counted = (text: string): Example => {
    const { text: spoken } = listen(normalise(text));
    const means = findSayings(spoken).map(({ saying }) => saying.means);
    const features = table.count(featuresOf(spoken, segment, means));
    return { features, withSigns: table.join(features, dangerFeaturesOf(spoken)) };
  };
  const examples: Record<Beside, Example[]> = { outside: [], human: [], 110: [], 119: [], 120: [], 122: [] };
  for (const kind of besides) examples[kind] = yield* mapped(exampleTexts[kind], counted, 16);
  return examples;
}

/** Builds the matcher of a catalogue; the same catalogue gives the same matcher. */
export function* buildMatcher(entries: readonly CatalogueEntry[]): Steps<Matcher> {
  const corpus = yield* buildCorpus(entries);
  const owners = entries.length;
  // What the matcher goes on using is named one by one: holding the corpus would keep all its documents.
  const { documents, table, segment, findSayings, readPinyin } = corpus;
  const readHomophones = buildHomophoneReader(corpus.officialWords, corpus.pairCounts, segment);
  const listen = (plain: Reading): Reading => inStandardSpeech(readPinyin(plain));
  const shown = yield* takeApart(corpus, listen);
  const score = yield* buildScorer(documents, shown, owners, table);
  const hearDanger = yield* learnDanger(documents, shown, table.names);
  const votes = yield* countVotes(corpus, owners);
  const find = buildFeatureFinder(table.names, segment);
  return {
    listen,
    correct: readHomophones,
    names: (means, owner) => (votes.get(means) ?? []).some((vote) => vote.owner === owner && vote.share >= namingShare),
    match: (text) => {
      const sayings = findSayings(text);
      const found = new Float64Array(owners);
      addVotes(found, sayings, votes);
      const features = find(
        text,
        sayings.map(({ saying }) => saying.means),
      );
      const { scores, beside } = score(features, found);
      const danger = (): number => hearDanger(features, text);
      return { scores, found, beside, danger, sayings };
    },
  };
}

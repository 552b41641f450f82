import { buildDangerEar, type DangerEar } from './danger';
import { type Beside } from './examples';
import { buildFeatureFinder, type FeatureFinder } from './feature-finder';
import { type CountedFeatures } from './feature-table';
import { buildHomophoneReader } from './homophone-reader';
import { type Knowledge } from './knowledge';
import { type Saying } from './lexicon/saying';
import { type Reading } from './normalise';
import { buildPhraseFinder, type Found, type PhraseFinder } from './phrase-finder';
import { buildPinyinReader } from './pinyin-reader';
import { officialSayings } from './sayings';
import { buildScorer, type Scorer } from './scorer';
import { type Segmenter } from './segmenter';
import { Sheets } from './sheets';
import { inStandardSpeech } from './speech';
import { type Steps } from './steps';
import { buildVotes, type Votes } from './votes';

/** What speaks for each entry in a text. */
export interface Match {
  /** One an entry, in their order; differences are log odds. */
  readonly scores: Float64Array;
  /** How much of the text the catalogue's own words and the lexicon account for, one an entry. */
  readonly found: Float64Array;
  /** What speaks for the text asking for no entry at all; undefined when nothing could be learned. */
  readonly beside: Readonly<Record<Beside, number>> | undefined;
  /** How much the text sounds like a danger, in log odds; to be asked before the next text is matched. */
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
  /** As `match`; undefined when no entry accounts for so much of the text. */
  matchClear(text: string, least: number): Match | undefined;
  /** The lexicon's sayings in a text. */
  sayingsIn(text: string): readonly Found<Saying>[];
  /** Whether official words of the lexicon name an entry, and no other much better. */
  names(means: string, owner: number): boolean;
  /** Ends the life of all matches so far: the lists of their scores are used again. */
  takeBack(): void;
}

/** A text of which is known what the catalogue's own words account for. */
interface Searched {
  readonly text: string;
  readonly sayings: readonly Found<Saying>[];
  readonly found: Float64Array;
  readonly features: CountedFeatures;
}

/** What texts are scored with. */
interface Ear {
  readonly findSayings: PhraseFinder<Saying>;
  readonly votes: Votes;
  readonly find: FeatureFinder;
  readonly scorer: Scorer;
  readonly hearDanger: DangerEar;
  readonly sheets: Sheets;
}

function searchFor({ findSayings, votes, find, scorer, sheets }: Ear, text: string): Searched {
  const sayings = findSayings(text);
  const found = sheets.take();
  votes.add(found, sayings);
  const features = find(text, sayings);
  scorer.search(features, found);
  return { text, sayings, found, features };
}

function weigh({ scorer, hearDanger, sheets }: Ear, { text, sayings, found, features }: Searched): Match {
  const scores = sheets.take();
  const beside = scorer.weigh(features, found, scores);
  return { scores, found, beside, danger: () => hearDanger(features, text), sayings };
}

function reaches(found: Float64Array, least: number): boolean {
  for (let at = 0; at < found.length; at += 1) if ((found[at] as number) >= least) return true;
  return false;
}

/** Builds the matcher of a catalogue of `owners` entries from what was learned of it. */
export function* buildMatcher(knowledge: Knowledge, segment: Segmenter, owners: number): Steps<Matcher> {
  const readPinyin = buildPinyinReader(knowledge.wordCounts);
  yield;
  const correct = buildHomophoneReader(knowledge.officialWords, knowledge.pairCounts, segment);
  yield;
  const find = buildFeatureFinder(knowledge.names, segment);
  yield;
  const findSayings = buildPhraseFinder(officialSayings);
  const votes = buildVotes(knowledge.votes);
  const scorer = buildScorer(knowledge.scoring);
  const hearDanger = buildDangerEar(knowledge.danger);
  const ear = { findSayings, votes, find, scorer, hearDanger, sheets: new Sheets(owners) };
  return {
    listen: (plain) => inStandardSpeech(readPinyin(plain)),
    correct,
    names: (means, owner) => votes.names(means, owner),
    sayingsIn: findSayings,
    match: (text) => weigh(ear, searchFor(ear, text)),
    matchClear: (text, least) => {
      const searched = searchFor(ear, text);
      return reaches(searched.found, least) ? weigh(ear, searched) : undefined;
    },
    takeBack: () => ear.sheets.takeBack(),
  };
}

import { type CatalogueEntry } from '@linli/contracts';
import { buildCorpus, type Corpus } from './corpus';
import { learnDanger, type DangerSense } from './danger';
import { dangerFeaturesOf } from './danger-features';
import { besides, exampleTexts, type Beside, type Example } from './examples';
import { featuresOf } from './features';
import { normalise, type Reading } from './normalise';
import { type WordCounts } from './pinyin-reader';
import { learnScoring, type Scoring } from './scorer';
import { type Segmenter } from './segmenter';
import { inStandardSpeech } from './speech';
import { mapped, type Steps } from './steps';
import { countVotes, type Vote } from './votes';

/** What is learned of a catalogue: plain data, so that it can be kept and taken up by another process. */
export interface Knowledge {
  /** The feature of each number. */
  readonly names: readonly string[];
  readonly wordCounts: WordCounts;
  readonly officialWords: ReadonlySet<string>;
  readonly pairCounts: ReadonlyMap<string, number>;
  readonly scoring: Scoring;
  readonly danger: DangerSense;
  readonly votes: ReadonlyMap<string, Vote>;
}

/** The examples of what asks for no entry, heard as a resident's texts are. */
function* takeApart({
  table,
  segment,
  findSayings,
  readPinyin,
}: Corpus): Steps<Readonly<Record<Beside, readonly Example[]>>> {
  const listen = (plain: Reading): Reading => inStandardSpeech(readPinyin(plain));
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

/** Learns a catalogue; the same catalogue teaches the same. */
export function* learnCatalogue(entries: readonly CatalogueEntry[], segment: Segmenter): Steps<Knowledge> {
  const corpus = yield* buildCorpus(entries, segment);
  const { documents, table, wordCounts, officialWords, pairCounts } = corpus;
  const shown = yield* takeApart(corpus);
  const scoring = yield* learnScoring(documents, shown, entries.length, table);
  const danger = yield* learnDanger(documents, shown, table.names);
  const votes = yield* countVotes(corpus, entries.length);
  return { names: table.names, wordCounts, officialWords, pairCounts, scoring, danger, votes };
}

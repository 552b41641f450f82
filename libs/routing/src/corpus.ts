import { type CatalogueEntry } from '@linli/contracts';
import { dangerFeaturesOf } from './danger-features';
import { type Document } from './document';
import { createFeatureTable, type FeatureTable } from './feature-table';
import { featuresOf } from './features';
import { type Saying } from './lexicon/saying';
import { normalise } from './normalise';
import { buildPhraseFinder, type PhraseFinder } from './phrase-finder';
import { buildPinyinReader, type PinyinReader, type WordCounts } from './pinyin-reader';
import { buildSegmenter, type Segmenter } from './segmenter';
import { officialSayings } from './sayings';
import { inStandardSpeech } from './speech';
import { mapped, type Steps } from './steps';
import { countWords, officialWords, pairCounts } from './vocabulary';
import { fields, type Field } from './weights';

/** A catalogue taken apart: documents to search, and the words and pairs of characters that its people use. */
export interface Corpus {
  /** In the order of the entries. */
  readonly documents: readonly Document[];
  readonly table: FeatureTable;
  readonly segment: Segmenter;
  readonly findSayings: PhraseFinder<Saying>;
  /** How often people say each word. */
  readonly wordCounts: WordCounts;
  readonly readPinyin: PinyinReader;
  readonly officialWords: ReadonlySet<string>;
  readonly pairCounts: ReadonlyMap<string, number>;
}

interface FieldText {
  readonly owner: number;
  readonly field: Field;
  readonly text: string;
}

/** What anything may be asked: it teaches that such a question speaks neither for an entry nor against all of them. */
const questions =
  '*是啥 *是什么 *怎么弄 附近哪里能* *找谁 *咋回事 哪里有* *能不能办 *在哪办 想问问* *多少钱 *要什么材料 附近有没有* *有什么用'.split(
    ' ',
  );

function askedFor({ aliases, keywords }: CatalogueEntry, owner: number): string[] {
  return [...aliases, ...keywords].map((word, at) =>
    (questions[(owner + at) % questions.length] ?? '*').replace('*', word),
  );
}

function textsOf(entry: CatalogueEntry, owner: number): FieldText[] {
  const texts: Record<Field, readonly string[]> = {
    name: [entry.name],
    alias: entry.aliases,
    keyword: entry.keywords,
    summary: [entry.summary],
    asked: askedFor(entry, owner),
    phrasing: entry.phrasings,
  };
  return fields.flatMap((field) =>
    texts[field].map((text) => ({ owner, field, text: inStandardSpeech(normalise(text)).text })),
  );
}

/** Cuts texts into words; knows what the entries are called. */
export function segmenterOf(entries: readonly CatalogueEntry[]): Segmenter {
  return buildSegmenter(entries.flatMap((entry) => [entry.name, ...entry.aliases, ...entry.keywords]));
}

/** Takes a catalogue apart. Texts that hold Latin letters wait until the others have shown which words there are. */
export function* buildCorpus(entries: readonly CatalogueEntry[], segment: Segmenter): Steps<Corpus> {
  const findSayings = buildPhraseFinder(officialSayings);
  const table = createFeatureTable();
  const owned = entries.map((entry, owner) => ({ entry, owner }));
  const texts = (yield* mapped(owned, ({ entry, owner }) => textsOf(entry, owner), 8)).flat();
  const toDocument = ({ owner, field, text }: FieldText): Document => {
    const means = findSayings(text).map(({ saying }) => saying.means);
    const features = table.count(featuresOf(text, segment, means));
    if (field !== 'phrasing') return { owner, field, features };
    return { owner, field, features, withSigns: table.join(features, dangerFeaturesOf(text)) };
  };
  const plain = yield* mapped(
    texts.filter(({ text }) => !/[a-z]/.test(text)),
    toDocument,
  );
  const wordCounts = countWords(plain, table);
  const readPinyin = buildPinyinReader(wordCounts);
  const spelt = yield* mapped(
    texts.filter(({ text }) => /[a-z]/.test(text)),
    ({ text, ...place }) => toDocument({ ...place, text: inStandardSpeech(readPinyin({ text, source: text })).text }),
    16,
  );
  const shortNames = texts.flatMap(({ field, text }) => (field === 'alias' || field === 'keyword' ? [text] : []));
  return {
    documents: [...plain, ...spelt].sort((one, other) => one.owner - other.owner),
    table,
    segment,
    findSayings,
    wordCounts,
    readPinyin,
    officialWords: officialWords(plain, table, shortNames, segment),
    pairCounts: pairCounts(plain, table),
  };
}

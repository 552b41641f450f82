import { type CatalogueEntry } from '@linli/contracts';
import { createFeatureTable, joinCounted, type CountedFeatures, type FeatureTable } from './feature-table';
import { featuresOf } from './features';
import { normalise } from './normalise';
import { buildPinyinReader, type PinyinReader } from './pinyin-reader';
import { type SearchDocument } from './search-index';
import { buildSegmenter, type Segmenter } from './segmenter';
import { inStandardSpeech } from './speech';
import { countWords, officialWords, pairCounts } from './vocabulary';
import { fields, type Field } from './weights';

/** A catalogue taken apart: documents to search, and the words and pairs of characters that its people use. */
export interface Corpus {
  /** In the order of the entries. */
  readonly documents: readonly SearchDocument[];
  readonly table: FeatureTable;
  readonly segment: Segmenter;
  readonly readPinyin: PinyinReader;
  readonly officialWords: ReadonlySet<string>;
  readonly pairCounts: ReadonlyMap<string, number>;
}

interface FieldText {
  readonly owner: number;
  readonly field: Field;
  readonly text: string;
}

function textsOf(entry: CatalogueEntry, owner: number): FieldText[] {
  const texts: Record<Exclude<Field, 'whole'>, readonly string[]> = {
    name: [entry.name],
    alias: entry.aliases,
    keyword: entry.keywords,
    summary: [entry.summary],
    phrasing: entry.phrasings,
  };
  return fields.flatMap((field) =>
    field === 'whole'
      ? []
      : texts[field].map((text) => ({ owner, field, text: inStandardSpeech(normalise(text)).text })),
  );
}

function wholesOf(documents: readonly SearchDocument[], owners: number, table: FeatureTable): SearchDocument[] {
  const byOwner: CountedFeatures[][] = Array.from({ length: owners }, () => []);
  for (const { owner, field, features } of documents) if (field !== 'summary') byOwner[owner]?.push(features);
  return byOwner.map((all, owner) => ({ owner, field: 'whole', features: joinCounted(all, table.names.length) }));
}

/** Takes a catalogue apart. Texts that hold Latin letters wait until the others have shown which words there are. */
export function buildCorpus(entries: readonly CatalogueEntry[]): Corpus {
  const segment = buildSegmenter(entries.flatMap((entry) => [entry.name, ...entry.aliases, ...entry.keywords]));
  const table = createFeatureTable();
  const texts = entries.flatMap(textsOf);
  const toDocument = ({ owner, field, text }: FieldText): SearchDocument => ({
    owner,
    field,
    features: table.count(featuresOf(text, segment)),
  });
  const plain = texts.filter(({ text }) => !/[a-z]/.test(text)).map(toDocument);
  const readPinyin = buildPinyinReader(countWords(plain, table));
  const spelt = texts
    .filter(({ text }) => /[a-z]/.test(text))
    .map(({ text, ...place }) => ({
      ...place,
      text: inStandardSpeech(readPinyin({ text, source: text.split('') })).text,
    }))
    .map(toDocument);
  const single = [...plain, ...spelt];
  const shortNames = texts.flatMap(({ field, text }) => (field === 'alias' || field === 'keyword' ? [text] : []));
  return {
    documents: [...single, ...wholesOf(single, entries.length, table)].sort((one, other) => one.owner - other.owner),
    table,
    segment,
    readPinyin,
    officialWords: officialWords(plain, table, shortNames, segment),
    pairCounts: pairCounts(plain, table),
  };
}

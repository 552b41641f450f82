import { type Document } from './document';
import { type FeatureTable } from './feature-table';
import { commonWords } from './lexicon/common';
import { officialSayings } from './sayings';
import { type Segmenter } from './segmenter';
import { type Field } from './weights';

const official: ReadonlySet<Field> = new Set(['name', 'alias', 'keyword']);
const hanOnly = /^\p{Script=Han}+$/u;

/** How often words are said: the catalogue's own, the lexicon's, and a few everyday ones so that a poor catalogue still hears pinyin. */
export function countWords(documents: readonly Document[], table: FeatureTable): Map<string, number> {
  const sums = new Float64Array(table.names.length);
  for (const { field, features } of documents) {
    const share = official.has(field) ? 2 : 1;
    features.ids.forEach((id, at) => (sums[id] = (sums[id] ?? 0) + share * (features.times[at] ?? 0)));
  }
  const counts = new Map<string, number>();
  table.names.forEach((feature, id) => {
    if (feature.startsWith('#')) counts.set(feature.slice(1), sums[id] ?? 0);
    else if (feature.length === 1) counts.set(feature, (sums[id] ?? 0) / 4);
  });
  for (const { parts } of officialSayings) {
    for (const part of parts) if (part.length > 1) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  for (const [word, times] of commonWords) counts.set(word, (counts.get(word) ?? 0) + times);
  return counts;
}

/** Words worth recognising under a wrong character: the catalogue's own and the lexicon's. */
export function officialWords(
  documents: readonly Document[],
  table: FeatureTable,
  shortNames: readonly string[],
  segment: Segmenter,
): Set<string> {
  const words = new Set(shortNames.filter((name) => name.length > 1 && name.length <= 5 && hanOnly.test(name)));
  for (const { field, features } of documents) {
    if (!official.has(field)) continue;
    for (const id of features.ids) {
      const feature = table.names[id] ?? '';
      if (feature.startsWith('#') && hanOnly.test(feature.slice(1))) words.add(feature.slice(1));
    }
  }
  const said = new Set(officialSayings.flatMap(({ parts }) => parts));
  for (const part of said) if (part.length > 1 && part.length < 5 && segment(part).length === 1) words.add(part);
  return words;
}

/** In how many documents each pair of characters stands. */
export function pairCounts(documents: readonly Document[], table: FeatureTable): Map<string, number> {
  const standing = new Int32Array(table.names.length);
  for (const { features } of documents) for (const id of features.ids) standing[id] = (standing[id] ?? 0) + 1;
  const counts = new Map<string, number>();
  table.names.forEach((name, id) => {
    if (name.length === 2 && !name.startsWith('#')) counts.set(name, standing[id] ?? 0);
  });
  return counts;
}

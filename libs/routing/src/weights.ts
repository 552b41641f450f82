/** The fields of an entry that speak for it; `asked` is what it is called with a plain question behind it. */
export const fields = ['name', 'alias', 'keyword', 'summary', 'asked', 'phrasing'] as const;

/** A field of an entry. */
export type Field = (typeof fields)[number];

const byKind = { single: 1.8, pair: 1, word: 0.6, code: 2, sound: 0.5, saying: 1, age: 1 } as const;

/**
 * How far each kind of evidence is trusted; found by leaving phrasings out and asking for them again. Characters count most: people
 * choose other words, but hardly other characters for the same thing.
 */
export function kindWeight(feature: string): number {
  // A number or a word in letters, as 4050, says in one feature what a Chinese word says in several.
  if (feature.startsWith('#')) return /^#[a-z0-9]{2}/.test(feature) ? byKind.code : byKind.word;
  if (feature.startsWith('~')) return byKind.sound;
  if (feature.startsWith('@')) return byKind.saying;
  if (feature.startsWith('age:')) return byKind.age;
  return feature.length === 1 ? byKind.single : byKind.pair;
}

/** How much a text of each field teaches; a resident's own words teach most. */
export const teachingWeights: Readonly<Record<Field, number>> = {
  name: 0.6,
  alias: 0.6,
  keyword: 0.6,
  summary: 0.6,
  asked: 0.6,
  phrasing: 1,
};

/** How well a document of each field names its entry, for an official word of the lexicon. */
export const namingWeights: Readonly<Record<Field, number>> = {
  name: 1,
  alias: 1,
  keyword: 0.5,
  summary: 0.1,
  asked: 0,
  phrasing: 0,
};

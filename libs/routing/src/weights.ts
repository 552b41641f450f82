/** The fields of an entry; each is searched by itself, `whole` is all of them taken as one text. */
export const fields = ['name', 'alias', 'keyword', 'summary', 'phrasing', 'whole'] as const;

/** A field of an entry. */
export type Field = (typeof fields)[number];

/** How much a feature of each kind counts in a search. */
export interface FeatureWeights {
  readonly single: number;
  readonly pair: number;
  readonly word: number;
  readonly age: number;
}

/** What the best document of each field adds to an entry's score, and what the second best adds. */
export interface FieldWeights {
  readonly best: Readonly<Record<Field, number>>;
  readonly second: Readonly<Record<Field, number>>;
}

/** How far each kind of evidence is trusted; found by leaving phrasings out and asking for them again. */
export const featureWeights: FeatureWeights = { single: 1.2, pair: 1, word: 0.4, age: 0.6 };

const none = { name: 0, alias: 0, keyword: 0, summary: 0, phrasing: 0, whole: 0 };

/** For a resident's text. */
export const askingWeights: FieldWeights = {
  best: { name: 0.7, alias: 0.7, keyword: 0.6, summary: 0.7, phrasing: 0.25, whole: 0.5 },
  second: { ...none, keyword: 0.2, phrasing: 0.2 },
};

/** For an official word of the lexicon: which entries it names. */
export const namingWeights: FieldWeights = {
  best: { ...none, name: 1, alias: 1, keyword: 0.5, summary: 0.1 },
  second: none,
};

/**
 * How people say it, by what it is officially called. The official words are separated by blanks, most telling first, and so are
 * the sayings; `*` in a saying stands for up to twelve characters of the same sentence.
 */
export type Lexicon = Readonly<Record<string, string>>;

/** One saying and the official words it stands for. */
export interface Saying {
  readonly parts: readonly string[];
  /** The official words, separated by blanks. */
  readonly means: string;
}

/** Every saying of a lexicon, taken apart at its gaps. */
export function sayingsOf(lexicon: Lexicon): Saying[] {
  return Object.entries(lexicon).flatMap(([means, says]) =>
    says.split(' ').map((saying) => ({ parts: saying.split('*'), means })),
  );
}

import type { Document } from '../document';
import { bestPerEntry, foundOf, type Build } from '../engine';

const k1 = 1.2;
const b = 0.75;

interface Posting {
  readonly at: number;
  readonly count: number;
}

/** BM25 over runs of `length` characters, an entry's words being one document. */
export function bm25(length: number): Build {
  return (documents) => {
    const texts = documents.map((document) => gramsOf(wordsOf(document), length));
    const mean = texts.reduce((sum, grams) => sum + grams.length, 0) / Math.max(1, texts.length);
    const postings = postingsOf(texts);
    const norms = texts.map((grams) => k1 * (1 - b + (b * grams.length) / mean));
    const ask = (text: string): ReturnType<typeof foundOf> => {
      const scores = new Map<number, number>();
      for (const gram of new Set(gramsOf([text], length))) {
        const list = postings.get(gram) ?? [];
        const rarity = Math.log(1 + (texts.length - list.length + 0.5) / (list.length + 0.5));
        for (const { at, count } of list)
          scores.set(at, (scores.get(at) ?? 0) + (rarity * count * (k1 + 1)) / (count + (norms[at] ?? 1)));
      }
      return foundOf(bestPerEntry(Array.from(scores, ([at, score]) => ({ id: documents[at]?.id ?? '', score }))));
    };
    return Promise.resolve({ ask });
  };
}

function postingsOf(texts: readonly (readonly string[])[]): ReadonlyMap<string, readonly Posting[]> {
  const postings = new Map<string, Posting[]>();
  texts.forEach((grams, at) => {
    const counts = new Map<string, number>();
    for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    for (const [gram, count] of counts) {
      const list = postings.get(gram) ?? [];
      list.push({ at, count });
      postings.set(gram, list);
    }
  });
  return postings;
}

function wordsOf({ name, aliases, keywords, summary, phrasings }: Document): string[] {
  return [name, ...aliases, ...keywords, summary, ...phrasings];
}

function gramsOf(texts: readonly string[], length: number): string[] {
  return texts.flatMap((text) => {
    const signs = Array.from(text.normalize('NFKC').toLowerCase()).filter((sign) => /[\p{L}\p{N}]/u.test(sign));
    return signs.slice(0, Math.max(0, signs.length - length + 1)).map((_, at) => signs.slice(at, at + length).join(''));
  });
}

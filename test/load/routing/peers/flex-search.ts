import { foundOf, wanted, type Build } from '../engine';

const weights = { name: 2, aliases: 2, keywords: 1.5, summary: 1, phrasings: 2 } as const;
const fields = ['name', 'aliases', 'keywords', 'summary', 'phrasings'] as const;
const listLength = 50;

/** FlexSearch with its encoder for Chinese; it tells ranks alone, so the fields' lists are joined by reciprocal rank. */
export const flexSearch: Build = async (documents) => {
  const { Charset, Index } = await import('flexsearch');
  const indexes = fields.map((field) => {
    const index = new Index({ encoder: Charset.CJK, tokenize: 'strict', context: true });
    documents.forEach((document, at) => {
      const value = document[field];
      index.add(at, typeof value === 'string' ? value : value.join('\n'));
    });
    return { index, weight: weights[field] };
  });
  return {
    ask: (text) => {
      const scores = new Map<number, number>();
      for (const { index, weight } of indexes) {
        const list = index.search(text, { limit: listLength, suggest: true }) as number[];
        list.forEach((at, rank) => scores.set(at, (scores.get(at) ?? 0) + weight / (rank + 1)));
      }
      const best = [...scores].sort(([, one], [, other]) => other - one).slice(0, wanted);
      return foundOf(best.map(([at, score]) => ({ id: documents[at]?.id ?? '', score })));
    },
  };
};

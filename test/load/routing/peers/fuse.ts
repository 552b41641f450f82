import { foundOf, wanted, type Build } from '../engine';

/** Fuse.js with its token search, cutting words with the platform's own segmenter. */
export const fuse: Build = async (documents) => {
  const { default: Fuse } = await import('fuse.js');
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const search = new Fuse([...documents], {
    keys: [
      { name: 'name', weight: 2 },
      { name: 'aliases', weight: 2 },
      { name: 'keywords', weight: 1.5 },
      { name: 'summary', weight: 1 },
      { name: 'phrasings', weight: 2 },
    ],
    includeScore: true,
    ignoreLocation: true,
    useTokenSearch: true,
    tokenize: (text) =>
      Array.from(segmenter.segment(text), ({ segment }) => segment).filter((one) => /[\p{L}\p{N}]/u.test(one)),
  });
  return {
    // Its score is a distance: 0 is the same.
    ask: (text) =>
      foundOf(search.search(text, { limit: wanted }).map(({ item, score = 1 }) => ({ id: item.id, score: -score }))),
  };
};

import { foundOf, wanted, type Build } from '../engine';

/** MiniSearch, cutting words with jieba. */
export const miniSearch: Build = async (documents) => {
  const [{ default: MiniSearch }, { Jieba }, { dict }] = await Promise.all([
    import('minisearch'),
    import('@node-rs/jieba'),
    import('@node-rs/jieba/dict'),
  ]);
  const jieba = Jieba.withDict(dict);
  const search = new MiniSearch({
    fields: ['name', 'aliases', 'keywords', 'summary', 'phrasings'],
    tokenize: (text) => jieba.cutForSearch(text, true).filter((word) => /[\p{L}\p{N}]/u.test(word)),
    extractField: (document: Record<string, unknown>, field) => {
      const value = document[field];
      return Array.isArray(value) ? value.join('\n') : (value as string);
    },
  });
  search.addAll([...documents]);
  const options = { boost: { name: 2, aliases: 2, keywords: 1.5, phrasings: 2 } };
  return {
    ask: (text) =>
      foundOf(
        search
          .search(text, options)
          .slice(0, wanted)
          .map(({ id, score }) => ({ id: id as string, score })),
      ),
  };
};

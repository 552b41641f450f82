import { foundOf, wanted, type Build } from '../engine';

/** Orama with its own Mandarin tokenizer. */
export const orama: Build = async (documents) => {
  const [{ create, insertMultiple, search }, { createTokenizer }] = await Promise.all([
    import('@orama/orama'),
    import('@orama/tokenizers/mandarin'),
  ]);
  const index = create({
    schema: { name: 'string', aliases: 'string[]', keywords: 'string[]', summary: 'string', phrasings: 'string[]' },
    components: { tokenizer: createTokenizer({ language: 'mandarin' }) },
  } as const);
  const rows = documents.map(({ id, name, aliases, keywords, summary, phrasings }) => ({
    id,
    name,
    aliases: [...aliases],
    keywords: [...keywords],
    summary,
    phrasings: [...phrasings],
  }));
  await insertMultiple(index, rows);
  const boost = { name: 2, aliases: 2, keywords: 1.5, phrasings: 2 };
  return {
    ask: async (text) => foundOf((await search(index, { term: text, limit: wanted, boost })).hits),
  };
};

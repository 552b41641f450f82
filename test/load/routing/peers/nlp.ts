import { foundOf, wanted, type Build } from '../engine';

/** nlp.js with its Chinese: one intent an entry, trained with all the entry's words. */
export const nlp: Build = async (documents) => {
  const [{ containerBootstrap, Nlp }, { LangZh }] = await Promise.all([
    import('@nlpjs/basic'),
    import('@nlpjs/lang-zh'),
  ]);
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangZh);
  const manager = container.get('nlp');
  Object.assign(manager, {
    settings: { ...(manager as unknown as { settings: object }).settings, autoSave: false, log: false },
  });
  manager.addLanguage('zh');
  for (const { id, name, aliases, keywords, summary, phrasings } of documents)
    for (const words of [name, ...aliases, ...keywords, summary, ...phrasings]) manager.addDocument('zh', words, id);
  await manager.train();
  return {
    ask: async (text) => {
      const { classifications } = await manager.process('zh', text);
      const hits = classifications
        .filter(({ intent }) => intent !== 'None')
        .slice(0, wanted)
        .map(({ intent, score }) => ({ id: intent, score }));
      return foundOf(hits);
    },
  };
};

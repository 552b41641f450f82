import { foundOf, wanted, type Build } from '../engine';

/** Longer texts make it slower by the minute, and it has not found more in them. */
const longest = 200;

/** Fuse.js, forgiving enough that whole sentences still find something; its token search finds less. */
export const fuse: Build = async (documents) => {
  const { default: Fuse } = await import('fuse.js');
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
    threshold: 0.8,
  });
  return {
    // Its score is a distance: 0 is the same.
    ask: (text) =>
      foundOf(
        search
          .search(text.slice(0, longest), { limit: wanted })
          .map(({ item, score = 1 }) => ({ id: item.id, score: -score })),
      ),
  };
};

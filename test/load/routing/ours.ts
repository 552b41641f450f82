import type { CatalogueEntry } from '@linli/contracts';
import { answerOf } from '../../../libs/journeys/src/route-scoring';
import type { Document } from './document';
import type { Build } from './engine';

/** The product's own engine, as `POST /api/v1/route` asks it. */
export const ours: Build = async (documents) => {
  const { allAtOnce, knowingRouter, learnRouter, readKnowledge, routeTextLimit, writeKnowledge } =
    await import('../../../libs/routing/src/index');
  const entries = documents.map(entryOf);
  const router = allAtOnce(learnRouter(entries)).router;
  return {
    ask: (text) => {
      // The door refuses what is longer; the resident is told so and nothing is routed.
      if (Array.from(text).length > routeTextLimit) return { ranked: [], score: null, decision: 'none' };
      return { ...answerOf(router.route(text)), score: null };
    },
    keep: () => {
      const kept = allAtOnce(writeKnowledge(allAtOnce(learnRouter(entries)).knowledge));
      return () => allAtOnce(knowingRouter(entries, allAtOnce(readKnowledge(kept))));
    },
  };
};

function entryOf({ department, ...document }: Document): CatalogueEntry {
  return {
    ...document,
    department: { id: department, name: department },
    version: 1,
    versionId: document.id,
  };
}

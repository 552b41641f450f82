import type { CatalogueEntry } from '@linli/contracts';
import { answerOf } from '../../../libs/journeys/src/route-scoring';
import type { Document } from './document';
import type { Build } from './engine';

/** The product's own engine, as `POST /api/v1/route` asks it. */
export const ours: Build = async (documents) => {
  const { knowingRouter, learnRouter, readKnowledge, routeTextLimit, writeKnowledge } =
    await import('../../../libs/routing/src/index');
  const entries = documents.map(entryOf);
  const router = done(learnRouter(entries)).router;
  return {
    ask: (text) => {
      // The door refuses what is longer; the resident is told so and nothing is routed.
      if (Array.from(text).length > routeTextLimit) return { ranked: [], score: null, decision: 'none' };
      return { ...answerOf(router.route(text)), score: null };
    },
    keep: () => {
      const kept = done(writeKnowledge(done(learnRouter(entries)).knowledge));
      return () => done(knowingRouter(entries, done(readKnowledge(kept))));
    },
  };
};

/** All steps at once. */
function done<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function entryOf({ department, ...document }: Document): CatalogueEntry {
  return {
    ...document,
    department: { id: department, name: department },
    version: 1,
    versionId: document.id,
  };
}

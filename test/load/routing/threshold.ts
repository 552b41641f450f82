import { judge, type Judged, type LabelledText } from '../../../libs/journeys/src/route-scoring';
import type { Found } from './engine';

/** What an engine gave, judged; `threshold` is the score under which a peer is taken to say `none`. */
export interface Held {
  readonly threshold: number | null;
  readonly judged: readonly Judged[];
}

/**
 * Judges what was found. A peer knows no `none`: it is given the threshold with which most of these very texts come out
 * right, which is more than it would have in earnest, where nobody knows the labels.
 */
export function heldAgainst(labelled: readonly LabelledText[], found: readonly Found[]): Held {
  if (found.every(({ decision }) => decision !== null))
    return { threshold: null, judged: judgeAll(labelled, found, 0) };
  const scores = [...new Set(found.map(({ score }) => score ?? 0))].sort((one, other) => one - other);
  return [...scores, Number.POSITIVE_INFINITY]
    .map((threshold) => ({ threshold, judged: judgeAll(labelled, found, threshold) }))
    .reduce((best, one) => (rightIn(one) > rightIn(best) ? one : best));
}

function judgeAll(labelled: readonly LabelledText[], found: readonly Found[], threshold: number): Judged[] {
  return labelled.map((one, at) => {
    const { ranked = [], score = null, decision = null } = found[at] ?? {};
    if (decision !== null) return judge(one, { decision, ranked });
    const isNone = ranked.length === 0 || (score ?? 0) < threshold;
    // The list stays as it was found: top-1 and top-3 are asked of the list alone.
    return judge(one, { decision: isNone ? 'none' : 'route', ranked });
  });
}

function rightIn({ judged }: Held): number {
  return judged.filter(({ right }) => right).length;
}

import { Refusal, type RefusalCode, type RefusalDetail } from '@linli/kernel';
import type { Draft, Reviewed } from '../versions/draft';
import { checkPublishable } from '../versions/findings';
import { approve, readyTo, schedule, sendBack, type DraftVerb } from '../versions/life';

export const bulkDecisions = ['approve', 'sendBack'] as const;
export type BulkDecision = (typeof bulkDecisions)[number];

/** What an officer decided of many drafts of one import at once (批量审核). */
export interface BulkOrder {
  readonly officerId: string;
  /** The department whose drafts they reach; null for all. */
  readonly departmentId: string | null;
  readonly decision: BulkDecision;
  /** Why they go back; empty for an approval. */
  readonly reasons: readonly string[];
  /** From when what is approved is public; null leaves that for later. */
  readonly publishFrom: Date | null;
  /** When the officer looked: a draft that changed since was not seen. */
  readonly seenAt: Date;
}

/** One step a draft takes on the way. */
export interface BulkStep {
  readonly draft: Draft;
  readonly what: DraftVerb;
}

/** What became of one draft: its steps (none when it is so already), or why it stays as it is. */
export type BulkOutcome =
  { readonly steps: readonly BulkStep[] } | { readonly code: RefusalCode; readonly problems: readonly RefusalDetail[] };

/** Where the draft is when the order was carried out before: the same order again changes nothing. */
const alreadySo: Readonly<Record<BulkDecision, readonly Draft['state'][]>> = {
  approve: ['scheduled', 'published'],
  sendBack: ['sentBack'],
};

/** Decides of one draft by the rules that hold for a single review; `standing` is the version that is published now. */
export function decide(draft: Draft | undefined, order: BulkOrder, standing: number | null, now: Date): BulkOutcome {
  try {
    return { steps: stepsOf(draft, order, standing, now) };
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, problems: error.errors };
    throw error;
  }
}

function stepsOf(draft: Draft | undefined, order: BulkOrder, standing: number | null, now: Date): BulkStep[] {
  if (!draft || (order.departmentId !== null && order.departmentId !== draft.departmentId))
    throw new Refusal('catalogue.draftNotFound');
  if (alreadySo[order.decision].includes(draft.state)) return [];
  if (order.decision === 'approve' && draft.state === 'reviewed') return scheduleSteps(draft, order, standing, now);
  if (draft.updatedAt.getTime() > order.seenAt.getTime()) throw new Refusal('catalogue.draftChanged');
  if (order.decision === 'sendBack') {
    const returned = sendBack(readyTo('sendBack', draft), order.reasons, order.officerId, now);
    return [{ draft: returned, what: 'sendBack' }];
  }
  const reviewed = approve(readyTo('approve', draft), standing, order.officerId, now);
  checkPublishable(draft.content);
  return [{ draft: reviewed, what: 'approve' }, ...scheduleSteps(reviewed, order, standing, now)];
}

function scheduleSteps(draft: Reviewed, { publishFrom }: BulkOrder, standing: number | null, now: Date): BulkStep[] {
  if (!publishFrom) return [];
  const at = publishFrom.getTime() > now.getTime() ? publishFrom : null;
  return [{ draft: schedule(draft, standing, at, now), what: 'schedule' }];
}

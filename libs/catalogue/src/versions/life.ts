import { Refusal } from '@linli/kernel';
import type { CatalogueFileEntry } from '../entry-file';
import type {
  Draft,
  DraftCore,
  DraftState,
  PublishedDraft,
  Reviewed,
  Scheduled,
  SentBack,
  Submitted,
  WithdrawnDraft,
  Writing,
} from './draft';

/** From which states a verb leads where. */
export const transitions = {
  edit: { from: ['draft', 'sentBack'], to: 'draft' },
  submit: { from: ['draft'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'reviewed' },
  sendBack: { from: ['submitted', 'reviewed', 'scheduled'], to: 'sentBack' },
  schedule: { from: ['reviewed', 'scheduled'], to: 'scheduled' },
  publish: { from: ['scheduled'], to: 'published' },
  withdraw: { from: ['draft', 'submitted', 'sentBack', 'reviewed', 'scheduled'], to: 'withdrawn' },
} as const satisfies Record<string, { readonly from: readonly DraftState[]; readonly to: DraftState }>;

export type DraftVerb = keyof typeof transitions;

/** Said to the author when what they wrote upon was published anew before their own turn came. */
export const outdatedReason = '这个事项在等待发布时又有了新版本。请对照新版本修改后再送审。';

/** A draft as its author begins it. */
export function begin(
  given: Pick<Writing, 'id' | 'entryId' | 'departmentId' | 'content'>,
  baseVersion: number | null,
  authorId: string,
  now: Date,
): Writing {
  const author = { authorId, editorIds: [authorId] };
  return { ...given, baseVersion, ...author, revision: 1, createdAt: now, updatedAt: now, state: 'draft' };
}

/** The draft, when its state allows the verb; refuses otherwise. */
export function readyTo<V extends DraftVerb>(
  verb: V,
  draft: Draft,
): Extract<Draft, { state: (typeof transitions)[V]['from'][number] }> {
  const from: readonly DraftState[] = transitions[verb].from;
  if (!from.includes(draft.state))
    throw new Refusal('catalogue.wrongState', [{ at: 'state', problem: `现在是 ${draft.state}` }]);
  return draft as Extract<Draft, { state: (typeof transitions)[V]['from'][number] }>;
}

/** Refuses a write made upon an older revision than what stands: somebody else was there in between. */
export function checkRevision(draft: Draft, seen: number | undefined): void {
  if (seen !== undefined && seen !== draft.revision)
    throw new Refusal('catalogue.draftChanged', [{ at: 'revision', problem: `现在是第 ${draft.revision} 稿` }]);
}

function checkBase(draft: DraftCore, standing: number | null): void {
  if (draft.baseVersion !== standing)
    throw new Refusal('catalogue.baseOutdated', [
      { at: 'baseVersion', problem: standing === null ? '这个事项已撤下' : `现在公布的是第 ${standing} 版` },
    ]);
}

function step(draft: DraftCore, now: Date): DraftCore {
  const { id, entryId, departmentId, content, baseVersion, authorId, editorIds, revision, createdAt } = draft;
  const core = { id, entryId, departmentId, content, baseVersion, authorId, editorIds, createdAt };
  return { ...core, revision: revision + 1, updatedAt: now };
}

/** What an edit brings. */
export interface Edit {
  readonly content: CatalogueFileEntry;
  readonly departmentId: string;
  /** Named when the editor has looked at a newer published version and writes upon that. */
  readonly baseVersion?: number | null | undefined;
}

/** `standing` is the version that is published now. */
export function edit(
  draft: Writing | SentBack,
  words: Edit,
  standing: number | null,
  editorId: string,
  now: Date,
): Writing {
  const { content, departmentId, baseVersion = draft.baseVersion } = words;
  if (words.baseVersion !== undefined) checkBase({ ...draft, baseVersion }, standing);
  const editorIds = draft.editorIds.includes(editorId) ? draft.editorIds : [...draft.editorIds, editorId];
  return { ...step(draft, now), content, departmentId, baseVersion, editorIds, state: 'draft' };
}

/** 送审. */
export function submit(draft: Writing, standing: number | null, now: Date): Submitted {
  checkBase(draft, standing);
  return { ...step(draft, now), state: 'submitted' };
}

/** 审核通过, by somebody who wrote none of it. */
export function approve(draft: Submitted, standing: number | null, reviewerId: string, now: Date): Reviewed {
  checkOther(draft, reviewerId);
  checkBase(draft, standing);
  return { ...step(draft, now), state: 'reviewed', reviewerId, reviewedAt: now };
}

/** 退回修改, with reasons the author can act on; `reviewerId` is null when the clock does it. */
export function sendBack(
  draft: Submitted | Reviewed | Scheduled,
  reasons: readonly string[],
  reviewerId: string | null,
  now: Date,
): SentBack {
  if (reviewerId !== null) checkOther(draft, reviewerId);
  return { ...step(draft, now), state: 'sentBack', reasons: told(reasons) };
}

/** Sets when it is published, or sets it anew; without a time, at once. */
export function schedule(draft: Reviewed | Scheduled, standing: number | null, at: Date | null, now: Date): Scheduled {
  if (at && at.getTime() < now.getTime()) throw new Refusal('catalogue.timePassed');
  checkBase(draft, standing);
  const { reviewerId, reviewedAt } = draft;
  return { ...step(draft, now), state: 'scheduled', reviewerId, reviewedAt, publishedFrom: at ?? now };
}

/**
 * What becomes of a draft whose time has come: the next version, or back to its author when what it was written upon is
 * no longer what is published, since its reviewer did not see what it would undo.
 */
export function fallDue(
  draft: Scheduled,
  standing: number | null,
  nextVersion: number,
  now: Date,
): PublishedDraft | SentBack {
  if (draft.baseVersion !== standing) return sendBack(draft, [outdatedReason], null, now);
  const { reviewerId, reviewedAt, publishedFrom } = draft;
  return { ...step(draft, now), state: 'published', reviewerId, reviewedAt, publishedFrom, version: nextVersion };
}

export function withdraw(
  draft: Exclude<Draft, { state: 'published' | 'withdrawn' }>,
  reason: string,
  now: Date,
): WithdrawnDraft {
  return { ...step(draft, now), state: 'withdrawn', reasons: told([reason]) };
}

function checkOther(draft: DraftCore, reviewerId: string): void {
  if (draft.editorIds.includes(reviewerId)) throw new Refusal('catalogue.ownDraft');
}

/** The reasons that were given; refuses none. */
export function told(reasons: readonly string[]): readonly string[] {
  const words = reasons.map((reason) => reason.trim()).filter((reason) => reason !== '');
  if (words.length === 0) throw new Refusal('catalogue.reasonMissing', [{ at: 'reasons', problem: '请写明理由' }]);
  return words;
}

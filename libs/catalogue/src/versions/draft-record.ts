import type { CatalogueFileEntry } from '../entry-file';
import { canonicalJson } from '../files/canonical-json';
import type { Draft, DraftState } from './draft';

/** A draft as its table has it. */
export interface DraftRecord {
  readonly id: string;
  readonly entry_id: string;
  readonly department_id: string;
  readonly content: CatalogueFileEntry;
  readonly base_version: number | null;
  readonly state: DraftState;
  readonly revision: number;
  readonly author_id: string;
  readonly editor_ids: readonly string[];
  readonly reviewer_id: string | null;
  readonly reviewed_at: Date | null;
  readonly published_from: Date | null;
  readonly version: number | null;
  readonly reasons: readonly string[] | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const columns = `d.id, d.entry_id, d.department_id, d.content, d.base_version, d.state, d.revision, d.author_id,
  d.editor_ids, d.reviewer_id, d.reviewed_at, d.published_from, d.version, d.reasons, d.created_at, d.updated_at`;

/** A draft as a record of `jsonb_to_recordset`; its words only where they are to be written. */
export function recordOf(draft: Draft, withWords: boolean): object {
  const isReviewed = 'reviewerId' in draft;
  return {
    id: draft.id,
    department_id: draft.departmentId,
    content: withWords ? (JSON.parse(canonicalJson(draft.content)) as unknown) : null,
    base_version: draft.baseVersion,
    state: draft.state,
    revision: draft.revision,
    editor_ids: draft.editorIds,
    reviewer_id: isReviewed ? draft.reviewerId : null,
    reviewed_at: isReviewed ? draft.reviewedAt : null,
    published_from: 'publishedFrom' in draft ? draft.publishedFrom : null,
    version: draft.state === 'published' ? draft.version : null,
    reasons: 'reasons' in draft ? draft.reasons : null,
    updated_at: draft.updatedAt,
  };
}

/** The checks of the table promise every state its facts; a row without them is damage, not a state. */
export function draftOf(row: DraftRecord): Draft {
  const core = {
    id: row.id,
    entryId: row.entry_id,
    departmentId: row.department_id,
    content: row.content,
    baseVersion: row.base_version,
    authorId: row.author_id,
    editorIds: row.editor_ids,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
  const { state, reasons, reviewer_id: reviewerId, reviewed_at: reviewedAt, published_from: publishedFrom } = row;
  if (state === 'draft' || state === 'submitted') return { ...core, state };
  if (reasons && (state === 'sentBack' || state === 'withdrawn')) return { ...core, state, reasons };
  if (reviewerId !== null && reviewedAt) {
    const review = { reviewerId, reviewedAt };
    if (state === 'reviewed') return { ...core, ...review, state };
    if (publishedFrom && state === 'scheduled') return { ...core, ...review, state, publishedFrom };
    if (publishedFrom && state === 'published' && row.version !== null)
      return { ...core, ...review, state, publishedFrom, version: row.version };
  }
  throw new Error(`the draft ${row.id} lacks what its state ${state} demands`);
}

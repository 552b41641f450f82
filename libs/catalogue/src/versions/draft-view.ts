import type { CatalogueFileEntry } from '../entry-file';
import type { TextReport } from '../guide-text/text-findings';
import type { Finding } from '../lint/rule';
import type { VersionChange } from './diff';
import type { Draft, DraftState } from './draft';
import type { DraftStep } from './draft.store';

/** A draft as a list shows it. */
export interface DraftSummary {
  readonly id: string;
  readonly itemId: string;
  readonly name: string;
  readonly department: { readonly id: string; readonly name: string };
  readonly state: DraftState;
  readonly revision: number;
  /** The published version it was written upon. */
  readonly baseVersion: number | null;
  readonly authorId: string;
  readonly editorIds: readonly string[];
  readonly reviewerId: string | null;
  readonly reviewedAt: Date | null;
  readonly publishedFrom: Date | null;
  /** The version it became. */
  readonly version: number | null;
  /** Why it was sent back or withdrawn. */
  readonly reasons: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A draft whole: its words, what the rules find, what it changes, and how it came here. */
export interface DraftDetail extends DraftSummary {
  readonly entry: CatalogueFileEntry;
  readonly findings: readonly Finding[];
  /** How the guide reads: sentences that are long, official words with plain ones; null without a guide. */
  readonly reading: TextReport | null;
  /** Against the version that is published now; of a new entry nothing. */
  readonly publishedVersion: number | null;
  readonly changes: readonly VersionChange[];
  readonly steps: readonly DraftStep[];
}

export function summaryOf(draft: Draft): DraftSummary {
  const { id, entryId, content, departmentId, state, revision, baseVersion, authorId, editorIds } = draft;
  return {
    id,
    itemId: entryId,
    name: content.name,
    department: { id: departmentId, name: content.department },
    state,
    revision,
    baseVersion,
    authorId,
    editorIds,
    reviewerId: 'reviewerId' in draft ? draft.reviewerId : null,
    reviewedAt: 'reviewedAt' in draft ? draft.reviewedAt : null,
    publishedFrom: 'publishedFrom' in draft ? draft.publishedFrom : null,
    version: draft.state === 'published' ? draft.version : null,
    reasons: 'reasons' in draft ? draft.reasons : [],
    createdAt: draft.createdAt,
    updatedAt: draft.updatedAt,
  };
}

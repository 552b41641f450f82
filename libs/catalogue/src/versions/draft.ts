import type { CatalogueFileEntry } from '../entry-file';

/** What is true of a draft in every state. */
export interface DraftCore {
  /** Becomes the id of the version it is published as. */
  readonly id: string;
  readonly entryId: string;
  readonly departmentId: string;
  readonly content: CatalogueFileEntry;
  /** The published version the writer had before them; null for an entry that was not published. */
  readonly baseVersion: number | null;
  readonly authorId: string;
  /** Everybody whose words stand in it, the author first; none of them may review it. */
  readonly editorIds: readonly string[];
  /** Grows with every step; a write that names an older one is refused. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface Review {
  readonly reviewerId: string;
  readonly reviewedAt: Date;
}

export type Writing = DraftCore & { readonly state: 'draft' };
export type Submitted = DraftCore & { readonly state: 'submitted' };
export type SentBack = DraftCore & { readonly state: 'sentBack'; readonly reasons: readonly string[] };
export type Reviewed = DraftCore & Review & { readonly state: 'reviewed' };
export type Scheduled = DraftCore & Review & { readonly state: 'scheduled'; readonly publishedFrom: Date };
export type PublishedDraft = DraftCore &
  Review & { readonly state: 'published'; readonly publishedFrom: Date; readonly version: number };
export type WithdrawnDraft = DraftCore & { readonly state: 'withdrawn'; readonly reasons: readonly string[] };

/** The next version of an entry on its way to the public: 起草、送审、审核、定时发布. */
export type Draft = Writing | Submitted | SentBack | Reviewed | Scheduled | PublishedDraft | WithdrawnDraft;
export type DraftState = Draft['state'];

export const draftStates = [
  'draft',
  'submitted',
  'sentBack',
  'reviewed',
  'scheduled',
  'published',
  'withdrawn',
] as const satisfies readonly DraftState[];

/** The published version of an entry, as far as drafts look at it. */
export interface Standing {
  readonly version: number;
  /** SHA-256 of its content. */
  readonly hash: Buffer;
}

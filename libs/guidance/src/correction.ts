/** Where a correction stands: it counts only once another officer has approved it. */
export type CorrectionState = 'pending' | 'approved' | 'rejected';

/** What was routed: a case that was opened, or a conversation handed over to officers. */
export type RoutedMatter =
  | { readonly kind: 'case'; readonly caseId: string; readonly caseNumber: string }
  | { readonly kind: 'conversation'; readonly handOverId: string };

/** 路由纠正: an officer says that a resident's words meant another entry than the one they were routed to. */
export interface CorrectionDraft {
  readonly about: RoutedMatter;
  readonly subdistrictId: string | null;
  /** The case was opened in chat, by the router's choice. */
  readonly inChat: boolean;
  readonly routedAt: Date;
  /** Null: nothing was found. */
  readonly routedEntryId: string | null;
  /** Null: no entry is meant. */
  readonly correctEntryId: string | null;
  /** What the resident said. */
  readonly words: string;
}

/** A correction as officers see it: personal facts in the words are masked. */
export interface Correction {
  readonly id: string;
  readonly caseNumber: string | null;
  readonly conversationId: string | null;
  readonly subdistrictId: string | null;
  readonly words: string;
  readonly routedEntryId: string | null;
  readonly correctEntryId: string | null;
  readonly authorId: string;
  readonly at: Date;
  readonly state: CorrectionState;
  readonly reviewerId: string | null;
  readonly reviewedAt: Date | null;
}

/** Whose corrections: those of one subdistrict, or of all when it is null. */
export interface CorrectionScope {
  readonly subdistrictId: string | null;
}

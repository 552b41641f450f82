import { Injectable } from '@nestjs/common';
import { isUuid, Refusal } from '@linli/kernel';
import { Clock, Database } from '@linli/platform';
import type { Finding } from '../lint/rule';
import { diffVersions, type VersionChange } from '../versions/diff';
import type { Draft, DraftState } from '../versions/draft';
import { DraftStore } from '../versions/draft.store';
import { summaryOf, type DraftSummary } from '../versions/draft-view';
import { findingsOf } from '../versions/findings';
import { publishedContents, type StandingContent } from '../versions/publication.store';
import { writingReachOf, type Writer, type WritingReach } from '../versions/reach';
import { BulkReviewStore, type BulkReview } from './bulk-review.store';
import { ImportRunStore, type ImportRun, type StateCounts } from './import-run.store';

/** An import as officers see it. */
export interface ImportRunView extends ImportRun {
  /** How its drafts stand, of those within reach. */
  readonly states: StateCounts;
  /** Whether this officer may review it: whoever answers for the file may not. */
  readonly isReviewable: boolean;
  /** The newest order to review it. */
  readonly review: BulkReview | null;
}

/** A draft of an import with what a reviewer looks at. */
export interface ImportedDraft extends DraftSummary {
  readonly findings: readonly Finding[];
  /** Whether an error of the rules stands in the way of its approval. */
  readonly isPublishable: boolean;
  readonly publishedVersion: number | null;
  /** Against what is published now; of a new entry nothing. */
  readonly changes: readonly VersionChange[];
}

type Reach = Exclude<WritingReach, { over: 'nothing' }>;

/** Imports of drafts, as reviewers read them. */
@Injectable()
export class ImportRuns {
  constructor(
    private readonly database: Database,
    private readonly runs: ImportRunStore,
    private readonly reviews: BulkReviewStore,
    private readonly drafts: DraftStore,
    private readonly clock: Clock,
  ) {}

  /** One page of imports, newest first; the cursor is the id of the last one shown. */
  async list(
    officer: Writer,
    limit: number,
    cursor: string | null,
  ): Promise<{ readonly items: readonly ImportRunView[]; readonly nextCursor: string | null }> {
    checkCursor(cursor);
    const reach = writingReachOf(officer);
    if (reach.over === 'nothing') return { items: [], nextCursor: null };
    const found = await this.runs.list(reach, limit + 1, cursor);
    const shown = found.slice(0, limit);
    const items = await this.viewsOf(officer, reach, shown);
    return { items, nextCursor: found.length > limit ? (shown.at(-1)?.id ?? null) : null };
  }

  async run(officer: Writer, id: string): Promise<ImportRunView> {
    const { reach, run } = await this.reached(officer, id);
    const [view] = await this.viewsOf(officer, reach, [run]);
    if (!view) throw new Refusal('catalogue.importNotFound');
    return view;
  }

  /** One page of an import's drafts with what the rules find and what they change; `seenAt` goes into the order. */
  async draftsOf(
    officer: Writer,
    of: { readonly importId: string; readonly state: DraftState },
    limit: number,
    cursor: string | null,
  ): Promise<{
    readonly items: readonly ImportedDraft[];
    readonly seenAt: Date;
    readonly nextCursor: string | null;
  }> {
    checkCursor(cursor);
    const { reach } = await this.reached(officer, of.importId);
    const seenAt = this.clock.now();
    const found = await this.drafts.ofImport(reach, of, limit + 1, cursor);
    const shown = found.slice(0, limit);
    const entries = shown.map((draft) => draft.entryId);
    const published = await publishedContents(this.database, entries);
    const items = shown.map((draft) => importedDraft(draft, published.get(draft.entryId)));
    return { items, seenAt, nextCursor: found.length > limit ? (shown.at(-1)?.id ?? null) : null };
  }

  private async reached(officer: Writer, id: string): Promise<{ readonly reach: Reach; readonly run: ImportRun }> {
    const reach = writingReachOf(officer);
    const run = reach.over === 'nothing' ? null : await this.runs.read(this.database, reach, id);
    if (!run || reach.over === 'nothing') throw new Refusal('catalogue.importNotFound');
    return { reach, run };
  }

  private async viewsOf(officer: Writer, reach: Reach, runs: readonly ImportRun[]): Promise<ImportRunView[]> {
    const ids = runs.map(({ id }) => id);
    const [states, reviews] = await Promise.all([this.runs.states(reach, ids), this.reviews.latest(ids)]);
    return runs.map((run) => ({
      ...run,
      states: states.get(run.id) ?? {},
      isReviewable: run.officerId !== officer.id,
      review: reviews.get(run.id) ?? null,
    }));
  }
}

function importedDraft(draft: Draft, published: StandingContent | undefined): ImportedDraft {
  const findings = findingsOf(draft.content);
  return {
    ...summaryOf(draft),
    findings,
    isPublishable: findings.every(({ severity }) => severity !== 'error'),
    publishedVersion: published?.version ?? null,
    changes: published && draft.state !== 'published' ? diffVersions(published.content, draft.content) : [],
  };
}

function checkCursor(cursor: string | null): void {
  if (cursor !== null && !isUuid(cursor)) throw new Refusal('request.cursorInvalid');
}

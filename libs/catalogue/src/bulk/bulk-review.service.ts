import { Injectable } from '@nestjs/common';
import { isUuid, newId, Refusal } from '@linli/kernel';
import { appendAudit, appendAudits, Clock, Database, type Tx } from '@linli/platform';
import { DraftStore, type Taken } from '../versions/draft.store';
import { told } from '../versions/life';
import { entriesStanding } from '../versions/publication.store';
import { writingReachOf, type Writer } from '../versions/reach';
import { decide, type BulkDecision, type BulkOutcome } from './bulk-review';
import { BulkReviewStore, type BulkFailure, type BulkReview, type BulkSlice } from './bulk-review.store';
import { departmentOf, ImportRunStore, type ImportRun } from './import-run.store';

/** What an officer orders of the drafts of one import. */
export interface BulkOrdered {
  readonly importId: string;
  readonly decision: BulkDecision;
  /** Null for all that wait. */
  readonly draftIds: readonly string[] | null;
  readonly reasons: readonly string[];
  readonly publishFrom: Date | null;
  /** When the officer read what they decide of. */
  readonly seenAt: Date;
}

/** Drafts decided of in one transaction. */
const sliceSize = 200;
/** So that what else the clock demands gets its turn. */
const slicesATurn = 20;

type Failed = Pick<BulkFailure, 'draftId' | 'code' | 'problems'>;

/** 批量审核: an order to review many drafts is kept first and carried out in slices, by whichever process gets to it. */
@Injectable()
export class BulkReviewService {
  constructor(
    private readonly database: Database,
    private readonly drafts: DraftStore,
    private readonly runs: ImportRunStore,
    private readonly reviews: BulkReviewStore,
    private readonly clock: Clock,
  ) {}

  /** Enters an order; refuses the officer in whose name the file was taken, and a second order while one is under way. */
  async order(tx: Tx, officer: Writer, ordered: BulkOrdered, now: Date): Promise<BulkReview> {
    const { decision, publishFrom } = ordered;
    const reach = writingReachOf(officer);
    const run = reach.over === 'nothing' ? null : await this.runs.read(tx, reach, ordered.importId);
    if (!run || reach.over === 'nothing') throw new Refusal('catalogue.importNotFound');
    if (run.officerId === officer.id) throw new Refusal('catalogue.ownDraft');
    if (publishFrom && publishFrom.getTime() < now.getTime()) throw new Refusal('catalogue.timePassed');
    const reasons = decision === 'sendBack' ? told(ordered.reasons) : [];
    const departmentId = departmentOf(reach);
    const states =
      publishFrom && decision === 'approve' ? (['submitted', 'reviewed'] as const) : (['submitted'] as const);
    const draftIds = ordered.draftIds
      ? [...new Set(ordered.draftIds)].sort()
      : await this.reviews.waiting(tx, run.id, departmentId, states);
    const ids = { id: newId(), importId: run.id, importerId: run.officerId, officerId: officer.id, departmentId };
    const seenAt = ordered.seenAt.getTime() < now.getTime() ? ordered.seenAt : now;
    const order = { ...ids, decision, reasons, publishFrom, seenAt };
    const added = await this.reviews.add(tx, order, draftIds, now);
    if (!added) throw new Refusal('catalogue.reviewRunning');
    await this.audit(tx, officer, run, added, now);
    return added;
  }

  /**
   * Carries orders out for a while, or the one named alone, and returns how many drafts were looked at; any number of
   * processes may do so at once.
   */
  async carryOut(only: string | null = null): Promise<number> {
    let seen = 0;
    for (let turn = 0; turn < slicesATurn; turn += 1) {
      const looked = await this.database.transact((tx) => this.slice(tx, only, this.clock.now()));
      if (looked === null) return seen;
      seen += looked;
    }
    return seen;
  }

  /** How far an order is. */
  async review(officer: Writer, importId: string, id: string): Promise<BulkReview> {
    const reach = writingReachOf(officer);
    const run = reach.over === 'nothing' ? null : await this.runs.read(this.database, reach, importId);
    const review = run && (await this.reviews.read(id));
    if (!review || review.importId !== run.id) throw new Refusal('catalogue.reviewNotFound');
    return review;
  }

  /** What an order could not be carried out on, page by page. */
  async failures(
    officer: Writer,
    ref: { readonly importId: string; readonly id: string },
    limit: number,
    cursor: string | null,
  ): Promise<{ readonly items: readonly BulkFailure[]; readonly nextCursor: string | null }> {
    if (cursor !== null && !isUuid(cursor)) throw new Refusal('request.cursorInvalid');
    const { id } = await this.review(officer, ref.importId, ref.id);
    const reach = writingReachOf(officer);
    const departmentId = reach.over === 'department' ? reach.id : null;
    const found = await this.reviews.failures(id, departmentId, limit + 1, cursor);
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.draftId ?? null) : null };
  }

  /** One slice of the oldest order that nobody else is at; null when there is none. */
  private async slice(tx: Tx, only: string | null, now: Date): Promise<number | null> {
    const slice = await this.reviews.lockNext(tx, sliceSize, only);
    if (!slice) return null;
    const drafts = await this.drafts.lockOf(tx, slice.importId, slice.draftIds);
    const entries = [...drafts.values()].map((draft) => draft.entryId);
    const standing = await entriesStanding(tx, entries);
    const outcomes = slice.draftIds.map((draftId): readonly [string, BulkOutcome] => {
      const draft = drafts.get(draftId);
      const version = draft ? (standing.get(draft.entryId)?.version ?? null) : null;
      return [draftId, decide(draft, slice, version, now)];
    });
    const taken = outcomes.flatMap(([, one]) =>
      'steps' in one ? one.steps.map((step): Taken => ({ ...step, officerId: slice.officerId })) : [],
    );
    const failures = outcomes.flatMap(([draftId, one]): Failed[] => ('steps' in one ? [] : [{ draftId, ...one }]));
    const unchanged = outcomes.filter(([, one]) => 'steps' in one && one.steps.length === 0).length;
    if (taken.length > 0) await this.drafts.keep(tx, taken);
    await this.auditSteps(tx, slice, taken, now);
    const done = slice.draftIds.length - unchanged - failures.length;
    await this.reviews.advance(tx, slice, { done, unchanged, failures }, now);
    return slice.draftIds.length;
  }

  private async audit(tx: Tx, officer: Writer, run: ImportRun, review: BulkReview, now: Date): Promise<void> {
    const { id, decision, total, publishFrom } = review;
    await appendAudit(tx, {
      actor: { kind: 'officer', id: officer.id },
      action: 'catalogueImport.review',
      subject: `catalogueImport:${run.id}`,
      detail: { reviewId: id, decision, drafts: total, publishFrom },
      at: now,
    });
  }

  private async auditSteps(tx: Tx, slice: BulkSlice, taken: readonly Taken[], now: Date): Promise<void> {
    await appendAudits(
      tx,
      taken.map(({ draft, what }) => ({
        actor: { kind: 'officer', id: slice.officerId } as const,
        action: `catalogueDraft.${what}`,
        subject: `catalogueDraft:${draft.id}`,
        detail: { entryId: draft.entryId, revision: draft.revision, state: draft.state, reviewId: slice.id },
        at: now,
      })),
    );
  }
}

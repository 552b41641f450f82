import { Injectable } from '@nestjs/common';
import { isUuid, Refusal } from '@linli/kernel';
import { appendAudit, type Tx } from '@linli/platform';
import { accuracyOf, type EntryAccuracy, type Accuracy, type EntryCount } from './accuracy';
import type { Correction, CorrectionDraft, CorrectionScope, CorrectionState } from './correction';
import { CorrectionStore } from './correction.store';
import { maskPersonal } from './masking';
import { phrasingsOf, type PhrasingsRow } from './phrasings';

/** Approved words read for one page of phrasings. */
const exportBatch = 1000;

/** Officers put right what the router got wrong; another officer looks before it counts. */
@Injectable()
export class GuidanceService {
  constructor(private readonly corrections: CorrectionStore) {}

  /** Records a correction; one matter has at most one that was not rejected. */
  async record(tx: Tx, draft: CorrectionDraft, authorId: string, now: Date): Promise<{ id: string }> {
    if (draft.routedEntryId === draft.correctEntryId) throw new Refusal('guidance.sameEntry');
    const id = await this.corrections.add(tx, draft, authorId, now);
    if (id === null) throw new Refusal('guidance.alreadyCorrected');
    const { about, routedEntryId, correctEntryId } = draft;
    await appendAudit(tx, {
      actor: { kind: 'officer', id: authorId },
      action: 'guidance.correct',
      subject: about.kind === 'case' ? `case:${about.caseId}` : `handOver:${about.handOverId}`,
      detail: { correction: id, routed: routedEntryId, correct: correctEntryId },
      at: now,
    });
    return { id };
  }

  /** Approves or rejects a correction, once, by another officer than the one who wrote it. */
  async review(
    tx: Tx,
    id: string,
    scope: CorrectionScope,
    verdict: Exclude<CorrectionState, 'pending'>,
    reviewerId: string,
    now: Date,
  ): Promise<{ id: string; state: CorrectionState }> {
    const found = isUuid(id) ? await this.corrections.lock(tx, id, scope) : null;
    if (!found) throw new Refusal('guidance.notFound');
    if (found.authorId === reviewerId) throw new Refusal('guidance.ownCorrection');
    if (found.state !== 'pending') throw new Refusal('guidance.alreadyReviewed');
    await this.corrections.settle(tx, id, verdict, reviewerId, now);
    await appendAudit(tx, {
      actor: { kind: 'officer', id: reviewerId },
      action: `guidance.${verdict}`,
      subject: `correction:${id}`,
      at: now,
    });
    return { id, state: verdict };
  }

  /** One page of corrections, oldest first; their words masked as they would be exported. */
  async list(
    scope: CorrectionScope,
    state: CorrectionState,
    limit: number,
    cursor: string | null,
  ): Promise<{ items: Correction[]; nextCursor: string | null }> {
    const rows = await this.corrections.list(scope, state, limit + 1, positionOf(cursor));
    const items = rows.slice(0, limit).map((row) => ({ ...row, words: maskPersonal(row.words) }));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** How often routing was right in a span, given how often each entry was routed to. */
  async accuracy(
    scope: CorrectionScope,
    from: Date,
    to: Date,
    routed: readonly EntryCount[],
  ): Promise<{ readonly total: Accuracy; readonly entries: readonly EntryAccuracy[] }> {
    return accuracyOf(routed, await this.corrections.countsByEntry(scope, from, to));
  }

  /** Approved words as rows of a catalogue file, newest words first; a thousand corrections a page. */
  async phrasings(
    scope: CorrectionScope,
    cursor: string | null,
  ): Promise<{ items: PhrasingsRow[]; nextCursor: string | null }> {
    const rows = await this.corrections.approved(scope, exportBatch + 1, positionOf(cursor));
    const batch = rows.slice(0, exportBatch);
    return {
      items: phrasingsOf(batch),
      nextCursor: rows.length > exportBatch ? (batch.at(-1)?.id ?? null) : null,
    };
  }
}

function positionOf(cursor: string | null): string | null {
  if (cursor !== null && !isUuid(cursor)) throw new Refusal('request.cursorInvalid');
  return cursor;
}

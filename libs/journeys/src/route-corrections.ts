import { Injectable } from '@nestjs/common';
import { CaseService } from '@linli/casework';
import { ConversationStore } from '@linli/dialogue';
import type { Officer } from '@linli/directory';
import {
  GuidanceService,
  type Accuracy,
  type Correction,
  type CorrectionDraft,
  type CorrectionState,
  type EntryAccuracy,
  type PhrasingsRow,
} from '@linli/guidance';
import { addDays, Refusal, startOf, type LocalDate } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { Guidepost } from './guidepost';
import { RoutedCasesStore } from './routed-cases.store';

/** What an officer says was meant. */
export interface GivenCorrection {
  /** Exactly one of the two. */
  readonly caseNumber?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly words: string;
  /** Where a conversation was led, when it was led anywhere; a case knows it itself. */
  readonly routedEntryId?: string | undefined;
  /** An entry's id, or `none`. */
  readonly correctEntryId: string;
}

/** How an entry did, with its name as it is published now. */
export type NamedAccuracy = EntryAccuracy & { readonly name: string | null };

const noEntry = 'none';
const entriesShown = 100;

/** Corrections of what the router led to, by officers within whose reach it lies. */
@Injectable()
export class RouteCorrections {
  constructor(
    private readonly cases: CaseService,
    private readonly conversations: ConversationStore,
    private readonly guidance: GuidanceService,
    private readonly guidepost: Guidepost,
    private readonly routed: RoutedCasesStore,
  ) {}

  /** Finds what is corrected and checks the entry; asked before the transaction. */
  async draft(given: GivenCorrection, officer: Officer): Promise<CorrectionDraft> {
    const { caseNumber, conversationId, correctEntryId } = given;
    if ((caseNumber === undefined) === (conversationId === undefined))
      throw new Refusal('request.invalid', [{ at: 'caseNumber', problem: '办件编号和会话编号请填一个，只填一个' }]);
    const words = given.words.trim();
    const correct = correctEntryId === noEntry ? null : this.known(correctEntryId);
    const about = caseNumber === undefined ? this.ofConversation(given, officer) : this.ofCase(caseNumber, officer);
    return { ...(await about), correctEntryId: correct, words };
  }

  record(tx: Tx, draft: CorrectionDraft, officer: Officer, now: Date): Promise<{ id: string }> {
    return this.guidance.record(tx, draft, officer.id, now);
  }

  review(
    tx: Tx,
    id: string,
    verdict: 'approved' | 'rejected',
    officer: Officer,
    now: Date,
  ): Promise<{ id: string; state: CorrectionState }> {
    return this.guidance.review(tx, id, scopeOf(officer), verdict, officer.id, now);
  }

  list(
    officer: Officer,
    state: CorrectionState,
    limit: number,
    cursor: string | null,
  ): Promise<{ items: Correction[]; nextCursor: string | null }> {
    return this.guidance.list(scopeOf(officer), state, limit, cursor);
  }

  /** From the first day to the last, both whole; the hundred entries that are most surely bad. */
  async accuracy(
    officer: Officer,
    from: LocalDate,
    to: LocalDate,
  ): Promise<{ readonly total: Accuracy; readonly entries: readonly NamedAccuracy[] }> {
    const scope = scopeOf(officer);
    const [begin, end] = [startOf(from), startOf(addDays(to, 1))];
    const counts = await this.routed.countsByEntry(scope.subdistrictId, begin, end);
    const { total, entries } = await this.guidance.accuracy(scope, begin, end, counts);
    const named = entries
      .slice(0, entriesShown)
      .map((entry) => ({ ...entry, name: this.guidepost.entry(entry.entryId)?.name ?? null }));
    return { total, entries: named };
  }

  phrasings(
    officer: Officer,
    cursor: string | null,
  ): Promise<{ items: readonly PhrasingsRow[]; nextCursor: string | null }> {
    return this.guidance.phrasings(scopeOf(officer), cursor);
  }

  private async ofCase(number: string, officer: Officer): Promise<Omit<CorrectionDraft, 'correctEntryId' | 'words'>> {
    await this.cases.forOfficer(number, officer);
    const found = await this.routed.byNumber(number);
    if (!found) throw new Refusal('case.notFound');
    return {
      about: { kind: 'case', caseId: found.id, caseNumber: number },
      subdistrictId: found.subdistrictId,
      inChat: found.inChat,
      routedAt: found.submittedAt,
      routedEntryId: found.entryId,
    };
  }

  private async ofConversation(
    { conversationId = '', routedEntryId }: GivenCorrection,
    officer: Officer,
  ): Promise<Omit<CorrectionDraft, 'correctEntryId' | 'words'>> {
    const found = await this.conversations.handOver(conversationId, scopeOf(officer));
    if (!found) throw new Refusal('handOver.notFound');
    return {
      about: { kind: 'conversation', handOverId: found.id },
      subdistrictId: found.subdistrictId,
      inChat: true,
      routedAt: found.openedAt,
      routedEntryId: routedEntryId === undefined || routedEntryId === noEntry ? null : this.known(routedEntryId),
    };
  }

  private known(entryId: string): string {
    const entry = this.guidepost.entry(entryId);
    if (!entry) throw new Refusal('item.notFound', [{ at: 'entryId', problem: `没有编号为 ${entryId} 的事项` }]);
    return entry.id;
  }
}

function scopeOf({ subdistrictId }: Officer): { subdistrictId: string | null } {
  return { subdistrictId };
}

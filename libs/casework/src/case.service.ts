import { Inject, Injectable } from '@nestjs/common';
import { localDate, newId, type WorkCalendar, type Page } from '@linli/kernel';
import type { CaseDraft, CaseSummary } from '@linli/contracts';
import type { Officer } from '@linli/directory';
import { appendAudit, CALENDAR, Clock, Database, together, type AuditActor, type Tx } from '@linli/platform';
import { evidenceFiles, type Case, type CaseFile } from './case';
import type { Correction } from './correction';
import { CaseIntegrityStore } from './case-integrity.store';
import { CaseReading, owned, withinReach, type CaseAsker, type CaseQuery } from './case-reading.service';
import { CaseRegister } from './case-register.service';
import { CaseSweep } from './case-sweep.service';
import { CaseStore } from './case.store';
import { CaseTrailStore, type Reader } from './case-trail.store';
import {
  answersOf,
  detailForOfficer,
  detailForOwner,
  partsAfter,
  type CaseDetail,
  type CaseListItem,
  type CaseParts,
} from './case-view';
import { close, withdraw, type ClosingWords } from './closing';
import { checkCorrection, correct, type Bringer } from './correction';
import type { DeferralWish } from './declining';
import { checkDraft, file } from './filing';
import { maskText } from './masking';
import { termsOf } from './requests/terms';
import { checkedReason, type RevealedCase } from './revealing';
import { accept, requestCorrection } from './review';
import { readyTo } from './standing';
import type { CaseEventType, Step } from './step';
import { CaseworkSettings } from './supervision/casework-settings.service';

const sweepMost = 100;

/**
 * Cases from submission to closure. Whoever hands over file ids has checked that they are the giver's own; whoever
 * lets an officer in has checked the role.
 */
@Injectable()
export class CaseService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cases: CaseStore,
    private readonly trail: CaseTrailStore,
    private readonly register: CaseRegister,
    private readonly reading: CaseReading,
    private readonly sweeper: CaseSweep,
    private readonly integrity: CaseIntegrityStore,
    private readonly settings: CaseworkSettings,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** Files an application or a report; refuses it with everything that is wrong with it. */
  async submit(tx: Tx, draft: CaseDraft, now: Date): Promise<CaseDetail> {
    const checked = checkDraft(draft, now);
    const identity = { id: newId(), number: await this.cases.nextNumber(tx, localDate(now)) };
    const terms = termsOf(draft, this.settings.limits);
    const step = file(draft, checked.entry, identity, now, this.calendar, terms);
    await this.register.enter(tx, step, checked, now);
    const { particulars, files } = checked;
    return detailForOwner(step.next, {
      particulars,
      files,
      timeline: [{ at: now, what: step.what, words: step.words }],
    });
  }

  /** 受理; with `deferred` 容缺受理, with `pledgedFor` 告知承诺 in place of these materials. */
  async accept(
    tx: Tx,
    number: string,
    officer: Officer,
    now: Date,
    deferred?: DeferralWish,
    pledgedFor: readonly string[] = [],
  ): Promise<CaseDetail> {
    const { kase: held, parts } = await this.reading.hold(tx, number);
    const kase = readyTo('accept', withinReach(held, officer));
    const step = accept(kase, officer.id, now, this.calendar, deferred, pledgedFor);
    return this.keep(tx, step, officer, now, parts);
  }

  /** 一次性告知: once in the life of a case. */
  async requestCorrection(
    tx: Tx,
    number: string,
    officer: Officer,
    notice: { readonly missing: readonly string[]; readonly reason: string },
    now: Date,
  ): Promise<CaseDetail> {
    const { kase: held, parts } = await this.reading.hold(tx, number);
    const kase = readyTo('requestCorrection', withinReach(held, officer));
    const step = requestCorrection(kase, notice, officer.id, now, this.calendar);
    return this.keep(tx, step, officer, now, parts);
  }

  /** 补正 by the resident. */
  async correctByResident(
    tx: Tx,
    number: string,
    residentId: string,
    correction: Correction,
    now: Date,
  ): Promise<CaseDetail> {
    const kase = owned(await this.cases.lock(tx, number), residentId);
    const next = await this.correct(tx, kase, correction, 'resident', { kind: 'resident', id: residentId }, now);
    return this.reading.ownersDetail(tx, next);
  }

  /** 补正 on paper, handed in at the window. */
  async correctByOfficer(
    tx: Tx,
    number: string,
    officer: Officer,
    correction: Correction,
    now: Date,
  ): Promise<CaseDetail> {
    const kase = withinReach(await this.cases.lock(tx, number), officer);
    const next = await this.correct(tx, kase, correction, 'window', officerActor(officer), now);
    return this.reading.officersDetail(tx, next);
  }

  /** 撤回 by the resident, any time before closure. */
  async withdraw(tx: Tx, number: string, residentId: string, now: Date): Promise<CaseDetail> {
    const kase = owned(await this.cases.lock(tx, number), residentId);
    const step = withdraw(readyTo('withdraw', kase), now);
    await this.register.keep(tx, step, { kind: 'resident', id: residentId }, now);
    return this.reading.ownersDetail(tx, step.next);
  }

  /** 办结: from acceptance on, with an answer for the resident and evidence. */
  async close(tx: Tx, number: string, officer: Officer, closing: ClosingWords, now: Date): Promise<CaseDetail> {
    const { kase, parts } = await this.reading.hold(tx, number);
    const step = close(readyTo('close', withinReach(kase, officer)), closing, officer.id, now);
    const evidence = evidenceFiles(step.next.closure.evidence);
    return this.keep(tx, step, officer, now, parts, evidence);
  }

  /** Puts a WeChat picture to its case once it was fetched; a second time changes nothing. */
  async attachFile(tx: Tx, caseId: string, mediaId: string, fileId: string, now: Date): Promise<void> {
    const added = await this.trail.addFiles(tx, caseId, [{ fileId, materialId: null, evidence: false, mediaId }], now);
    if (added === 0) return;
    await appendAudit(tx, {
      actor: { kind: 'system', id: 'casework' },
      action: 'case.attachFile',
      subject: `case:${caseId}`,
      detail: { fileId },
      at: now,
    });
  }

  /** The case whole, for its owner. */
  async forResident(number: string, residentId: string): Promise<CaseDetail> {
    return this.reading.ownersDetail(this.database, await this.reading.ofResident(number, residentId));
  }

  /** A resident's cases, newest first; read within a transaction when one is open. */
  summariesOf(reader: Reader, residentId: string, limit: number, cursor: string | null): Promise<Page<CaseSummary>> {
    return this.reading.summariesOf(reader, residentId, limit, cursor);
  }

  /** The case with its people masked, for an officer within whose reach it lies. */
  async forOfficer(number: string, officer: Officer): Promise<CaseDetail> {
    return this.reading.officersDetail(this.database, await this.reading.ofOfficer(number, officer));
  }

  /** Cases within an officer's reach, soonest due first. */
  list(officer: Officer, query: CaseQuery, limit: number, cursor: string | null): Promise<Page<CaseListItem>> {
    return this.reading.list(officer, query, limit, cursor, this.clock.now());
  }

  /** Shows who is behind a case, against a reason that is audited. */
  async reveal(tx: Tx, number: string, officer: Officer, reason: string, now: Date): Promise<RevealedCase> {
    const given = checkedReason(reason);
    const { filing } = withinReach(await this.cases.find(tx, number), officer);
    const { answers, ...people } = await this.cases.particulars(tx, filing.id);
    await appendAudit(tx, {
      actor: officerActor(officer),
      action: 'case.reveal',
      subject: `case:${filing.id}`,
      detail: { number: filing.number, reason: maskText(given) },
      at: now,
    });
    return { ...people, answers: answersOf(filing.entry.guide, answers) };
  }

  /** The same person was known under two ids: the cases of the one are the other's. */
  moveResident(tx: Tx, from: string, to: string): Promise<void> {
    return this.cases.moveResident(tx, from, to);
  }

  /** Refuses a file unless it belongs to that case and the asker may see the case. */
  fileOf(number: string, asker: CaseAsker, fileId: string): Promise<void> {
    return this.reading.checkFile(number, asker, fileId);
  }

  /** Settles cases whose day has passed in silence; answers how many. Any number of processes may sweep at once. */
  sweep(now: Date, limit = sweepMost): Promise<number> {
    return this.sweeper.run(now, limit);
  }

  /** What is wrong with the tables, one sentence each; empty when they are sound. */
  checkIntegrity(): Promise<readonly string[]> {
    return this.integrity.problems(this.clock.now());
  }

  /** Enters a step an officer made, with the files they put to it, and shows the case as it is then. */
  private async keep<T extends CaseEventType>(
    tx: Tx,
    step: Step<Case, T>,
    officer: Officer,
    now: Date,
    parts: CaseParts,
    files: readonly CaseFile[] = [],
  ): Promise<CaseDetail> {
    await together(
      this.register.keep(tx, step, officerActor(officer), now),
      this.trail.addFiles(tx, step.next.filing.id, files, now),
    );
    return detailForOfficer(step.next, partsAfter(parts, step, now, files));
  }

  private async correct(
    tx: Tx,
    kase: Case,
    correction: Correction,
    bringer: Bringer,
    actor: AuditActor,
    now: Date,
  ): Promise<Case> {
    const awaiting = readyTo('correct', kase);
    const { files } = checkCorrection(awaiting, correction, bringer);
    const step = correct(awaiting, correction, bringer, now, this.calendar);
    await this.register.keep(tx, step, actor, now);
    await this.trail.addFiles(tx, kase.filing.id, files, now);
    return step.next;
  }
}

function officerActor(officer: Officer): AuditActor {
  return { kind: 'officer', id: officer.id };
}

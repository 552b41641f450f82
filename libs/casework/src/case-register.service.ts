import { Injectable } from '@nestjs/common';
import { localDate, newId } from '@linli/kernel';
import { appendAudit, appendEvent, together, type AuditActor, type Tx } from '@linli/platform';
import type { Case, Submitted } from './case';
import { CaseStore } from './case.store';
import { CaseTrailStore } from './case-trail.store';
import { EntryShelf } from './entry-shelf.store';
import type { CheckedDraft } from './filing';
import type { CaseEventType, Step } from './step';
import { ClaimStore } from './work-queue/claim.store';
import { isForElder } from './work-queue/priority';

/** Writes a step of a case whole: row, timeline, event and audit in one transaction, so that none is ever without the others. */
@Injectable()
export class CaseRegister {
  constructor(
    private readonly cases: CaseStore,
    private readonly shelf: EntryShelf,
    private readonly trail: CaseTrailStore,
    private readonly claims: ClaimStore,
  ) {}

  /** Enters a new case with what was handed in; by its resident, unless an officer files for them. */
  async enter(
    tx: Tx,
    step: Step<Submitted, 'case.submitted'>,
    checked: CheckedDraft,
    now: Date,
    actor: AuditActor = { kind: 'resident', id: step.next.filing.residentId },
  ): Promise<void> {
    const { filing } = step.next;
    const elder = isForElder(checked.particulars, localDate(now));
    await together(
      this.shelf.pin(tx, filing.entry),
      this.cases.insert(tx, step.next, checked.particulars, step.payload.channel),
      this.trail.addFiles(tx, filing.id, checked.files, now),
      this.write(tx, step, step.next.revision, actor, now),
      ...(elder ? [this.claims.prioritise(tx, filing.id, 'elder', null, now)] : []),
    );
  }

  /** Enters what a verb made of a locked case. */
  async keep<T extends CaseEventType>(tx: Tx, step: Step<Case, T>, actor: AuditActor, now: Date): Promise<void> {
    const { next } = step;
    this.cases.save(tx, next);
    await together(
      // Other steps, such as a dispatch, leave a case waiting as it was.
      ...(step.what === 'correctionRequested' && next.state === 'awaitingCorrection'
        ? [this.cases.giveNotice(tx, next.filing.id, next.notice)]
        : []),
      ...(step.what === 'corrected' && next.state === 'corrected'
        ? [this.cases.answerNotice(tx, next.filing.id, next.notice)]
        : []),
      this.write(tx, step, next.revision + 1, actor, now),
    );
  }

  private async write<T extends CaseEventType>(
    tx: Tx,
    step: Step<Case, T>,
    revision: number,
    actor: AuditActor,
    now: Date,
  ): Promise<void> {
    const eventId = newId();
    const officerId = actor.kind === 'officer' ? actor.id : null;
    this.trail.addStep(tx, step, revision, { actor, eventId, at: now });
    await together(
      appendEvent(tx, step.event, { ...step.payload, officerId }, now, eventId),
      appendAudit(tx, {
        actor,
        action: `case.${step.what}`,
        subject: `case:${step.next.filing.id}`,
        detail: { number: step.next.filing.number, revision },
        at: now,
      }),
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { Refusal, type WorkCalendar } from '@linli/kernel';
import { CALENDAR, together, type Tx } from '@linli/platform';
import { evidenceFiles } from '../case';
import { CaseReading, withinReach } from '../case-reading.service';
import { CaseRegister } from '../case-register.service';
import { CaseTrailStore } from '../case-trail.store';
import { detailForOfficer, partsAfter, type CaseDetail } from '../case-view';
import { close, type ClosingWords } from '../closing';
import { accept } from '../review';
import { readyTo } from '../standing';
import { followUp, type FollowUp } from './follow-up';

/** The two ends of a closure: 即办件, done at once; and 回访, whether it held. */
@Injectable()
export class Closures {
  constructor(
    private readonly register: CaseRegister,
    private readonly reading: CaseReading,
    private readonly trail: CaseTrailStore,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** 即办件: accepted and closed in one act at the window; only what the guide says is done at once. */
  async finishAtOnce(tx: Tx, number: string, officer: Officer, closing: ClosingWords, now: Date): Promise<CaseDetail> {
    const { kase: held, parts } = await this.reading.hold(tx, number);
    const kase = readyTo('accept', withinReach(held, officer));
    if (kase.filing.entry.guide?.handling !== 'immediate') throw new Refusal('case.notImmediate');
    const actor = { kind: 'officer', id: officer.id } as const;
    const accepted = accept(kase, officer.id, now, this.calendar);
    const closed = close({ ...accepted.next, revision: kase.revision + 1 }, closing, officer.id, now);
    const files = evidenceFiles(closed.next.closure.evidence);
    await this.register.keep(tx, accepted, actor, now);
    await together(this.register.keep(tx, closed, actor, now), this.trail.addFiles(tx, kase.filing.id, files, now));
    return detailForOfficer(closed.next, partsAfter(partsAfter(parts, accepted, now), closed, now, files));
  }

  /** 回访 by an officer other than the one who closed it. */
  async followUp(tx: Tx, number: string, officer: Officer, given: FollowUp, now: Date): Promise<CaseDetail> {
    const { kase, parts } = await this.reading.hold(tx, number);
    const step = followUp(readyTo('reopen', withinReach(kase, officer)), given, officer.id, now, this.calendar);
    await this.register.keep(tx, step, { kind: 'officer', id: officer.id }, now);
    return detailForOfficer(step.next, partsAfter(parts, step, now));
  }
}

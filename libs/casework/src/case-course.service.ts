import { Inject, Injectable } from '@nestjs/common';
import type { CaseOutcome } from '@linli/contracts';
import type { Officer } from '@linli/directory';
import { Refusal, type RefusalDetail, type WorkCalendar } from '@linli/kernel';
import { CALENDAR, type Tx } from '@linli/platform';
import type { Case, DeliveryWay, StopKind } from './case';
import type { Correction } from './correction';
import { CaseReading, owned, withinReach } from './case-reading.service';
import { CaseRegister } from './case-register.service';
import { CaseStore } from './case.store';
import { CaseTrailStore } from './case-trail.store';
import { detailForOfficer, partsAfter, type CaseDetail } from './case-view';
import { begin, bringDeferred, decide, deliver, extend, reopen, resume, suspend } from './course';
import { decline } from './declining';
import { filesOf } from './draft-files';
import { readyTo } from './standing';
import type { CaseEventType, Step } from './step';

/** Roles that may grant what a handler asks for. */
const above = new Set(['supervisor', 'leader', 'admin']);

/** What happens to a case between submission and closure beside acceptance: each verb locks, decides, saves once. */
@Injectable()
export class CaseCourse {
  constructor(
    private readonly cases: CaseStore,
    private readonly trail: CaseTrailStore,
    private readonly register: CaseRegister,
    private readonly reading: CaseReading,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** 不予受理, with the reason and the authority to go to. */
  decline(
    tx: Tx,
    number: string,
    officer: Officer,
    given: { readonly reason: string; readonly authority?: string },
    now: Date,
  ): Promise<CaseDetail> {
    return this.take(tx, number, officer, now, (kase) => decline(readyTo('decline', kase), given, officer.id, now));
  }

  /** 开始办理. */
  begin(tx: Tx, number: string, officer: Officer, now: Date): Promise<CaseDetail> {
    return this.take(tx, number, officer, now, (kase) => begin(readyTo('begin', kase), officer.id));
  }

  /** 特别程序 or 挂起: the clock stands. */
  suspend(
    tx: Tx,
    number: string,
    officer: Officer,
    stop: { readonly kind: StopKind; readonly reason: string },
    now: Date,
  ): Promise<CaseDetail> {
    return this.take(tx, number, officer, now, (kase) => suspend(readyTo('suspend', kase), stop, now, this.calendar));
  }

  resume(tx: Tx, number: string, officer: Officer, now: Date): Promise<CaseDetail> {
    return this.take(tx, number, officer, now, (kase) => resume(readyTo('resume', kase), now, this.calendar));
  }

  /** 延期: a handler asks, a supervisor, leader or administrator grants. */
  extend(
    tx: Tx,
    number: string,
    officer: Officer,
    wish: { readonly days?: number; readonly reason: string },
    now: Date,
  ): Promise<CaseDetail> {
    const by = { id: officer.id, mayGrant: above.has(officer.role) };
    return this.take(tx, number, officer, now, (kase) => extend(readyTo('extend', kase), wish, by, this.calendar));
  }

  /** 决定. */
  decide(tx: Tx, number: string, officer: Officer, outcome: CaseOutcome, now: Date): Promise<CaseDetail> {
    return this.take(tx, number, officer, now, (kase) => decide(readyTo('decide', kase), outcome, now));
  }

  /** 送达. */
  deliver(tx: Tx, number: string, officer: Officer, way: DeliveryWay, now: Date): Promise<CaseDetail> {
    return this.take(tx, number, officer, now, (kase) => deliver(readyTo('deliver', kase), way, now));
  }

  /** 容缺材料补交, handed in at the window. */
  async bringDeferred(
    tx: Tx,
    number: string,
    officer: Officer,
    brought: NonNullable<Correction['materials']>,
    now: Date,
  ): Promise<CaseDetail> {
    const kase = readyTo('bringDeferred', withinReach(await this.cases.lock(tx, number), officer));
    const problems: RefusalDetail[] = [];
    const files = filesOf(brought, [], kase.filing.entry.guide, problems);
    if (problems.length > 0) throw new Refusal('case.invalid', problems);
    const step = bringDeferred(kase, files, now);
    await this.register.keep(tx, step, { kind: 'officer', id: officer.id }, now);
    await this.trail.addFiles(tx, kase.filing.id, files, now);
    return this.reading.officersDetail(tx, step.next);
  }

  /** 重办, on an officer's finding. */
  reopenByOfficer(tx: Tx, number: string, officer: Officer, reason: string, now: Date): Promise<CaseDetail> {
    const by = { officerId: officer.id };
    return this.take(tx, number, officer, now, (kase) =>
      reopen(readyTo('reopen', kase), reason, by, now, this.calendar),
    );
  }

  /** 重办, because the resident says it is not solved. */
  async reopenByResident(tx: Tx, number: string, residentId: string, reason: string, now: Date): Promise<CaseDetail> {
    const kase = owned(await this.cases.lock(tx, number), residentId);
    const step = reopen(readyTo('reopen', kase), reason, { residentId }, now, this.calendar);
    await this.register.keep(tx, step, { kind: 'resident', id: residentId }, now);
    return this.reading.ownersDetail(tx, step.next);
  }

  private async take<T extends CaseEventType>(
    tx: Tx,
    number: string,
    officer: Officer,
    now: Date,
    rule: (kase: Case) => Step<Case, T>,
  ): Promise<CaseDetail> {
    const { kase, parts } = await this.reading.hold(tx, number);
    const step = rule(withinReach(kase, officer));
    await this.register.keep(tx, step, { kind: 'officer', id: officer.id }, now);
    return detailForOfficer(step.next, partsAfter(parts, step, now));
  }
}

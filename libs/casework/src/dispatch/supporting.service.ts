import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { newId, Refusal } from '@linli/kernel';
import { evidenceFiles } from '../case';
import { together, type Tx } from '@linli/platform';
import { CaseReading, withinReach } from '../case-reading.service';
import { CaseRegister } from '../case-register.service';
import { CaseStore } from '../case.store';
import { CaseTrailStore } from '../case-trail.store';
import { unitOf } from '../reach';
import { dispatchable } from './dispatch';
import { DispatchStore } from './dispatch.store';
import { recordSupport, type SupportRecord, type SupportWish } from './support-record';
import { SupportRecordStore } from './support-record.store';

/** 协办: what helping units – departments, communities, grids – record of what they did on a case. */
@Injectable()
export class Supporting {
  constructor(
    private readonly cases: CaseStore,
    private readonly dispatches: DispatchStore,
    private readonly records: SupportRecordStore,
    private readonly register: CaseRegister,
    private readonly reading: CaseReading,
    private readonly trail: CaseTrailStore,
  ) {}

  /** Enters what the officer's unit did; files named as evidence are put to the case for officers' eyes. */
  async record(tx: Tx, number: string, officer: Officer, wish: SupportWish, now: Date): Promise<SupportRecord> {
    const { kase: held } = await this.reading.hold(tx, number);
    const kase = dispatchable(withinReach(held, officer));
    const unitId = unitOf(officer);
    const given = unitId === null ? null : await this.dispatches.held(tx, kase.filing.id, unitId);
    if (!given) throw new Refusal('case.notDispatched');
    const before = await this.records.of(tx, kase.filing.id);
    const isFirst = !before.some((one) => one.dispatchId === given.id);
    const { record, step } = recordSupport(kase, given, { ...wish, id: newId(), isFirst }, now);
    const files = evidenceFiles(record.evidence);
    this.records.add(tx, record, officer.id);
    await together(
      this.register.keep(tx, step, { kind: 'officer', id: officer.id }, now),
      this.trail.addFiles(tx, kase.filing.id, files, now),
    );
    return record;
  }

  /** What every helping unit recorded, for officers who may see the case. */
  async of(tx: Tx, number: string, officer: Officer): Promise<SupportRecord[]> {
    const { filing } = withinReach(await this.cases.find(tx, number), officer);
    return this.records.of(tx, filing.id);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import type { WorkCalendar } from '@linli/kernel';
import { CALENDAR, type Tx } from '@linli/platform';
import { CaseReading, withinReach } from '../case-reading.service';
import { CaseRegister } from '../case-register.service';
import { detailForOfficer, partsAfter, type CaseDetail } from '../case-view';
import { dispatchable } from '../dispatch/dispatch';
import { CaseworkSettings } from '../supervision/casework-settings.service';
import { classify, type Classification } from './request';

/** 诉求分类: what a report asks for and how urgent it is, as an officer finds it. */
@Injectable()
export class Requests {
  constructor(
    private readonly register: CaseRegister,
    private readonly reading: CaseReading,
    private readonly settings: CaseworkSettings,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  async classify(tx: Tx, number: string, officer: Officer, given: Classification, now: Date): Promise<CaseDetail> {
    const { kase: held, parts } = await this.reading.hold(tx, number);
    const kase = dispatchable(withinReach(held, officer));
    const step = classify(kase, given, this.settings.limits.requests, now, this.calendar);
    await this.register.keep(tx, step, { kind: 'officer', id: officer.id }, now);
    return detailForOfficer(step.next, partsAfter(parts, step, now));
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { localDate, type WorkCalendar } from '@linli/kernel';
import { CALENDAR, Database, type AuditActor, type Tx } from '@linli/platform';
import { CaseRegister } from './case-register.service';
import { CaseStore } from './case.store';
import { deemWithdrawn, deemWithdrawnUnmet } from './correction';
import { acceptBySilence } from './review';

const law: AuditActor = { kind: 'system', id: 'casework.sweep' };

/**
 * What silence does when a day has passed: it accepts what nobody reviewed, and withdraws what nobody
 * corrected or brought as pledged.
 */
@Injectable()
export class CaseSweep {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseStore,
    private readonly register: CaseRegister,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /**
   * Settles up to `limit` cases, each in a transaction of its own; any number of sweepers may run. One that cannot be
   * settled does not keep the others waiting: it is reported when they are done.
   */
  async run(now: Date, limit: number): Promise<number> {
    const ids = await this.cases.lapsed(this.database, localDate(now), limit);
    const failures: unknown[] = [];
    let settled = 0;
    for (const id of ids) {
      try {
        if (await this.database.transact((tx) => this.settle(tx, id, now))) settled += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} lapsed cases could not be settled`);
    return settled;
  }

  private async settle(tx: Tx, id: string, now: Date): Promise<boolean> {
    const kase = await this.cases.lockLapsed(tx, id, localDate(now));
    if (!kase) return false;
    if (kase.state === 'awaitingCorrection') {
      await this.register.keep(tx, deemWithdrawn(kase, now), law, now);
      return true;
    }
    if (kase.state === 'accepted' || kase.state === 'inHandling') {
      await this.register.keep(tx, deemWithdrawnUnmet(kase, now), law, now);
      return true;
    }
    if (kase.state !== 'submitted' && kase.state !== 'corrected') return false;
    await this.register.keep(tx, acceptBySilence(kase, null, now, this.calendar), law, now);
    return true;
  }
}

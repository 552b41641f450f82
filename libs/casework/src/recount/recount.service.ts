import { Inject, Injectable } from '@nestjs/common';
import type { LocalDate, WorkCalendar } from '@linli/kernel';
import { CALENDAR, Database, type Tx } from '@linli/platform';
import { CaseRegister } from '../case-register.service';
import { CaseStore } from '../case.store';
import { recount } from './recount';

const actor = { kind: 'system', id: 'casework.recount' } as const;
const lastDay = 'greatest(c.accept_on, c.due_on, c.statutory_on)';

/** Where a round goes on: after this case. */
interface Place {
  readonly on: LocalDate;
  readonly id: string;
}

/** Counts provisional dates anew once the year they reach into is imported. Any number of processes may run it at once. */
@Injectable()
export class Recount {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseStore,
    private readonly register: CaseRegister,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** Goes once through all that the calendar covers by now, each case in a transaction of its own; answers how many changed. */
  async run(now: Date, limit = 200): Promise<number> {
    const until = this.calendar.coveredUntil;
    if (until === null) return 0;
    let changed = 0;
    let after: Place | null = null;
    do {
      const found: Place[] = await this.covered(until, after, limit);
      for (const { id } of found) if (await this.database.transact((tx) => this.settle(tx, id, now))) changed += 1;
      after = found.length === limit ? (found.at(-1) ?? null) : null;
    } while (after !== null);
    return changed;
  }

  private async covered(until: LocalDate, after: Place | null, limit: number): Promise<Place[]> {
    return this.database.sql<Place>(
      `select ${lastDay} as "on", c.id from casework_case c
       where c.provisional and c.is_open and ${lastDay} <= $1 ${after ? `and (${lastDay}, c.id) > ($3::date, $4::uuid)` : ''}
       order by ${lastDay}, c.id limit $2`,
      [until, limit, ...(after ? [after.on, after.id] : [])],
    );
  }

  /** What another process holds is left to it: it is looked at again in the next round. */
  private async settle(tx: Tx, id: string, now: Date): Promise<boolean> {
    const [held] = await tx.sql<{ number: string }>(
      'select number from casework_case where id = $1 and provisional and is_open for update skip locked',
      [id],
    );
    const kase = held && (await this.cases.find(tx, held.number));
    const step = kase ? recount(kase, this.calendar) : null;
    if (!step) return false;
    await this.register.keep(tx, step, actor, now);
    return true;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { localDate, type WorkCalendar } from '@linli/kernel';
import { appendAudit, CALENDAR, Database, type Tx } from '@linli/platform';
import { CaseworkSettings } from './casework-settings.service';
import { supervisionFacts } from './supervising.service';
import { SupervisionStore } from './supervision.store';
import { alertRanges, type AlertRange } from './watch';
import { alertEvent, WatchStore, type AlertedCase, type FiredBatch, type SweepPosition } from './watch.store';

const actor = { kind: 'system', id: 'casework.watch' } as const;

/** Watches dates from PostgreSQL: alerts, orders by themselves on escalation, orders nobody answered. Any number may run. */
@Injectable()
export class DeadlineWatch {
  constructor(
    private readonly database: Database,
    private readonly alerts: WatchStore,
    private readonly orders: SupervisionStore,
    private readonly settings: CaseworkSettings,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** Fires all that is due today, in batches of `limit`, each a transaction; answers how many alerts. */
  async run(now: Date, limit = 1000): Promise<number> {
    let fired = 0;
    for (const range of alertRanges(localDate(now), this.settings.limits.watch, this.calendar))
      fired += await this.sweep(range, now, limit);
    while ((await this.database.transact((tx) => this.lapse(tx, now, limit))) === limit);
    return fired;
  }

  private async sweep(range: AlertRange, now: Date, limit: number): Promise<number> {
    let fired = 0;
    let from: SweepPosition | null = null;
    do {
      const after: SweepPosition | null = from;
      const { cases, next }: FiredBatch = await this.database.transact((tx) =>
        this.batch(tx, range, after, now, limit),
      );
      fired += cases.length;
      from = next;
    } while (from !== null);
    return fired;
  }

  private async batch(
    tx: Tx,
    range: AlertRange,
    after: SweepPosition | null,
    now: Date,
    limit: number,
  ): Promise<FiredBatch> {
    const batch = await this.alerts.fire(tx, range, after, limit, now);
    const { cases } = batch;
    if (cases.length === 0) return batch;
    await this.alerts.say(tx, alertEvent(range.level), cases, now);
    if (range.level === 'escalated') await this.superviseAll(tx, cases, now);
    const detail = { level: range.level, cases: cases.length };
    await appendAudit(tx, { actor, action: 'case.alerted', subject: 'casework', detail, at: now });
    return batch;
  }

  private async superviseAll(tx: Tx, cases: readonly AlertedCase[], now: Date): Promise<void> {
    const { answerWorkingDays: days } = this.settings.limits.supervision;
    const { on } = this.calendar.addDays(localDate(now), { days, unit: 'workingDay' });
    const orders = await this.orders.addAutomatic(tx, cases, on, now);
    await this.alerts.say(tx, 'supervision.ordered', orders.map(supervisionFacts), now);
  }

  private async lapse(tx: Tx, now: Date, limit: number): Promise<number> {
    const orders = await this.orders.lapse(tx, localDate(now), limit, now);
    await this.alerts.say(tx, 'supervision.overdue', orders.map(supervisionFacts), now);
    return orders.length;
  }
}

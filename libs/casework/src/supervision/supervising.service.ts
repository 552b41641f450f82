import { Inject, Injectable } from '@nestjs/common';
import type { EventPayloads, SupervisionFacts } from '@linli/contracts';
import type { Officer } from '@linli/directory';
import {
  localDate,
  newId,
  parseLocalDate,
  Refusal,
  type LocalDate,
  type WorkCalendar,
  pageOf,
  positionOf,
  daySorted,
  type Page,
} from '@linli/kernel';
import { appendAudit, appendEvent, CALENDAR, Database, together, type AuditActor, type Tx } from '@linli/platform';
import { owned, withinReach } from '../case-reading.service';
import { CaseStore } from '../case.store';
import { givenWords } from '../given-words';
import { overviewOf } from '../reach';
import { dispatchable } from '../dispatch/dispatch';
import { factsOf } from '../step';
import { CaseworkSettings } from './casework-settings.service';
import { SupervisionStore, type OrderState, type SupervisionOrder } from './supervision.store';
import { WatchStore } from './watch.store';

const pageMost = 100;

/** 督办 by those above, its answer by the unit, and 催办 by residents. */
@Injectable()
export class Supervising {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseStore,
    private readonly orders: SupervisionStore,
    private readonly watch: WatchStore,
    private readonly settings: CaseworkSettings,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** Orders the unit in charge to say what it does, by a day of its own. */
  async order(
    tx: Tx,
    number: string,
    officer: Officer,
    given: { readonly reason: string; readonly answerBy?: string },
    now: Date,
  ): Promise<SupervisionOrder> {
    const { filing } = dispatchable(withinReach(await this.cases.lock(tx, number), officer));
    const reason = givenWords('reason', given.reason);
    const facts: SupervisionFacts = {
      orderId: newId(),
      caseId: filing.id,
      caseNumber: filing.number,
      subdistrictId: filing.subdistrictId,
      unit: filing.entry.department,
      automatic: false,
      answerBy: this.answerBy(given.answerBy, localDate(now)),
    };
    await this.orders.add(tx, { ...facts, title: filing.entry.name }, { officerId: officer.id, reason, at: now });
    await this.record(tx, 'supervision.ordered', facts, { kind: 'officer', id: officer.id }, now);
    return this.orders.lock(tx, facts.orderId);
  }

  /** The unit's answer, once. */
  async answer(
    tx: Tx,
    number: string,
    orderId: string,
    officer: Officer,
    words: string,
    now: Date,
  ): Promise<SupervisionOrder> {
    const { filing } = withinReach(await this.cases.lock(tx, number), officer);
    const order = await this.orders.lock(tx, orderId);
    if (order.caseId !== filing.id) throw new Refusal('supervision.notFound');
    if (officer.role === 'department' && officer.departmentId !== order.unit.id)
      throw new Refusal('supervision.notFound');
    if (order.answeredAt !== null) throw new Refusal('supervision.alreadyAnswered');
    const answer = givenWords('answer', words);
    const inTime = localDate(now) <= order.answerBy;
    await this.orders.answer(tx, orderId, { answer, officerId: officer.id, inTime }, now);
    const actor = { kind: 'officer', id: officer.id } as const;
    await this.record(tx, 'supervision.answered', { ...supervisionFacts(order), inTime }, actor, now);
    return this.orders.lock(tx, orderId);
  }

  /** All orders about a case. */
  async of(number: string, officer: Officer): Promise<SupervisionOrder[]> {
    const { filing } = withinReach(await this.cases.find(this.database, number), officer);
    return this.orders.of(this.database, filing.id);
  }

  /** Orders within the officer's reach in one state. */
  async list(
    officer: Officer,
    state: OrderState,
    limit: number,
    cursor: string | null,
  ): Promise<Page<SupervisionOrder>> {
    const reach = overviewOf(officer);
    if (reach === null) return { items: [], nextCursor: null };
    const most = Math.min(limit, pageMost);
    const rows = await this.orders.list(reach, state, most + 1, positionOf(cursor, daySorted));
    return pageOf(
      rows,
      most,
      (order) => order,
      ({ answerBy, orderId }) => ({ by: answerBy, id: orderId }),
    );
  }

  /** 催办: once a day, while the case is open. */
  async remind(tx: Tx, number: string, residentId: string, now: Date): Promise<void> {
    const kase = owned(await this.cases.lock(tx, number), residentId);
    if (kase.state !== 'decided') dispatchable(kase);
    if (!(await this.watch.remind(tx, kase.filing.id, localDate(now), now))) throw new Refusal('case.remindedToday');
    const actor = { kind: 'resident', id: residentId } as const;
    await together(
      appendEvent(tx, 'case.reminded', factsOf(kase), now),
      appendAudit(tx, { actor, action: 'case.reminded', subject: `case:${kase.filing.id}`, at: now }),
    );
  }

  private answerBy(given: string | undefined, today: LocalDate): LocalDate {
    const { answerWorkingDays: days } = this.settings.limits.supervision;
    if (given === undefined) return this.calendar.addDays(today, { days, unit: 'workingDay' }).on;
    const on = parseLocalDate(given);
    if (on === null || on < today)
      throw new Refusal('case.invalid', [{ at: 'answerBy', problem: '请写今天以后的日期' }]);
    return on;
  }

  private async record<T extends Extract<keyof EventPayloads, `supervision.${string}`>>(
    tx: Tx,
    type: T,
    payload: EventPayloads[T],
    actor: AuditActor,
    now: Date,
  ): Promise<void> {
    await together(
      appendEvent(tx, type, payload, now),
      appendAudit(tx, { actor, action: type, subject: `supervision:${payload.orderId}`, at: now }),
    );
  }
}

/** The facts every event about an order carries. */
export function supervisionFacts(order: SupervisionOrder): SupervisionFacts {
  const { orderId, caseId, caseNumber, subdistrictId, unit, automatic, answerBy } = order;
  return { orderId, caseId, caseNumber, subdistrictId, unit, automatic, answerBy };
}

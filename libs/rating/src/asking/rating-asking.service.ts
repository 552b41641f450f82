import { Inject, Injectable } from '@nestjs/common';
import type { ServiceKind } from '@linli/contracts';
import { CONFIG, type Config, type Tx } from '@linli/platform';
import { RatingSettings } from '../rating-settings.service';
import { isAskedAbout } from '../service-event';
import { askAt, isDecent, remindAt } from './asking';

/** A service a resident is to be asked about now. */
export interface DueAsk {
  readonly serviceEventId: string;
  readonly residentId: string;
  readonly subject: string;
  readonly caseNumber: string;
}

/** When residents are asked: once a matter, at a decent hour, reminded at most once. The demo asks at any hour. */
@Injectable()
export class RatingAsking {
  private readonly anyHour: boolean;

  constructor(
    private readonly settings: RatingSettings,
    @Inject(CONFIG) config: Pick<Config, 'seed'>,
  ) {
    this.anyHour = config.seed === 'demo';
  }

  /** Notes that a service is to be asked about; true when that is now. Those that end no matter are not asked about. */
  async plan(tx: Tx, serviceEventId: string, kind: ServiceKind, at: Date, now: Date): Promise<boolean> {
    if (!isAskedAbout(kind)) return false;
    const { asking } = this.settings.limits;
    const dueAt = this.anyHour
      ? now
      : new Date(Math.max(askAt(kind, at, asking).getTime(), askAt('case', now, asking).getTime()));
    const isNow = dueAt <= now;
    const made = await tx.sql(
      `insert into rating_ask (service_event_id, due_at, asked_at, remind_at)
       select e.id, $2, $3, $4 from rating_service_event e where e.id = $1 and e.rated_at is null
       on conflict (service_event_id) do nothing returning service_event_id`,
      [serviceEventId, dueAt, isNow ? now : null, isNow ? remindAt(now, asking) : null],
    );
    return isNow && made.length === 1;
  }

  /** Claims one service to ask about for the first time; null when none is due. */
  async claimDue(tx: Tx, now: Date): Promise<DueAsk | null> {
    const { asking } = this.settings.limits;
    if (!this.mayAsk(now)) return null;
    return this.claim(tx, 'asked_at is null and due_at <= $1', 'asked_at = $1, remind_at = $2', [
      now,
      remindAt(now, asking),
    ]);
  }

  /** Claims one question to remind of; null when none is due. It is not reminded of again, whether or not it arrives. */
  async claimReminder(tx: Tx, now: Date): Promise<DueAsk | null> {
    if (!this.mayAsk(now)) return null;
    return this.claim(tx, 'asked_at is not null and reminded_at is null and remind_at <= $1', 'reminded_at = $1', [
      now,
    ]);
  }

  /** Whether residents may be asked at this hour. */
  private mayAsk(now: Date): boolean {
    return this.anyHour || isDecent(now, this.settings.limits.asking);
  }

  private async claim(tx: Tx, due: string, set: string, params: readonly unknown[]): Promise<DueAsk | null> {
    const [row] = await tx.sql<DueAsk>(
      `with due as (select service_event_id from rating_ask where ${due} limit 1 for update skip locked),
       claimed as (update rating_ask a set ${set} from due where a.service_event_id = due.service_event_id
         returning a.service_event_id)
       select e.id as "serviceEventId", e.resident_id as "residentId", e.subject, e.case_number as "caseNumber"
       from claimed c join rating_service_event e on e.id = c.service_event_id`,
      params,
    );
    return row ?? null;
  }
}

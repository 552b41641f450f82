import { Injectable } from '@nestjs/common';
import type { Grade } from '@linli/contracts';
import { newId, Refusal } from '@linli/kernel';
import { appendAudit, appendEvent, Database, FieldCipher, together, type Tx } from '@linli/platform';
import { isOpen } from '../rating';
import { isWithin, reachOf, type Asker } from '../reach';
import { givenWords, madeCall } from '../words';
import { ServiceLookupStore } from './service-lookup.store';

/** What was said when an officer called. */
export interface CallbackRating {
  readonly grade: Grade;
  readonly calledAt: Date;
  readonly seconds: number;
  readonly said: string;
}

/** How many of each grade, by who gave them; the two are never added up. */
export interface GradeCounts {
  readonly source: 'resident' | 'callbackProxy' | 'afterRectification' | 'excluded';
  readonly departmentId: string;
  readonly grade: Grade;
  readonly count: number;
}

/** 电话回访: an officer's note of what a resident said, kept apart from residents' own ratings. */
@Injectable()
export class RatingCallbacks {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly services: ServiceLookupStore,
  ) {}

  /** Notes it, once a service, and never where the resident has rated. The resident may still rate afterwards. */
  async record(
    tx: Tx,
    number: string,
    officer: Asker,
    call: CallbackRating,
    now: Date,
  ): Promise<{ id: string; grade: Grade; at: Date }> {
    const { calledAt, seconds } = madeCall(call.calledAt, call.seconds, now);
    const said = givenWords('said', call.said);
    const service = await this.services.ofNumber(tx, number);
    if (!service || !isWithin(officer, service)) throw new Refusal('rating.notFound');
    if (service.ratedAt) throw new Refusal('rating.alreadyGiven');
    if (!isOpen(service.at, now)) throw new Refusal('rating.notOpen');
    const id = newId();
    const made = await tx.sql(
      `insert into rating_proxy (id, service_event_id, grade, officer_id, called_at, seconds, said, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict on constraint rating_proxy_once do nothing returning id`,
      [id, service.id, call.grade, officer.id, calledAt, seconds, this.cipher.seal('ratingProxy.said', id, said), now],
    );
    if (made.length === 0) throw new Refusal('rating.proxyGiven');
    const { department, subdistrictId, caseNumber, period } = service;
    const facts = { serviceEventId: service.id, grade: call.grade, department, subdistrictId, caseNumber, period };
    const actor = { kind: 'officer', id: officer.id } as const;
    await together(
      appendEvent(tx, 'rating.proxied', { ...facts, proxyId: id, at: now.toISOString() }, now),
      appendAudit(tx, {
        actor,
        action: 'ratingProxy.record',
        subject: `ratingProxy:${id}`,
        detail: { seconds },
        at: now,
      }),
    );
    return { id, grade: call.grade, at: now };
  }

  /** A month's grades within the officer's reach: residents' own, called back, after rectification, and those left out. */
  async figures(officer: Asker, period: string): Promise<GradeCounts[]> {
    const reach = reachOf(officer);
    if (reach === null) return [];
    return this.database.sql(
      `with served as (
         select id, department_id from rating_service_event
         where period = $1 and ($2::text is null or department_id = $2) and ($3::text is null or subdistrict_id = $3)),
       own as (
         select s.department_id, g.grade, r.after_grade,
           exists (select 1 from rating_exclusion x where x.rating_id = g.id and x.restored_at is null) as excluded
         from served s join rating_given g on g.service_event_id = s.id
           left join rating_rectification r on r.rating_id = g.id),
       counted as (
         select 'resident' as source, department_id, grade from own where not excluded
         union all select 'excluded', department_id, grade from own where excluded
         union all select 'afterRectification', department_id, after_grade from own where after_grade is not null
         union all select 'callbackProxy', s.department_id, p.grade from served s
           join rating_proxy p on p.service_event_id = s.id)
       select source, department_id as "departmentId", grade, count(*)::int as count
       from counted group by 1, 2, 3 order by 1, 2, 3`,
      [period, reach.departmentId, reach.subdistrictId],
    );
  }
}

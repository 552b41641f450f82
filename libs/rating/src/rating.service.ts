import { Injectable } from '@nestjs/common';
import { isUuid, Refusal } from '@linli/kernel';
import type { Grade } from '@linli/contracts';
import { appendEvent, Clock, type Tx } from '@linli/platform';
import { isBad } from './grade-codes';
import { checkAddendum, checkRating, isOpen, opensFrom, type RatingDraft } from './rating';
import { RatingChainStore } from './rating-chain.store';
import { RatingIntegrityStore } from './rating-integrity.store';
import { RatingStore } from './rating.store';
import { Rectifications } from './rectification/rectifications.service';
import { StaffBindingStore } from './review/staff-binding.store';
import { pageOf, periodOf, positionOf, type RateablePage, type ServiceEvent } from './service-event';

interface By {
  readonly residentId: string;
}

interface Given {
  readonly id: string;
  readonly grade: Grade;
  readonly at: Date;
}

/** 好差评: voluntary, one per service, given by the resident; there is no default rating (GB/T 39734 §4.1). */
@Injectable()
export class RatingService {
  constructor(
    private readonly store: RatingStore,
    private readonly integrity: RatingIntegrityStore,
    private readonly chain: RatingChainStore,
    private readonly rectifications: Rectifications,
    private readonly bindings: StaffBindingStore,
    private readonly clock: Clock,
  ) {}

  /** Notes that a service was given and may be rated; the same case again changes nothing. Returns the event's id. */
  async openServiceEvent(tx: Tx, event: ServiceEvent): Promise<string> {
    const { id, fresh } = await this.store.addEvent(tx, event);
    if (!fresh) return id;
    const { kind, residentId, subject, caseNumber, department, subdistrictId, officerId, at } = event;
    const about = { serviceEventId: id, kind, residentId, subject, caseNumber, department, subdistrictId, officerId };
    await appendEvent(tx, 'rating.requested', { ...about, period: periodOf(at) }, at);
    return id;
  }

  /** One page of the services that await the resident's rating, newest last. */
  async rateable(residentId: string, limit: number, cursor: string | null): Promise<RateablePage> {
    const after = positionOf(cursor);
    if (!isUuid(residentId)) return { items: [], nextCursor: null };
    return pageOf(await this.store.awaiting(residentId, opensFrom(this.clock.now()), after, limit + 1), limit);
  }

  /** Rates one of the resident's services, once, within ninety days. A bad rating opens its rectification with it. */
  async rate(tx: Tx, by: By, rating: RatingDraft, now: Date): Promise<Given> {
    const checked = checkRating(rating);
    const { serviceEventId, channel, device, linkId } = rating;
    const event = isUuid(serviceEventId) ? await this.store.eventOf(tx, serviceEventId, by.residentId) : null;
    if (!event) throw new Refusal('rating.notFound');
    if (event.ratedAt) throw new Refusal('rating.alreadyGiven');
    if (!isOpen(event.at, now)) throw new Refusal('rating.notOpen');
    if (await this.bindings.isOwnService(tx, by.residentId, event)) throw new Refusal('rating.ownService');
    const trace = { ...(device === undefined ? {} : { device }), ...(linkId === undefined ? {} : { linkId }) };
    const kept = { ...checked, ...trace, serviceEventId, channel };
    const ratingId = await this.store.addRating(tx, kept, by.residentId, now);
    if (ratingId === null) throw new Refusal('rating.alreadyGiven');
    const { grade, anonymous } = checked;
    const { department, subdistrictId, caseNumber, period } = event;
    const rated = { ratingId, serviceEventId, grade, department, subdistrictId, caseNumber, period };
    const { officerId } = event;
    await appendEvent(tx, 'rating.given', { ...rated, officerId, at: now.toISOString() }, now);
    if (isBad(grade)) await this.rectifications.open(tx, rated, anonymous, now);
    return { id: ratingId, grade, at: now };
  }

  /** 追加评价: adds words to one's rating, once. */
  async addendum(tx: Tx, ratingId: string, by: By, text: string, now: Date): Promise<{ id: string; at: Date }> {
    const words = checkAddendum(text);
    if (!isUuid(ratingId) || !(await this.store.isOwner(tx, ratingId, by.residentId)))
      throw new Refusal('rating.notFound');
    const id = await this.store.addAddendum(tx, ratingId, words, now);
    if (id === null) throw new Refusal('rating.addendumGiven');
    return { id, at: now };
  }

  /** The same, found by the service that was rated. */
  async addendumByEvent(
    tx: Tx,
    serviceEventId: string,
    by: By,
    text: string,
    now: Date,
  ): Promise<{ id: string; at: Date }> {
    const ratingId = isUuid(serviceEventId) ? await this.store.ratingOf(tx, serviceEventId, by.residentId) : null;
    if (ratingId === null) throw new Refusal('rating.notFound');
    return this.addendum(tx, ratingId, by, text, now);
  }

  /** The rating the resident gave for that service, or null. */
  async ofServiceEvent(serviceEventId: string, residentId: string): Promise<Given | null> {
    return isUuid(serviceEventId) ? this.store.given(serviceEventId, residentId) : null;
  }

  /** The same person was known under two ids: what the one may rate or has rated is the other's. */
  async moveResident(tx: Tx, from: string, to: string): Promise<void> {
    await tx.sql('update rating_service_event set resident_id = $2 where resident_id = $1', [from, to]);
    await tx.sql('update rating_given set resident_id = $2 where resident_id = $1', [from, to]);
    await this.bindings.moveResident(tx, from, to);
  }

  /** One sentence per kind of thing that must never be; empty when all is sound. */
  async checkIntegrity(): Promise<readonly string[]> {
    return [...(await this.integrity.check(this.clock.now())), ...(await this.chain.check())];
  }

  /** Seals what was rated since the last time into the chain; returns how many. */
  async seal(): Promise<number> {
    return this.chain.seal();
  }
}

import { Injectable } from '@nestjs/common';
import type { Grade, ServiceKind } from '@linli/contracts';
import { newId, Refusal } from '@linli/kernel';
import { appendAudit, Database, FieldCipher, type Tx } from '@linli/platform';
import { optionSetsOf, type OptionSets } from '../options';
import { isOpen } from '../rating';
import { RatingService } from '../rating.service';
import { RatingSettings } from '../rating-settings.service';
import { isWithin, type Asker } from '../reach';
import { LinkTokens, type LinkClaim } from './link-token.service';
import { ServiceLookupStore, type FoundService } from './service-lookup.store';

export const linkChannels = ['windowQr', 'hallTablet', 'sms'] as const;
export type LinkChannel = (typeof linkChannels)[number];

/** A link an officer hands over; they cannot use it to learn anything, and it works once. */
export interface IssuedLink {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What whoever opens a link sees: enough to know the service again, and nobody's name. */
export interface LinkView {
  readonly kind: ServiceKind;
  readonly subject: string;
  /** Its end alone. */
  readonly caseNumber: string;
  readonly department: string;
  readonly at: Date;
  readonly expiresAt: Date;
  readonly options: OptionSets;
}

/** A rating as it comes by a link. */
export interface LinkRating {
  readonly grade: Grade;
  readonly options: readonly string[];
  readonly text?: string;
  readonly anonymous: boolean;
  readonly device?: string;
}

const hour = 3_600_000;
const hoursOf = { windowQr: 'windowQrHours', hallTablet: 'hallTabletHours', sms: 'smsHours' } as const;

/** 扫码评、短信评: signed links that let the resident of one service rate it once, without signing in. */
@Injectable()
export class RatingLinks {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly tokens: LinkTokens,
    private readonly services: ServiceLookupStore,
    private readonly ratings: RatingService,
    private readonly settings: RatingSettings,
  ) {}

  /** Issues a link for the service of a case or booking that awaits its rating. */
  async issue(
    tx: Tx,
    number: string,
    officer: Asker,
    { via, device }: { readonly via: LinkChannel; readonly device?: string },
    now: Date,
  ): Promise<IssuedLink> {
    const service = await this.services.ofNumber(tx, number);
    if (!service || !isWithin(officer, service)) throw new Refusal('rating.notFound');
    if (service.ratedAt) throw new Refusal('rating.alreadyGiven');
    if (!isOpen(service.at, now)) throw new Refusal('rating.notOpen');
    const until = now.getTime() + this.settings.limits.links[hoursOf[via]] * hour;
    const expiresAt = new Date(Math.floor(until / 1000) * 1000);
    const nonce = newId();
    await tx.sql(
      `insert into rating_link (id, service_event_id, via, issued_by, issuer_device, issued_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        ...[nonce, service.id, via, officer.id],
        device === undefined ? null : this.cipher.blindIndex('rating.device', device),
        ...[now, expiresAt],
      ],
    );
    const actor = { kind: 'officer', id: officer.id } as const;
    const subject = `ratingServiceEvent:${service.id}`;
    await appendAudit(tx, { actor, action: 'ratingLink.issue', subject, detail: { via }, at: now });
    return { token: this.tokens.sign({ serviceEventId: service.id, nonce, expiresAt }), expiresAt };
  }

  /** What the link is about. Refuses one that is forged, expired or used. */
  async open(token: string, now: Date): Promise<LinkView> {
    const { claim, via, service } = await this.find(token, now);
    const { kind, subject, caseNumber, department, at } = service;
    const masked = `…${caseNumber.slice(-4)}`;
    return {
      ...{ kind, subject, caseNumber: masked, department: department.name, at },
      ...{ expiresAt: claim.expiresAt, options: optionSetsOf(via) },
    };
  }

  /** Whose service it is, so that the chat can stop asking; whether the link still works is for `rate` to say. */
  async ofToken(token: string, now: Date): Promise<{ residentId: string; serviceEventId: string }> {
    const { serviceEventId } = this.claimOf(token, now);
    const service = await this.services.byId(this.database, serviceEventId);
    if (!service) throw new Refusal('rating.linkInvalid');
    return { residentId: service.residentId, serviceEventId };
  }

  /** Rates by the link, which is used up with it; a rating that is refused leaves it as it was. */
  async rate(tx: Tx, token: string, rating: LinkRating, now: Date): Promise<{ id: string; grade: Grade; at: Date }> {
    const claim = this.claimOf(token, now);
    const [used] = await tx.sql<{ via: LinkChannel }>(
      `update rating_link set used_at = $3
       where id = $1 and service_event_id = $2 and used_at is null and expires_at > $3 returning via`,
      [claim.nonce, claim.serviceEventId, now],
    );
    if (!used) throw new Refusal('rating.linkUsed');
    const service = await this.services.byId(tx, claim.serviceEventId);
    if (!service) throw new Refusal('rating.linkInvalid');
    const { residentId } = service;
    const via = { channel: 'api', via: used.via, linkId: claim.nonce } as const;
    return this.ratings.rate(tx, { residentId }, { ...rating, ...via, serviceEventId: service.id }, now);
  }

  private claimOf(token: string, now: Date): LinkClaim {
    const claim = this.tokens.read(token);
    if (!claim) throw new Refusal('rating.linkInvalid');
    if (claim.expiresAt <= now) throw new Refusal('rating.linkExpired');
    return claim;
  }

  private async find(token: string, now: Date): Promise<{ claim: LinkClaim; via: LinkChannel; service: FoundService }> {
    const claim = this.claimOf(token, now);
    const [link] = await this.database.sql<{ via: LinkChannel; usedAt: Date | null }>(
      'select via, used_at as "usedAt" from rating_link where id = $1 and service_event_id = $2',
      [claim.nonce, claim.serviceEventId],
    );
    const service = link && (await this.services.byId(this.database, claim.serviceEventId));
    if (!link || !service) throw new Refusal('rating.linkInvalid');
    if (link.usedAt) throw new Refusal('rating.linkUsed');
    if (service.ratedAt) throw new Refusal('rating.alreadyGiven');
    return { claim, via: link.via, service };
  }
}

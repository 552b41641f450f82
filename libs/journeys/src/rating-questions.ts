import { Injectable } from '@nestjs/common';
import type { Channel, EventOf } from '@linli/contracts';
import { ResidentStore, type Identity } from '@linli/directory';
import { askRating, ConversationStore, ratingGivenElsewhere, ratingUndelivered } from '@linli/dialogue';
import { NotificationService } from '@linli/notification';
import { Clock, Database, type Tx } from '@linli/platform';
import { isReachable, RatingAsking, type DueAsk } from '@linli/rating';

/** As many as one round of the clock asks. */
const roundMost = 100;

/** Asks for ratings in chat, each question once, and never while something else is open. */
@Injectable()
export class RatingQuestions {
  constructor(
    private readonly database: Database,
    private readonly residents: ResidentStore,
    private readonly conversations: ConversationStore,
    private readonly notifications: NotificationService,
    private readonly asking: RatingAsking,
    private readonly clock: Clock,
  ) {}

  /** Asks now when it is a decent hour and the conversation idle; else the question waits for the one and the other. */
  async ask(tx: Tx, event: EventOf<'rating.requested'>): Promise<void> {
    const { serviceEventId, kind = 'case' } = event.payload;
    const now = this.clock.now();
    if (await this.asking.plan(tx, serviceEventId, kind, event.at, now)) await this.put(tx, event.payload, 'ask', now);
  }

  /** Asks what waited for a decent hour, and reminds of what nobody answered, once; returns how many. */
  async round(): Promise<number> {
    const now = this.clock.now();
    let put = 0;
    for (const [occasion, claim] of [
      ['ask', (tx: Tx) => this.asking.claimDue(tx, now)],
      ['remind', (tx: Tx) => this.asking.claimReminder(tx, now)],
    ] as const)
      for (let left = roundMost; left > 0 && (await this.next(occasion, claim, now)); left -= 1) put += 1;
    return put;
  }

  private next(occasion: 'ask' | 'remind', claim: (tx: Tx) => Promise<DueAsk | null>, now: Date): Promise<boolean> {
    return this.database.transact(async (tx) => {
      const due = await claim(tx);
      if (due) await this.put(tx, due, occasion, now);
      return due !== null;
    });
  }

  private async put(tx: Tx, about: DueAsk, occasion: 'ask' | 'remind', now: Date): Promise<void> {
    const { residentId, serviceEventId, subject, caseNumber } = about;
    const identity = reachable(await this.residents.identitiesOf(residentId, tx));
    if (!identity) return;
    if (occasion === 'remind' && !isReachable(lastSpoke(identity), now)) return;
    const { channel } = identity;
    const { id, conversation } = await this.conversations.lock(tx, residentId, channel, now);
    const open = occasion === 'remind' ? ratingGivenElsewhere(conversation, serviceEventId) : conversation;
    const asked = askRating(open, { serviceEventId, subject, caseNumber });
    await this.conversations.save(tx, id, asked.conversation, now);
    if (asked.text === null) return;
    const dedupeKey = `${serviceEventId}/${occasion}`;
    const notice = { residentId, kind: 'ratingRequest', text: asked.text, dedupeKey, channel } as const;
    await this.notifications.enqueue(tx, { ...notice, about: serviceEventId }, now);
  }

  /** A question that never arrived is closed, so that no later digit is taken for its answer; it is asked again. */
  async undelivered(tx: Tx, residentId: string, channel: Channel, serviceEventId: string): Promise<void> {
    await this.change(tx, residentId, channel, (conversation) => ratingUndelivered(conversation, serviceEventId));
  }

  /** A service rated through the mini-program is not asked about in chat any more. */
  async settled(tx: Tx, residentId: string, serviceEventId: string, channels: readonly Channel[]): Promise<void> {
    for (const channel of channels)
      await this.change(tx, residentId, channel, (conversation) => ratingGivenElsewhere(conversation, serviceEventId));
  }

  private async change(
    tx: Tx,
    residentId: string,
    channel: Channel,
    step: (conversation: Parameters<typeof ratingUndelivered>[0]) => ReturnType<typeof ratingUndelivered>,
  ): Promise<void> {
    const now = this.clock.now();
    const { id, conversation } = await this.conversations.lock(tx, residentId, channel, now);
    await this.conversations.save(tx, id, step(conversation), now);
  }
}

/** When the resident last wrote or pressed something there. */
function lastSpoke({ lastMessageAt, lastMenuAt }: Identity): Date | null {
  const last = Math.max(lastMessageAt?.getTime() ?? 0, lastMenuAt?.getTime() ?? 0);
  return last === 0 ? null : new Date(last);
}

/** The identity a resident is best reached by: where they spoke last. */
export function reachable(identities: readonly Identity[]): Identity | null {
  const spoken = (identity: Identity): number => lastSpoke(identity)?.getTime() ?? 0;
  const following = identities.filter((identity) => identity.following);
  return following.reduce<Identity | null>((best, one) => (best && spoken(best) >= spoken(one) ? best : one), null);
}

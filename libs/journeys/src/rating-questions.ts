import { Injectable } from '@nestjs/common';
import type { Channel, EventOf } from '@linli/contracts';
import { ResidentStore, type Identity } from '@linli/directory';
import { askRating, ConversationStore, ratingGivenElsewhere, ratingUndelivered } from '@linli/dialogue';
import { NotificationService } from '@linli/notification';
import { Clock, consumeOnce, Database, type Tx } from '@linli/platform';

/** Asks for ratings in chat, each question once, and never while something else is open. */
@Injectable()
export class RatingQuestions {
  constructor(
    private readonly database: Database,
    private readonly residents: ResidentStore,
    private readonly conversations: ConversationStore,
    private readonly notifications: NotificationService,
    private readonly clock: Clock,
  ) {}

  /** Asks now when the conversation is idle; else the question waits in it. */
  async ask(event: EventOf<'rating.requested'>): Promise<void> {
    const { residentId, serviceEventId, subject, caseNumber } = event.payload;
    await consumeOnce(this.database, event.id, 'askInChat', async (tx) => {
      const channel = reachable(await this.residents.identitiesOf(residentId, tx))?.channel;
      if (!channel) return;
      const now = this.clock.now();
      const { id, conversation } = await this.conversations.lock(tx, residentId, channel, now);
      const asked = askRating(conversation, { serviceEventId, subject, caseNumber });
      await this.conversations.save(tx, id, asked.conversation, now);
      if (asked.text === null) return;
      await this.notifications.enqueue(
        tx,
        {
          residentId,
          kind: 'ratingRequest',
          text: asked.text,
          dedupeKey: `${event.id}/askInChat`,
          channel,
          about: serviceEventId,
        },
        now,
      );
    });
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

/** The identity a resident is best reached by: where they spoke last. */
export function reachable(identities: readonly Identity[]): Identity | null {
  const spoken = (identity: Identity): number =>
    Math.max(identity.lastMessageAt?.getTime() ?? 0, identity.lastMenuAt?.getTime() ?? 0);
  const following = identities.filter((identity) => identity.following);
  return following.reduce<Identity | null>((best, one) => (best && spoken(best) >= spoken(one) ? best : one), null);
}

import { Injectable } from '@nestjs/common';
import type { Channel } from '@linli/contracts';
import { ResidentStore, type Identity } from '@linli/directory';
import { NotificationService, type Delivery, type DeliveryResult } from '@linli/notification';
import { Batcher, Clock } from '@linli/platform';
import { WechatClient, WechatFailure } from '@linli/wechat';
import { RatingQuestions } from './rating-questions';

/** Sends what is due, outside any transaction, and records what became of it. */
@Injectable()
export class Delivering {
  private readonly addresses = new Batcher<string, Identity[]>((ids) => this.residents.identitiesOfEach(ids), {
    most: 50,
    lanes: 2,
    keyOf: (id) => id,
  });

  constructor(
    private readonly notifications: NotificationService,
    private readonly residents: ResidentStore,
    private readonly questions: RatingQuestions,
    private readonly wechat: WechatClient,
    private readonly clock: Clock,
  ) {}

  /** One round over the platform's channels; returns how many were tried. */
  async wechatRound(): Promise<number> {
    return this.round(['wechatOfficial', 'wechatMini'], async (delivery, openid) => {
      try {
        await this.wechat.sendText(
          delivery.channel === 'wechatMini' ? 'wechatMini' : 'wechatOfficial',
          openid,
          delivery.text,
        );
        return { kind: 'sent' };
      } catch (error) {
        if (!(error instanceof WechatFailure)) throw error;
        return resultOf(error, delivery.kind);
      }
    });
  }

  /** One round over the bot's channel; `say` is false for a contact the puppet does not know. */
  async wechatyRound(say: (contactId: string, text: string) => Promise<boolean>): Promise<number> {
    return this.round(['wechaty'], async ({ text }, contactId) =>
      (await say(contactId, text)) ? { kind: 'sent' } : { kind: 'failed', reason: 'unknownContact' },
    );
  }

  private round(
    channels: readonly Channel[],
    send: (delivery: Delivery, subject: string) => Promise<DeliveryResult>,
  ): Promise<number> {
    return this.notifications.deliverDue(
      channels,
      async (delivery) => {
        const identities = await this.addresses.add(delivery.residentId);
        const to = identities.find((one) => one.channel === delivery.channel);
        return to ? send(delivery, to.subject) : { kind: 'failed', reason: 'noIdentity' };
      },
      async (tx, { residentId, kind, channel, about }) => {
        if (kind === 'ratingRequest' && about) await this.questions.undelivered(tx, residentId, channel, about);
      },
      this.clock.now(),
    );
  }
}

/** A question cannot be held: by the time it arrived, the digit could answer something else. It is asked anew instead. */
function resultOf(failure: WechatFailure, kind: Delivery['kind']): DeliveryResult {
  switch (failure.kind) {
    case 'window':
      return kind === 'ratingRequest' ? { kind: 'failed', reason: 'window' } : { kind: 'held' };
    case 'unreachable':
    case 'content':
      return { kind: 'failed', reason: failure.kind };
    case 'slow':
      return { kind: 'retry', afterMs: 60_000 };
    case 'quota':
    case 'config':
    case 'permission':
      return { kind: 'retry', afterMs: 600_000 };
    case 'retry':
      return { kind: 'retry' };
  }
}

import { Injectable } from '@nestjs/common';
import { ResidentStore } from '@linli/directory';
import { NotificationService, type Delivery, type DeliveryResult } from '@linli/notification';
import { Clock } from '@linli/platform';
import { WechatClient, WechatFailure } from '@linli/wechat';
import { RatingQuestions, reachable } from './rating-questions';

/** Sends what is due, outside any transaction, and records what became of it. */
@Injectable()
export class Delivering {
  constructor(
    private readonly notifications: NotificationService,
    private readonly residents: ResidentStore,
    private readonly questions: RatingQuestions,
    private readonly wechat: WechatClient,
    private readonly clock: Clock,
  ) {}

  /** One round over WeChat's channels; returns how many were tried. */
  async round(): Promise<number> {
    return this.notifications.deliverDue(
      (delivery) => this.send(delivery),
      async (tx, { residentId, kind, channel, about }) => {
        if (kind === 'ratingRequest' && about && channel)
          await this.questions.undelivered(tx, residentId, channel, about);
      },
      this.clock.now(),
    );
  }

  private async send({ residentId, channel, kind, text }: Delivery): Promise<DeliveryResult> {
    const identities = await this.residents.identitiesOf(residentId);
    const to = channel ? identities.find((one) => one.channel === channel) : reachable(identities);
    if (!to) return { kind: 'failed', reason: 'noIdentity' };
    if (to.channel === 'wechaty') return { kind: 'retry' };
    try {
      await this.wechat.sendText(to.channel, to.subject, text);
      return { kind: 'sent' };
    } catch (error) {
      if (!(error instanceof WechatFailure)) throw error;
      return resultOf(error, kind);
    }
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

import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { webhookUrl } from './address';
import { WebhookPost } from './webhook-post.service';
import { WebhookStore, type DueDelivery } from './webhook.store';

const together = 10;
const firstPauseMs = 60_000;
const mostAttempts = 10;

/** Tells programs of assessors that a month is closed: signed, tried again, never inside a transaction. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly store: WebhookStore,
    private readonly post: WebhookPost,
  ) {}

  /** Adds an https address and returns the secret its messages are signed with, once. */
  async add(tx: Tx, text: string, allowsPrivate: boolean, now: Date): Promise<string> {
    const url = webhookUrl(text);
    const secret = url ? await this.store.add(tx, url.href, allowsPrivate, now) : null;
    if (secret === null) throw new Refusal('assessment.webhookInvalid');
    return secret;
  }

  /** Sends what is due; answers how many were tried. */
  async round(now: Date): Promise<number> {
    const due = await this.store.claim(now, together);
    await Promise.all(due.map((one) => this.deliver(one, now)));
    return due.length;
  }

  private async deliver(delivery: DueDelivery, now: Date): Promise<void> {
    const error = await this.attempt(delivery, now);
    const isLast = delivery.attempts + 1 >= mostAttempts;
    const pause = firstPauseMs * 2 ** delivery.attempts;
    await this.store.settle(delivery, now, error, error === null || isLast ? null : new Date(now.getTime() + pause));
  }

  private async attempt({ url, body, secret, allowsPrivate }: DueDelivery, now: Date): Promise<string | null> {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const headers = {
      'content-type': 'application/json',
      'x-linli-timestamp': timestamp,
      'x-linli-signature': `sha256=${signature(secret, timestamp, body)}`,
    };
    try {
      const status = await this.post.send(new URL(url), body, headers, allowsPrivate);
      return status >= 200 && status < 300 ? null : `answered ${status}`;
    } catch (error) {
      return (error as Error).message.slice(0, 200);
    }
  }
}

/** HMAC-SHA-256 over the moment and the body, so that an old message cannot be sent again as a new one. */
export function signature(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

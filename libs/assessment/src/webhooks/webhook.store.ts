import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from '@linli/kernel';
import { Database, FieldCipher, type Tx } from '@linli/platform';

/** One message to one address, claimed by this process for a while. */
export interface DueDelivery {
  readonly webhookId: string;
  readonly period: string;
  readonly url: string;
  readonly allowsPrivate: boolean;
  readonly secret: string;
  readonly body: string;
  readonly attempts: number;
}

const secretColumn = 'assessment.webhookSecret';
const leaseSeconds = 60;

/** Addresses and what each has yet to hear. */
@Injectable()
export class WebhookStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Adds an address and returns its secret, once; null when it is known already. */
  async add(tx: Tx, url: string, allowsPrivate: boolean, now: Date): Promise<string | null> {
    const id = newId();
    const secret = randomBytes(32).toString('base64url');
    const rows = await tx.sql(
      `insert into assessment_webhook (id, url, secret, allows_private, created_at) values ($1, $2, $3, $4, $5)
       on conflict (url) do nothing returning id`,
      [id, url, this.cipher.seal(secretColumn, id, secret), allowsPrivate, now],
    );
    return rows.length === 1 ? secret : null;
  }

  /** Every address is to hear of the month; in the transaction that closes it. */
  async enqueue(tx: Tx, period: string, body: string, now: Date): Promise<void> {
    await tx.sql(
      `insert into assessment_webhook_delivery (webhook_id, period, body, due_at)
       select id, $1, $2, $3 from assessment_webhook on conflict do nothing`,
      [period, body, now],
    );
  }

  /** Claims what is due; a claim nobody settles is due again after a minute. */
  async claim(now: Date, limit: number): Promise<DueDelivery[]> {
    const rows = await this.database.sql<Omit<DueDelivery, 'secret'> & { sealed: Buffer }>(
      `update assessment_webhook_delivery d set due_at = $1::timestamptz + make_interval(secs => $3)
       from (select webhook_id, period from assessment_webhook_delivery where due_at <= $1
             order by due_at limit $2 for update skip locked) due, assessment_webhook w
       where d.webhook_id = due.webhook_id and d.period = due.period and w.id = d.webhook_id
       returning d.webhook_id as "webhookId", d.period, w.url, w.allows_private as "allowsPrivate", w.secret as sealed,
         d.body, d.attempts`,
      [now, limit, leaseSeconds],
    );
    return rows.map(({ sealed, ...row }) => ({
      ...row,
      secret: this.cipher.open(secretColumn, row.webhookId, sealed),
    }));
  }

  /** Delivered when `error` is null; else tried again at `next`, or never when that is null. */
  async settle({ webhookId, period }: DueDelivery, now: Date, error: string | null, next: Date | null): Promise<void> {
    await this.database.sql(
      `update assessment_webhook_delivery
       set attempts = attempts + 1, due_at = $3, last_error = $4, delivered_at = case when $4::text is null then $5::timestamptz end
       where webhook_id = $1 and period = $2`,
      [webhookId, period, next, error, now],
    );
  }
}

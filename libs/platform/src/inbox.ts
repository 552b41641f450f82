import { Injectable } from '@nestjs/common';
import type { InboundMessage } from '@linli/contracts';
import { Database, type Tx } from './database';
import { FieldCipher } from './field-cipher';

/** What became of a message offered to the inbox. */
export type Received =
  /** Never seen: handle it now. */
  | { readonly kind: 'new' }
  /** Handled before; the same answer is due again. */
  | { readonly kind: 'answered'; readonly answer: string | null }
  /** Kept, but not handled yet: earlier words of the same sender, or this very message, still wait. */
  | { readonly kind: 'waiting' };

type Sender = Pick<InboundMessage, 'channel' | 'id' | 'from'>;

/**
 * Every message from outside, once: the row (channel, message id) is inserted in the transaction of its effects and
 * holds its answer, so that a redelivery gets the same answer and changes nothing. A message that could not be handled
 * in time is kept with its body (sealed) and handled later, in order.
 */
@Injectable()
export class Inbox {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Takes the message in. A concurrent duplicate waits here until the first transaction ends, then sees its row. */
  async receive(tx: Tx, message: Sender, now: Date): Promise<Received> {
    const sender = this.senderOf(message);
    const fresh = await tx.sql(
      `insert into platform_inbox (channel, message_id, sender, received_at, state)
       select $1, $2, $3, $4, 'done'
       where not exists (select 1 from platform_inbox where sender = $3 and state = 'pending')
       on conflict do nothing returning message_id`,
      [message.channel, message.id, sender, now],
    );
    if (fresh.length === 1) return { kind: 'new' };
    return this.standing(tx, message);
  }

  /** Keeps the answer beside the message. */
  async answer(tx: Tx, message: Sender, answer: string | null, now: Date): Promise<void> {
    const sealed = this.sealedAnswer(message, answer);
    await tx.sql(
      `update platform_inbox set state = 'done', answer = $3, done_at = $4, body = null
       where channel = $1 and message_id = $2`,
      [message.channel, message.id, sealed, now],
    );
  }

  /** The form an answer is kept in. */
  sealedAnswer(message: Sender, answer: string | null): Buffer | null {
    return answer === null ? null : this.cipher.seal('inbox.answer', rowId(message), answer);
  }

  /** Keeps a message to be handled later; false when it is known already. */
  async postpone(message: InboundMessage, now: Date): Promise<boolean> {
    const body = this.cipher.seal('inbox.body', rowId(message), JSON.stringify(message));
    const rows = await this.database.sql(
      `insert into platform_inbox (channel, message_id, sender, received_at, state, body)
       values ($1, $2, $3, $4, 'pending', $5) on conflict do nothing returning message_id`,
      [message.channel, message.id, this.senderOf(message), now, body],
    );
    return rows.length === 1;
  }

  /** Locks the oldest waiting message that nobody else works on; one per sender at a time keeps the order of their words. */
  async nextPending(tx: Tx): Promise<InboundMessage | null> {
    const [row] = await tx.sql<{ channel: string; message_id: string; body: Buffer }>(
      `select channel, message_id, body from platform_inbox p
       where state = 'pending' and not exists (
         select 1 from platform_inbox e where e.sender = p.sender and e.state = 'pending' and e.position < p.position)
       order by position limit 1 for update skip locked`,
    );
    if (!row) return null;
    const text = this.cipher.open('inbox.body', `${row.channel}/${row.message_id}`, row.body);
    const message = JSON.parse(text) as InboundMessage;
    return { ...message, at: new Date(message.at) };
  }

  /** Forgets handled messages older than the given days: the platform redelivers within seconds, not days. */
  async clear(olderThanDays: number): Promise<void> {
    await this.database.sql(
      `delete from platform_inbox where (channel, message_id) in
         (select channel, message_id from platform_inbox
          where state = 'done' and received_at < now() - make_interval(days => $1) limit 5000)`,
      [olderThanDays],
    );
  }

  private async standing(tx: Tx, message: Sender): Promise<Received> {
    const [row] = await tx.sql<{ state: string; answer: Buffer | null }>(
      'select state, answer from platform_inbox where channel = $1 and message_id = $2',
      [message.channel, message.id],
    );
    if (row?.state !== 'done') return { kind: 'waiting' };
    return {
      kind: 'answered',
      answer: row.answer ? this.cipher.open('inbox.answer', rowId(message), row.answer) : null,
    };
  }

  /** Whose words wait for each other: the sender within their channel, as a keyed digest. */
  senderOf(message: Sender): Buffer {
    return this.cipher.blindIndex('inbox.sender', `${message.channel}/${message.from}`);
  }
}

function rowId(message: Sender): string {
  return `${message.channel}/${message.id}`;
}

import { Injectable } from '@nestjs/common';
import { newId } from '@linli/kernel';
import type { Channel } from '@linli/contracts';
import { Batcher, Database, FieldCipher, type Tx } from '@linli/platform';
import type { Notice } from './delivery';

/** A delivery somebody has claimed; its text still sealed. */
export interface Claimed {
  readonly id: string;
  readonly claim: string;
  readonly residentId: string;
  readonly kind: Notice['kind'];
  readonly channel: Channel;
  readonly about: string | null;
  readonly body: Buffer;
  readonly attempts: number;
  readonly queuedAt: Date;
}

/** A delivery that waits longer than it should. */
export interface Overdue {
  readonly id: string;
  readonly kind: string;
  readonly attempts: number;
  readonly queuedAt: Date;
  /** How many wait in all. */
  readonly total: number;
}

interface Sent {
  readonly id: string;
  readonly at: Date;
}

const bodyColumn = 'notification.body';

/**
 * A resident's other deliveries are looked up by a subquery that cannot become a join, in the words of the index by
 * resident: with statistics from before a burst the planner would else walk all that waits, once per delivery.
 */
export const claimSql = `
  update notification_delivery d
  set claim = $4, claimed_until = $2, attempts = attempts + 1, spoken = false
  from (
    select q.id from notification_delivery q
    where q.state = 'queued' and q.next_attempt_at <= $1 and q.channel = $5 and (q.claimed_until is null or q.claimed_until <= $1)
      and (
        select o.id from notification_delivery o
        where o.resident_id = q.resident_id and o.channel = q.channel and o.state in ('queued', 'held') and o.state <> 'held'
          and o.position <> q.position and (o.position < q.position or o.claimed_until > $1)
        limit 1) is null
    order by q.next_attempt_at, q.position limit $3 for update skip locked
  ) due
  where d.id = due.id
  returning d.id, d.claim, d.resident_id as "residentId", d.kind, d.channel, d.about, d.body, d.attempts,
    d.queued_at as "queuedAt"`;

/** Deliveries in PostgreSQL: claimed by lease, settled by whoever holds the claim. */
@Injectable()
export class DeliveryStore {
  private readonly sent = new Batcher<Sent, null>((all) => this.settleAllSent(all), {
    most: 50,
    lanes: 1,
    keyOf: ({ id }) => id,
  });

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async add(tx: Tx, notice: Notice, now: Date): Promise<void> {
    const id = newId();
    await tx.sql(
      `insert into notification_delivery
         (id, dedupe_key, resident_id, kind, channel, about, body, state, queued_at, next_attempt_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $8) on conflict (dedupe_key) do nothing`,
      [
        id,
        notice.dedupeKey,
        notice.residentId,
        notice.kind,
        notice.channel,
        notice.about ?? null,
        this.cipher.seal(bodyColumn, id, notice.text),
        now,
      ],
    );
  }

  /**
   * Claims what is due on a channel, at most one delivery per resident: the oldest that waits, and none while another is under way,
   * so that words arrive in the order they were said.
   */
  async claim(channel: Channel, now: Date, until: Date, limit: number): Promise<Claimed[]> {
    return this.database.sql(claimSql, [now, until, limit, newId(), channel]);
  }

  async moveResident(tx: Tx, from: string, to: string): Promise<void> {
    await tx.sql(
      `update notification_delivery set resident_id = $2 where resident_id = $1 and state in ('queued', 'held')`,
      [from, to],
    );
  }

  textOf(delivery: Claimed): string {
    return this.cipher.open(bodyColumn, delivery.id, delivery.body);
  }

  /** Sent is sent, even when the lease ran out meanwhile; the text is not needed any more and goes. */
  async settleSent({ id }: Claimed, at: Date): Promise<void> {
    await this.sent.add({ id, at });
  }

  async settleLater(delivery: Claimed, nextAttemptAt: Date): Promise<void> {
    await this.database.sql(
      `update notification_delivery set next_attempt_at = $3, claim = null, claimed_until = null
       where id = $1 and claim = $2`,
      [delivery.id, delivery.claim, nextAttemptAt],
    );
  }

  /** Keeps the delivery until the resident speaks; false when they just did, or when it is no longer this claim's. */
  async settleHeld(tx: Tx, delivery: Claimed): Promise<boolean> {
    const rows = await tx.sql(
      `update notification_delivery set state = 'held', claim = null, claimed_until = null
       where id = $1 and claim = $2 and not spoken returning id`,
      [delivery.id, delivery.claim],
    );
    return rows.length === 1;
  }

  /** Gives the delivery up; false when it is no longer this claim's. */
  async settleFailed(tx: Tx, delivery: Claimed, reason: string, now: Date): Promise<boolean> {
    const rows = await tx.sql(
      `update notification_delivery
       set state = 'failed', reason = $3, settled_at = $4, body = null, claim = null, claimed_until = null
       where id = $1 and claim = $2 returning id`,
      [delivery.id, delivery.claim, reason.slice(0, 200), now],
    );
    return rows.length === 1;
  }

  async release(tx: Tx, residentId: string, now: Date): Promise<number> {
    const rows = await tx.sql<{ released: boolean }>(
      `update notification_delivery n
       set state = 'queued', spoken = true,
         attempts = case when before.state = 'held' then 0 else n.attempts end,
         queued_at = case when before.state = 'held' then $2 else n.queued_at end,
         next_attempt_at = case when before.state = 'held' then $2 else n.next_attempt_at end
       from (
         select id, state from notification_delivery
         where resident_id = $1 and state in ('queued', 'held') and (state = 'held' or claim is not null)
         order by position for update
       ) before
       where n.id = before.id returning before.state = 'held' as released`,
      [residentId, now],
    );
    return rows.filter((row) => row.released).length;
  }

  async forget(tx: Tx, residentId: string, now: Date): Promise<void> {
    await tx.sql(
      `update notification_delivery
       set state = 'failed', reason = 'unfollowed', settled_at = $2, body = null, claim = null, claimed_until = null
       where resident_id = $1 and state in ('queued', 'held')`,
      [residentId, now],
    );
  }

  /** The oldest deliveries queued before the given instant. */
  async overdue(queuedBefore: Date, limit: number): Promise<Overdue[]> {
    return this.database.sql(
      `select id, kind, attempts, queued_at as "queuedAt", (count(*) over ())::int as total
       from notification_delivery where state = 'queued' and queued_at < $1 order by queued_at, position limit $2`,
      [queuedBefore, limit],
    );
  }

  /** Those that were sent at about the same time, in one statement. */
  private async settleAllSent(sent: readonly Sent[]): Promise<null[]> {
    await this.database.sql(
      `update notification_delivery d
       set state = 'sent', settled_at = s.at, body = null, claim = null, claimed_until = null
       from unnest($1::uuid[], $2::timestamptz[]) as s(id, at) where d.id = s.id and d.body is not null`,
      [sent.map(({ id }) => id), sent.map(({ at }) => at)],
    );
    return sent.map(() => null);
  }
}

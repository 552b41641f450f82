import { Injectable } from '@nestjs/common';
import type { Channel } from '@linli/contracts';
import { Clock, Database, type Tx } from '@linli/platform';
import { inTime } from './answer';
import {
  claimLimit,
  lanes,
  leaseMs,
  sendLimitMs,
  settle,
  type DeliveryResult,
  type Notice,
  type Sender,
  type Settlement,
  type Undelivered,
} from './delivery';
import { DeliveryStore, type Claimed } from './delivery.store';

type OnFailed = (tx: Tx, failed: Undelivered) => Promise<void>;

const overdueAfterMs = 10 * 60_000;
const overdueNamed = 20;

/** What residents must be told: queued in the transaction that made it true, sent afterwards, outside any transaction. */
@Injectable()
export class NotificationService {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryStore,
    private readonly clock: Clock,
  ) {}

  /** Queues a notice; one of the same occasion is not said twice. */
  async enqueue(tx: Tx, notice: Notice, now: Date): Promise<void> {
    await this.deliveries.add(tx, notice, now);
  }

  /** The resident spoke, so the platform's window is open: what was held is due again. Returns how many. */
  async release(tx: Tx, residentId: string, now: Date): Promise<number> {
    return this.deliveries.release(tx, residentId, now);
  }

  /** The same person was known under two ids: what waits for the one is for the other. */
  async moveResident(tx: Tx, from: string, to: string): Promise<void> {
    await this.deliveries.moveResident(tx, from, to);
  }

  /** The resident unfollowed: what still waits can never arrive. */
  async forget(tx: Tx, residentId: string): Promise<void> {
    await this.deliveries.forget(tx, residentId, this.clock.now());
  }

  /**
   * Sends what is due on the channels this process serves, at most `limit` and never more than one lease can carry; returns how many were attempted, so that
   * 0 means nothing is due. Any number of processes may call it. `onFailed` hears of every notice that was given up or
   * held, in the transaction that says so. A sender that throws is tried again later, and its error thrown once the
   * others are settled.
   */
  async deliverDue(
    channels: readonly Channel[],
    send: Sender,
    onFailed: OnFailed,
    now: Date,
    limit = 20,
  ): Promise<number> {
    const until = new Date(now.getTime() + leaseMs);
    const claimed: Claimed[] = [];
    // Each door's backlog is its own: what waits for one that is shut must not be walked by the others.
    for (const channel of channels)
      claimed.push(...(await this.deliveries.claim(channel, now, until, Math.min(limit, claimLimit) - claimed.length)));
    const waiting = [...claimed];
    const faults: unknown[] = [];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await this.deliver(next, send, onFailed, now).catch((fault: unknown) => faults.push(fault));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    if (faults.length > 0) throw faults[0];
    return claimed.length;
  }

  /** One sentence per delivery that is queued for more than ten minutes, and one for those not named. */
  async checkOverdue(now: Date): Promise<readonly string[]> {
    const rows = await this.deliveries.overdue(new Date(now.getTime() - overdueAfterMs), overdueNamed);
    const sentences = rows.map(
      ({ id, kind, queuedAt, attempts }) =>
        `notification ${id} (${kind}) is unsent since ${queuedAt.toISOString()} after ${attempts} attempts`,
    );
    const unnamed = (rows[0]?.total ?? 0) - rows.length;
    return unnamed > 0 ? [...sentences, `and ${unnamed} more notifications are unsent`] : sentences;
  }

  private async deliver(delivery: Claimed, send: Sender, onFailed: OnFailed, now: Date): Promise<void> {
    const { residentId, kind, channel } = delivery;
    let result: DeliveryResult;
    try {
      result = await inTime(send({ residentId, kind, channel, text: this.deliveries.textOf(delivery) }), sendLimitMs);
    } catch (fault) {
      await this.record(delivery, { kind: 'retry' }, onFailed, now);
      throw fault;
    }
    await this.record(delivery, result, onFailed, now);
  }

  private async record(delivery: Claimed, result: DeliveryResult, onFailed: OnFailed, now: Date): Promise<void> {
    const next = settle(result, delivery, now);
    if (next.state === 'sent') return this.deliveries.settleSent(delivery, now);
    if (next.state === 'queued') return this.deliveries.settleLater(delivery, next.nextAttemptAt);
    const reported = await this.report(delivery, next, onFailed, now);
    // Held, but the resident spoke meanwhile: the window is open again.
    if (!reported && next.state === 'held') await this.deliveries.settleLater(delivery, now);
  }

  /**
   * Tells `onFailed` and records, or neither; false when the claim was lost or the resident spoke meanwhile. The
   * subscriber comes first: a turn of the resident locks in that order too, so the two wait instead of deadlocking.
   */
  private async report(delivery: Claimed, next: Ending, onFailed: OnFailed, now: Date): Promise<boolean> {
    const { residentId, kind, channel, about } = delivery;
    try {
      await this.database.transact(async (tx) => {
        await onFailed(tx, { residentId, kind, channel, about, state: next.state });
        const settled =
          next.state === 'held'
            ? await this.deliveries.settleHeld(tx, delivery)
            : await this.deliveries.settleFailed(tx, delivery, next.reason, now);
        if (!settled) throw new NotOurs();
      });
      return true;
    } catch (error) {
      if (error instanceof NotOurs) return false;
      throw error;
    }
  }
}

type Ending = Extract<Settlement, { state: 'held' | 'failed' }>;

/** Rolls back a report about a delivery that others have settled or claimed meanwhile. */
class NotOurs extends Error {}

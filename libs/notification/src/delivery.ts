import type { Channel } from '@linli/contracts';

/** Something a resident must be told. */
export interface Notice {
  readonly residentId: string;
  readonly kind: 'reply' | 'caseProgress' | 'ratingRequest' | 'officerWords';
  readonly text: string;
  /** Names the occasion by opaque ids: the same occasion is said once. */
  readonly dedupeKey: string;
  /** The door it goes out by; whoever serves that door delivers it. */
  readonly channel: Channel;
  /** What it is about, as an opaque id. */
  readonly about?: string;
}

/** What became of one attempt. */
export type DeliveryResult =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly afterMs?: number }
  /** The platform's window is closed or its quota used up: it goes out when the resident next speaks. */
  | { readonly kind: 'held' }
  /** Never: blocked, unfollowed, content refused. `reason` names the cause and nothing personal. */
  | { readonly kind: 'failed'; readonly reason: string };

/** One attempt to carry a notice to its resident. */
export interface Delivery {
  readonly residentId: string;
  readonly kind: Notice['kind'];
  readonly channel: Channel;
  readonly text: string;
}

/** Carries a delivery to the platform; an answer later than `sendLimitMs` counts as none. */
export type Sender = (delivery: Delivery) => Promise<DeliveryResult>;

/** A notice that did not reach its resident: for ever (`failed`), or until they speak again (`held`). */
export interface Undelivered {
  readonly residentId: string;
  readonly kind: Notice['kind'];
  readonly channel: Channel;
  readonly about: string | null;
  readonly state: 'failed' | 'held';
}

/** How long a claim belongs to whoever made it. */
export const leaseMs = 60_000;
/** How long the platform may take to answer. */
export const sendLimitMs = 15_000;
/** How many deliveries are under way at once. */
export const lanes = 8;
/** As many as the lanes can finish within one lease, the last settlement included. */
export const claimLimit = lanes * 3;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const backoff: readonly number[] = [5 * second, 30 * second, 2 * minute, 10 * minute, hour];
const slowest = 6 * hour;
const patience = 72 * hour;

/** What an attempt turns a delivery into. */
export type Settlement =
  | { readonly state: 'sent' }
  | { readonly state: 'queued'; readonly nextAttemptAt: Date }
  | { readonly state: 'held' }
  | { readonly state: 'failed'; readonly reason: string };

/**
 * Decides what comes after an attempt. A delivery is tried again after 5 s, 30 s, 2 min, 10 min, 1 h, then every 6 h,
 * never sooner than the platform asks, and given up three days after it was queued.
 */
export function settle(
  result: DeliveryResult,
  delivery: { readonly attempts: number; readonly queuedAt: Date },
  now: Date,
): Settlement {
  switch (result.kind) {
    case 'sent':
      return { state: 'sent' };
    case 'held':
      return { state: 'held' };
    case 'failed':
      return { state: 'failed', reason: result.reason };
    case 'retry': {
      const wait = Math.max(backoff[delivery.attempts - 1] ?? slowest, result.afterMs ?? 0);
      const next = now.getTime() + wait;
      if (next > delivery.queuedAt.getTime() + patience) return { state: 'failed', reason: 'gaveUp' };
      return { state: 'queued', nextAttemptAt: new Date(next) };
    }
  }
}

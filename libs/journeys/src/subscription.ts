import type { DomainEvent, EventType } from '@linli/contracts';
import type { Tx } from '@linli/platform';

/** The rooms in the order work passes through them; notification is a sink. */
export const stations = [
  'directory',
  'catalogue',
  'dialogue',
  'booking',
  'ticketing',
  'casework',
  'rating',
  'assessment',
  'notification',
] as const;
export type Station = (typeof stations)[number];

interface Heard {
  readonly on: EventType;
  readonly name: string;
  readonly from: Station;
  readonly to: Station;
  /** Whether there is anything to do for this very event; left out: always. */
  concerns?(event: DomainEvent): boolean;
}

/**
 * Work that only writes, and only what belongs to the event or its resident. It shares a transaction with the same for
 * other events, beside those of other residents and after those of the same.
 */
export interface SharedSubscription extends Heard {
  share(tx: Tx, event: DomainEvent): Promise<void>;
  /** The same for many events in one statement, where their order does not matter. */
  readonly shareAll?: (tx: Tx, events: readonly DomainEvent[]) => Promise<void>;
}

/** Work that asks other systems, or reads and changes what others may be changing: on its own, and once by its own means. */
export interface OwnSubscription extends Heard {
  run(event: DomainEvent): Promise<void>;
}

/** One subscriber of one event: which way it carries the work, and what it does, once per event. */
export type Subscription = SharedSubscription | OwnSubscription;

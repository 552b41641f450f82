import type { DomainEvent, EventType } from '@linli/contracts';

/** The rooms in the order work passes through them; notification is a sink. */
export const stations = [
  'directory',
  'catalogue',
  'booking',
  'casework',
  'rating',
  'assessment',
  'notification',
] as const;
export type Station = (typeof stations)[number];

/** One subscriber of one event: which way it carries the work, and what it does, once per event. */
export interface Subscription {
  readonly on: EventType;
  readonly name: string;
  readonly from: Station;
  readonly to: Station;
  /** Whether there is anything to do for this very event; left out: always. */
  concerns?(event: DomainEvent): boolean;
  run(event: DomainEvent): Promise<void>;
}

import type { LocalDate } from '@linli/kernel';
import type { CatalogueEntry, Intent, RouteResult } from '@linli/contracts';
import type { Conversation } from './conversation';

/** A place near the one a resident sent in this turn. */
export interface NearbyPlace {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly walkMinutes: number;
  readonly openNow: boolean;
}

/** What a turn may look at besides the conversation; handed in, so that a turn stays a pure function. */
export interface World {
  readonly now: Date;
  readonly today: LocalDate;
  /** What a text of 1 to 2,000 characters means. */
  route(text: string): RouteResult;
  entry(id: string): CatalogueEntry | undefined;
  readonly subdistricts: readonly { readonly id: string; readonly name: string }[];
  readonly knownSubdistrictId: string | null;
  /** Whether a service may have times to book; left out: none has. */
  isBookable?(serviceId: string): boolean;
  /** The centre's phone, for the sentence that always offers a human. */
  readonly hotline: string;
  /** Only in a turn that brought a place: what is near it, nearest first; of the service on view when one is. */
  readonly nearby?: readonly NearbyPlace[];
}

/** What came of one message: the conversation afterwards, what is said, and what the house must do. */
export interface Turn {
  readonly conversation: Conversation;
  /** In order; each at most 600 characters and 2,000 bytes of UTF-8. Empty: nothing is said. */
  readonly replies: readonly string[];
  readonly intent: Intent | null;
}

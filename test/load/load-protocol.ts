import type { BookingLoad, BookingSummary } from './booking-writer';
import type { HistogramData } from './histogram';
import type { LifecycleLoad, LifecycleSummary } from './lifecycle-writer';
import type { PushAccount } from './wechat-push';

/** A load held for some rounds: a closed loop of residents who never pause. */
export interface ResidentLoad {
  readonly kind: 'residents';
  readonly account: PushAccount;
  readonly ports: readonly number[];
  readonly residents: number;
  /** Residents are numbered from here, so that a later load brings new people. */
  readonly firstSeat: number;
  readonly warmUpMs: number;
  readonly rounds: number;
  readonly roundMs: number;
  /** The answers are what the empty handler sends, not a conversation. */
  readonly empty: boolean;
}

/** Cases written over the API until the table holds `total`. */
export interface CaseLoad {
  readonly kind: 'cases';
  readonly ports: readonly number[];
  readonly writers: number;
  readonly total: number;
  /** How many cases at the start and at the end are timed apart. */
  readonly edge: number;
}

export type LoadCommand = ResidentLoad | CaseLoad | BookingLoad | LifecycleLoad | { readonly kind: 'end' };

/** What one round measured; durations in microseconds. */
export interface RoundResult {
  readonly seconds: number;
  readonly messages: number;
  readonly latency: HistogramData;
  readonly failures: Readonly<Record<string, number>>;
  /** Messages answered with `success` first and by a custom message after. */
  readonly later: number;
  readonly conversations: number;
}

/** What a whole load found, warm-up included. */
export interface ResidentSummary {
  readonly messages: number;
  readonly numbers: readonly string[];
  readonly gaveUp: number;
  readonly unanswered: number;
  readonly wrong: number;
  readonly wrongExamples: readonly string[];
}

export interface CaseSummary {
  readonly written: number;
  readonly numbers: readonly string[];
  readonly seconds: number;
  readonly firstPerSecond: number;
  readonly lastPerSecond: number;
  /** Cases a second in each tenth of the way. */
  readonly tenths: readonly number[];
  readonly latency: HistogramData;
  readonly failures: Readonly<Record<string, number>>;
}

export type LoadReport =
  | { readonly kind: 'ready'; readonly platformPort: number }
  | { readonly kind: 'roundBegan' }
  | { readonly kind: 'roundEnded'; readonly result: RoundResult }
  | { readonly kind: 'residentsDone'; readonly summary: ResidentSummary }
  | { readonly kind: 'casesDone'; readonly summary: CaseSummary }
  | { readonly kind: 'bookingsDone'; readonly summary: BookingSummary }
  | { readonly kind: 'lifecyclesDone'; readonly summary: LifecycleSummary }
  | { readonly kind: 'failed'; readonly why: string };

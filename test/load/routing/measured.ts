import type { Found } from './engine';
import type { EngineName } from './engines';

/** What a measuring process is told. */
export interface Task {
  readonly engine: EngineName;
  readonly documentsFile: string;
  readonly textsFile: string;
  readonly databaseUrl: string | null;
  readonly seconds: number;
}

/** What it measured. */
export interface Measured {
  /** One a text, in their order. */
  readonly found: readonly Found[];
  /** Processor time. */
  readonly buildMs: number;
  /** Processor time until it is ready again from what it kept; null where it keeps nothing. */
  readonly againMs: number | null;
  /** Messages a second of processor time. */
  readonly perSecond: number;
  /** By the clock, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Resident memory the engine added to a process that held the documents already, a server's share included. */
  readonly bytes: number;
}

export type Report =
  { readonly kind: 'measured'; readonly measured: Measured } | { readonly kind: 'failed'; readonly why: string };

import type { CleanUp } from './clean-up';
import type { BenchOptions } from './options';
import type { BenchResult } from './report';
import type { Measured } from './svg';

/** What every bench is given. */
export interface BenchRun {
  readonly options: BenchOptions;
  readonly cleanUp: CleanUp;
  /** Told to whoever waits, apart from the results. */
  readonly say: (words: string) => void;
  /** Lines of the picture `--svg` draws. */
  readonly measured: Measured[];
}

export type Bench = (run: BenchRun) => Promise<BenchResult>;

/** How long warm-up and rounds last. */
export interface Timing {
  readonly warmUpMs: number;
  readonly rounds: number;
  readonly roundMs: number;
}

/** 5 s of warm-up and three rounds of 20 s, unless told otherwise. */
export function timingOf({ quick, seconds }: BenchOptions): Timing {
  const roundMs = (seconds ?? (quick ? 5 : 20)) * 1000;
  return quick ? { warmUpMs: 2_000, rounds: 2, roundMs } : { warmUpMs: 5_000, rounds: 3, roundMs };
}

import type { BenchRun } from '../bench';
import { check } from './checks';
import { Crowd, type Spoken } from './crowd';
import type { Ground, GroundOptions } from './ground';

/** What one trial left behind. */
export interface Trial {
  /** Messages of residents, or steps of officers. */
  readonly spoken: readonly Pick<Spoken, 'accepted' | 'totalMs'>[];
  readonly violations: readonly string[];
}

/** One kind of trouble the product must come through. */
export interface Fault {
  readonly name: string;
  /** How often it is tried, with `--quick` and without. */
  readonly quick: number;
  readonly full: number;
  /** What it needs; a sentence when this machine cannot give it. */
  prepare(run: BenchRun): Promise<GroundOptions | string>;
  attempt(ground: Ground, trial: number): Promise<Trial>;
}

/** A trial in which a crowd talks on while `trouble` happens. */
export async function underLoad(
  ground: Ground,
  size: number,
  trouble: (crowd: Crowd) => Promise<void>,
): Promise<Trial> {
  const crowd = new Crowd(ground, size);
  try {
    await trouble(crowd);
  } finally {
    await crowd.stop();
  }
  return { spoken: crowd.spoken, violations: await check(ground, crowd) };
}

/** Between `least` and `most` milliseconds. */
export function someMs(least: number, most: number): number {
  return least + Math.random() * (most - least);
}

import type { PerHead } from './scheme';

/** The 97.5 % point of the standard normal distribution: two-sided 95 %. */
const z = 1.959963984540054;

/** What a count to so many people is worth. */
export interface HeadShare {
  /** To each 10,000, or whatever the scheme says; two decimals. */
  readonly rate: number;
  /** 0–1. */
  readonly value: number;
  readonly interval: readonly [number, number];
}

/**
 * A count per head as a share: counted up to the cap, the rest makes no difference. Its interval is the score interval
 * of a Poisson count, n + z²/2 ± z·√(n + z²/4), the counterpart of Wilson's for a proportion; where people lived does
 * not vary, so only the count does.
 */
export function headShare(count: number, people: number, { each, cap, better }: PerHead): HeadShare {
  const share = (n: number): number => {
    const part = Math.min(1, ((n / people) * each) / cap);
    return better === 'less' ? 1 - part : part;
  };
  const half = z * Math.sqrt(count + (z * z) / 4);
  const bounds = [count === 0 ? 0 : count + (z * z) / 2 - half, count + (z * z) / 2 + half].map(share);
  return {
    rate: Math.round((count / people) * each * 100) / 100,
    value: share(count),
    interval: [Math.min(...bounds), Math.max(...bounds)],
  };
}

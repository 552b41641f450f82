import type { Point } from './geometry';

/** Knows the streets: minutes on foot from a point to others, null where there is no way. Throws when it cannot tell. */
export interface WalkingRouter {
  minutes(from: Point, to: readonly Point[], signal: AbortSignal): Promise<readonly (number | null)[]>;
}

/** A body that is not what the service's manual describes. */
export class RouterAnswerUnknown extends Error {}

/** Seconds as numbers, one for each destination. */
export function minutesOf(seconds: unknown, count: number): (number | null)[] {
  if (!Array.isArray(seconds) || seconds.length !== count) throw new RouterAnswerUnknown('durations are missing');
  return (seconds as unknown[]).map((one) => (typeof one === 'number' && one >= 0 ? one / 60 : null));
}

/** How far people get on foot; both figures are the deployment's (`config/circle/walking.json`). */
export interface Walking {
  /** 60 m/min is the planners' pace, 66.7 makes the 15-minute circle 1,000 m of streets (GB 50180-2018). */
  readonly metersPerMinute: number;
  /** Streets are so many times longer than the straight line. */
  readonly detourFactor: number;
}

/** Minutes on foot over a straight distance in metres, unrounded. */
export function walkingMinutes(meters: number, { metersPerMinute, detourFactor }: Walking): number {
  return (meters * detourFactor) / metersPerMinute;
}

/** The straight distance in metres that can be walked in so many minutes. */
export function reachOf(minutes: number, { metersPerMinute, detourFactor }: Walking): number {
  return (minutes * metersPerMinute) / detourFactor;
}

/** As it is told: whole minutes, rounded up, at least one. */
export function toldMinutes(minutes: number): number {
  return Math.max(1, Math.ceil(minutes - 1e-9));
}

import type { LocalDate } from '@linli/kernel';
import type { Category } from './category';
import type { Point } from './geometry';

/** The walks a report tells apart, in minutes (商务部指南: 5, 10 and 15). */
export const coverageLimits = [5, 10, 15] as const;
export type CoverageLimit = (typeof coverageLimits)[number];

/** A residential point with its walk to the nearest open place of each top category, in minutes; null where there is none. */
export interface ReachedPoint {
  readonly id: string;
  readonly name: string;
  readonly location: Point;
  readonly households: number;
  readonly population: number;
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
  /** By category id. */
  readonly walks: Readonly<Record<string, number | null>>;
}

/** What a community has of its own. */
export interface Facilities {
  readonly communityId: string | null;
  readonly subdistrictId: string | null;
  readonly exerciseSpots: number;
  readonly sportsArea: number;
}

export interface AreaName {
  readonly id: string;
  readonly name: string;
  readonly subdistrictId: string;
}

/** What a report is reckoned from. */
export interface CoverageFacts {
  readonly on: LocalDate;
  readonly categories: readonly Category[];
  readonly points: readonly ReachedPoint[];
  readonly subdistricts: readonly AreaName[];
  readonly communities: readonly AreaName[];
  readonly facilities: readonly Facilities[];
}

/** Whether the point has an open place of the category within the walk. */
export function isWithin({ walks }: ReachedPoint, category: string, minutes: number): boolean {
  const walk = walks[category] ?? null;
  return walk !== null && walk <= minutes;
}

import type { LocalDate } from '@linli/kernel';
import type { Category } from './category';
import { coverageIndicators, type Indicator } from './coverage-indicators';
import {
  coverageLimits,
  isWithin,
  type AreaName,
  type CoverageFacts,
  type CoverageLimit,
  type ReachedPoint,
} from './coverage-facts';
import { toldMinutes } from './walking';

/** Shares (0–1) of the points, and of their households, that have an open place within the walk. */
export interface CategoryCoverage {
  readonly id: string;
  readonly name: string;
  readonly within: readonly { readonly minutes: CoverageLimit; readonly points: number; readonly households: number }[];
}

export interface AreaCoverage extends AreaName {
  readonly points: number;
  readonly households: number;
  readonly population: number;
  readonly categories: readonly CategoryCoverage[];
}

/** A point from which no open place of a category can be reached in fifteen minutes. */
export interface Gap {
  readonly pointId: string;
  readonly name: string;
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
  readonly category: string;
  readonly households: number;
  /** To the nearest; null without any. */
  readonly walkMinutes: number | null;
}

/** How well the 15-minute circle covers the people of the district on a day. */
export interface Coverage {
  readonly on: LocalDate;
  readonly points: number;
  readonly households: number;
  readonly population: number;
  readonly district: readonly CategoryCoverage[];
  readonly subdistricts: readonly AreaCoverage[];
  readonly communities: readonly AreaCoverage[];
  readonly indicators: readonly Indicator[];
  readonly gaps: readonly Gap[];
}

/** The report over all residential points; those outside every boundary count for the district alone. */
export function coverageOf(facts: CoverageFacts): Coverage {
  const { points, categories, subdistricts, communities } = facts;
  const area = (name: AreaName, own: readonly ReachedPoint[]): AreaCoverage => ({
    ...name,
    ...sizeOf(own),
    categories: categories.map((category) => categoryCoverage(category, own)),
  });
  return {
    on: facts.on,
    ...sizeOf(points),
    district: categories.map((category) => categoryCoverage(category, points)),
    subdistricts: subdistricts.map((one) =>
      area(
        one,
        points.filter((point) => point.subdistrictId === one.id),
      ),
    ),
    communities: communities.map((one) =>
      area(
        one,
        points.filter((point) => point.communityId === one.id),
      ),
    ),
    indicators: coverageIndicators(facts),
    gaps: gapsOf(points, categories),
  };
}

function sizeOf(points: readonly ReachedPoint[]): { points: number; households: number; population: number } {
  return {
    points: points.length,
    households: sum(points, (one) => one.households),
    population: sum(points, (one) => one.population),
  };
}

function categoryCoverage({ id, name }: Category, points: readonly ReachedPoint[]): CategoryCoverage {
  const households = sum(points, (one) => one.households);
  return {
    id,
    name,
    within: coverageLimits.map((minutes) => {
      const reached = points.filter((one) => isWithin(one, id, minutes));
      return {
        minutes,
        points: share(reached.length, points.length),
        households: share(
          sum(reached, (one) => one.households),
          households,
        ),
      };
    }),
  };
}

/** Most households first. */
function gapsOf(points: readonly ReachedPoint[], categories: readonly Category[]): Gap[] {
  return points
    .flatMap((point) =>
      categories
        .filter(({ id }) => !isWithin(point, id, 15))
        .map(({ id }): Gap => {
          const walk = point.walks[id] ?? null;
          return {
            pointId: point.id,
            name: point.name,
            subdistrictId: point.subdistrictId,
            communityId: point.communityId,
            category: id,
            households: point.households,
            walkMinutes: walk === null ? null : toldMinutes(walk),
          };
        }),
    )
    .sort((a, b) => b.households - a.households || a.pointId.localeCompare(b.pointId));
}

export function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

/** 0 of nothing is 0. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}

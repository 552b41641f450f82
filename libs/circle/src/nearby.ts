import type { CategoryPlace, CategoryTree } from './category';
import { distance, type Point } from './geometry';
import type { NearPlace, Offering } from './place';
import { toldMinutes, walkingMinutes, type Walking } from './walking';

/** What a search for places asks. */
export interface Search {
  readonly point: Point;
  readonly minutes: number;
  readonly category: CategoryPlace | null;
  readonly serviceId: string | null;
  readonly bookable: boolean;
  readonly limit: number;
}

/** A place in reach of the straight line, before its walk is known. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly category: number;
  readonly lat: number;
  readonly lng: number;
  readonly offerings: readonly Offering[];
}

/** Walks as estimated from the straight line, in minutes. */
export function estimates(search: Search, candidates: readonly Candidate[], walking: Walking): number[] {
  return candidates.map((one) => walkingMinutes(distance(search.point, one), walking));
}

/** The places whose walk is short enough, nearest first; a place without a way to it is left out. */
export function ranked(
  search: Search,
  candidates: readonly Candidate[],
  minutes: readonly (number | null)[],
  categories: CategoryTree,
): NearPlace[] {
  return candidates
    .flatMap((candidate, at) => {
      const walk = minutes[at] ?? null;
      return walk === null || walk > search.minutes ? [] : [{ candidate, walk }];
    })
    .sort((a, b) => a.walk - b.walk)
    .slice(0, search.limit)
    .map(({ candidate: { id, name, category, offerings, ...point }, walk }) => ({
      id,
      name,
      category: categories.ofCode(category)?.leaf.id ?? 'other',
      distanceMeters: Math.round(distance(search.point, point)),
      walkMinutes: toldMinutes(walk),
      services: wanted(offerings, search),
    }));
}

/** Who asks for one service, or for what can be booked, is shown just that of each place. */
function wanted(offerings: readonly Offering[], { serviceId, bookable }: Search): readonly Offering[] {
  if (serviceId === null && !bookable) return offerings;
  return offerings.filter((one) => (serviceId === null || one.serviceId === serviceId) && (!bookable || one.bookable));
}

/** What was sought, for the count of searches that found nothing. */
export function soughtOf({ category, serviceId, bookable }: Search, also?: string): string {
  const what = serviceId ?? category?.leaf.id ?? 'any';
  return [what, ...(bookable ? ['bookable'] : []), ...(also === undefined ? [] : [also])].join(', ');
}

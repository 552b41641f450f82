import type { Matches } from './matching';

/** Where a page ended: at this rank, before the entries from `entry` on. */
export interface PlaceInRanking {
  readonly rank: number;
  readonly entry: number;
}

const entries = 2 ** 26;
/** Sorted and cut whenever this many are gathered. */
const room = 1024;
/** Used again by every search, none of which waits in between: fresh arrays would set off the collector. */
const space = new Float64Array(room);

/** The best `count` matches after a place, best first; ties in the order of the catalogue. */
export function bestAfter(
  { entries: found, ranks }: Matches,
  passes: (entry: number) => boolean,
  after: PlaceInRanking | null,
  count: number,
): PlaceInRanking[] {
  const gathered = count * 2 <= room ? space : new Float64Array(count * 2);
  let length = 0;
  let least = -1;
  for (let at = 0; at < found.length; at += 1) {
    const entry = found[at] ?? 0;
    const rank = ranks[at] ?? 0;
    if (after && (rank > after.rank || (rank === after.rank && entry < after.entry))) continue;
    // The larger number comes first.
    const place = rank * entries + (entries - 1 - entry);
    if (place <= least || !passes(entry)) continue;
    gathered[length] = place;
    length += 1;
    if (length < gathered.length) continue;
    gathered.sort().copyWithin(0, gathered.length - count);
    length = count;
    least = gathered[0] ?? -1;
  }
  return Array.from(gathered.subarray(0, length).sort().reverse().subarray(0, count), (place) => ({
    rank: Math.floor(place / entries),
    entry: entries - 1 - (place % entries),
  }));
}

/** How often an entry was routed to, and how often that was wrong. */
export interface EntryCount {
  readonly entryId: string;
  readonly count: number;
}

/** Corrections of an entry's cases: those another officer approved, and those nobody has looked at yet. */
export interface EntryCorrections {
  readonly entryId: string;
  readonly approved: number;
  readonly pending: number;
}

/** A share of right routings with its 95 % interval; null without any routing. */
export interface Accuracy {
  readonly routed: number;
  readonly corrected: number;
  readonly pending: number;
  readonly accuracy: number | null;
  /** Wilson score interval, 95 %. */
  readonly interval: readonly [low: number, high: number] | null;
}

export interface EntryAccuracy extends Accuracy {
  readonly entryId: string;
}

const z = 1.959964;

/** Wilson's score interval at 95 % of `hits` out of `total`; honest for few cases and for shares near 1. */
export function wilson(hits: number, total: number): readonly [low: number, high: number] {
  const share = hits / total;
  const middle = share + (z * z) / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  const scale = 1 + (z * z) / total;
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
}

/** All entries together, and each by itself: first the one that is most surely bad, by the upper end of its interval. */
export function accuracyOf(
  routed: readonly EntryCount[],
  corrections: readonly EntryCorrections[],
): { readonly total: Accuracy; readonly entries: readonly EntryAccuracy[] } {
  const corrected = new Map(corrections.map((one) => [one.entryId, one]));
  const entries = routed.map(({ entryId, count }) => {
    const { approved = 0, pending = 0 } = corrected.get(entryId) ?? {};
    return { entryId, ...shareOf(count, approved, pending) };
  });
  const sum = (of: (one: EntryAccuracy) => number): number => entries.reduce((total, one) => total + of(one), 0);
  const total = shareOf(
    sum((one) => one.routed),
    sum((one) => one.corrected),
    sum((one) => one.pending),
  );
  const surest = ({ interval }: EntryAccuracy): number => interval?.[1] ?? 1;
  return {
    total,
    entries: entries.sort(
      (one, other) =>
        surest(one) - surest(other) || other.routed - one.routed || (one.entryId < other.entryId ? -1 : 1),
    ),
  };
}

function shareOf(routed: number, corrected: number, pending: number): Accuracy {
  const right = Math.max(0, routed - corrected);
  return {
    routed,
    corrected,
    pending,
    accuracy: routed === 0 ? null : right / routed,
    interval: routed === 0 ? null : wilson(right, routed),
  };
}

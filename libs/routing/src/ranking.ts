/** The best score, whose it is, and the next. */
export interface TopTwo {
  readonly owner: number;
  readonly best: number;
  readonly second: number;
}

/** Finds the two best of a list of scores; the earlier wins a tie. */
export function topTwo(scores: Float64Array): TopTwo {
  let owner = 0;
  let best = 0;
  let second = 0;
  scores.forEach((score, at) => {
    if (score > best) {
      second = best;
      best = score;
      owner = at;
    } else if (score > second) second = score;
  });
  return { owner, best, second };
}

/** The positions of the best scores above `least`, best first, at most `limit`; ties in the order of the entries. */
export function bestOf(scores: Float64Array, limit: number, least: number): number[] {
  return Array.from(scores.keys())
    .filter((at) => (scores[at] ?? 0) > least)
    .sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other)
    .slice(0, limit);
}

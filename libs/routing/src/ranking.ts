/** The best score, whose it is, and the next. */
export interface TopTwo {
  readonly owner: number;
  readonly best: number;
  readonly second: number;
}

/** Finds the two best of a list of scores; the earlier wins a tie. */
export function topTwo(scores: Float64Array): TopTwo {
  let owner = 0;
  let best = -Infinity;
  let second = -Infinity;
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at] ?? 0;
    if (score > best) {
      second = best;
      best = score;
      owner = at;
    } else if (score > second) second = score;
  }
  return { owner, best, second };
}

/** The positions of the best scores above `least`, best first, at most `limit`; ties in the order of the entries. */
export function bestOf(scores: Float64Array, limit: number, least: number): number[] {
  const chosen: number[] = [];
  let floor = least;
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at] ?? 0;
    if (score <= floor) continue;
    let place = chosen.length;
    while (place > 0 && score > (scores[chosen[place - 1] ?? 0] ?? 0)) place -= 1;
    chosen.splice(place, 0, at);
    if (chosen.length > limit) chosen.pop();
    if (chosen.length === limit) floor = scores[chosen[limit - 1] ?? 0] ?? 0;
  }
  return chosen;
}

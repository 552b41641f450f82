/** The two best scores for a text and its length: all that is needed to tell how sure the best one is. */
export interface Standing {
  readonly best: number;
  readonly second: number;
  /** Characters of the text. */
  readonly length: number;
}

/** From here on the best entry is taken without asking back. */
export const sureEnough = 0.7;

/**
 * How likely the best entry is the right one, 0–1. The figures are a logistic regression over phrasings that were left out of a catalogue
 * of 207 entries and asked for again: the lead over the second counts, the more so the stronger the best is; without a lead it is a toss,
 * and long texts gather points by chance.
 */
export function confidenceOf({ best, second, length }: Standing): number {
  if (best <= 0) return 0;
  const lead = 1 - second / best;
  const strength = Math.log(best + 1);
  const sum = -1.29 + 0.23 * strength + lead * (2.4 + 2.74 * strength - 3.21 * Math.log(length + 1));
  return 1 / (1 + Math.exp(-sum));
}

/** The score below which a text of this length speaks of nothing in the catalogue. */
export function noiseLevel(length: number): number {
  return 20 + 3 * Math.sqrt(Math.min(length, 200));
}

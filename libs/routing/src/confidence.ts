/** What is known about a text once its entries are scored. */
export interface Standing {
  /** The best score and the next. */
  readonly best: number;
  readonly second: number;
  /** How much of the text the catalogue's own words account for, for the best entry. */
  readonly found: number;
  /** What speaks for its being outside the catalogue; undefined when nothing could be learned. */
  readonly outside: number | undefined;
  /** Characters of the text. */
  readonly length: number;
  /** Whether it speaks of a topic that no subdistrict serves. */
  readonly offTopic: () => boolean;
}

/** From here on the best entry is taken without asking back. */
export const sureEnough = 0.75;
/** From here on a text is taken to be nobody's business here; below an even chance, because asking back is the smaller mistake. */
const outsideFrom = 0.45;
const offTopicOdds = 2.26;

function likelihood(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** How likely the best entry is the right one, 0–1: its lead decides. The figures are a logistic regression over phrasings left out. */
export function confidenceOf({ best, second }: Pick<Standing, 'best' | 'second'>): number {
  return likelihood(-0.45 + 0.52 * (best - second));
}

/**
 * Tells whether a text asks for nothing in the catalogue. The figures are a logistic regression over phrasings and outside examples left
 * out: what was learned decides, against how many of its characters the catalogue accounts for.
 */
export function isOutside({ best, found, outside, length, offTopic }: Standing): boolean {
  const known = Math.log(Math.max(0, found) + 1);
  const long = Math.log(length + 1);
  if (outside === undefined) return found < (offTopic() ? 2.5 : 1) * (1.6 + 0.27 * Math.sqrt(Math.min(length, 200)));
  const odds = 4.53 + 0.63 * (outside - best) + 2.51 * known - 2.78 * long;
  if (likelihood(odds) >= outsideFrom) return true;
  return likelihood(odds + offTopicOdds) >= outsideFrom && offTopic();
}

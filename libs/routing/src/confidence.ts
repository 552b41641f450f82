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
  /** Whether somebody speaks in it for themselves. */
  readonly voiced: () => boolean;
  /** Whether it speaks of a topic that no subdistrict serves. */
  readonly offTopic: () => boolean;
}

/** From here on the best entry is taken without asking back. */
export const sureEnough = 0.75;
/** From here on a text is taken to be nobody's business here; in log odds. */
const outsideFrom = 0;
const offTopicOdds = 1.7;
/** Shorter texts name a matter without a word of their own. */
const unvoicedFrom = 15;

function likelihood(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** How likely the best entry is the right one, 0–1: its lead decides. The figures are a logistic regression over phrasings left out. */
export function confidenceOf({ best, second }: Pick<Standing, 'best' | 'second'>): number {
  return likelihood(-0.45 + 0.52 * (best - second));
}

/**
 * Tells whether a text asks for nothing in the catalogue. The figures are a logistic regression over phrasings and outside examples left
 * out: what was learned decides, against how many of its characters the catalogue accounts for; the longer a text in which nobody speaks
 * for themselves, the more it is a report or an advertisement.
 */
export function isOutside({ best, found, outside, length, voiced, offTopic }: Standing): boolean {
  const known = Math.log(Math.max(0, found) + 1);
  if (outside === undefined) return found < (offTopic() ? 2.5 : 1) * (1.6 + 0.27 * Math.sqrt(Math.min(length, 200)));
  const long = Math.log(length + 1);
  const odds = -2.85 + 1.06 * outside - 0.25 * best - 1.8 * known + 0.98 * long;
  if (odds >= outsideFrom) return true;
  const unvoiced = length >= unvoicedFrom && !voiced() ? 4.3 * (long - Math.log(unvoicedFrom)) : 0;
  return odds + unvoiced >= outsideFrom || (odds + unvoiced + offTopicOdds >= outsideFrom && offTopic());
}

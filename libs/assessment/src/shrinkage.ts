/** One subject's count of one indicator. */
export interface Count {
  readonly numerator: number;
  readonly denominator: number;
}

/** What the district as a whole says of an indicator: a Beta distribution with this mean, worth so many cases. */
export interface Prior {
  readonly mean: number;
  readonly strength: number;
}

const leastSubjects = 3;
const leastStrength = 1;
const mostStrength = 1000;

/**
 * The district's Beta distribution by the method of moments (J. C. Kleinman, JASA 68, 1973, weights = sample sizes):
 * with p = Σx/Σn, S = Σnᵢ(pᵢ − p)² and k subjects, γ = (S/(p(1−p)) − (k−1)) ÷ (Σn − Σn²/Σn − (k−1)), strength = 1/γ − 1.
 * Null when fewer than three subjects have enough cases: then there is nothing to draw anybody toward.
 */
export function priorOf(counts: readonly Count[]): Prior | null {
  if (counts.length < leastSubjects) return null;
  const total = sum(counts.map((one) => one.denominator));
  const mean = sum(counts.map((one) => one.numerator)) / total;
  const noise = mean * (1 - mean);
  if (noise <= 0) return { mean, strength: mostStrength };
  const spread = sum(counts.map((one) => one.denominator * (one.numerator / one.denominator - mean) ** 2));
  const room = total - sum(counts.map((one) => one.denominator ** 2)) / total - (counts.length - 1);
  const likeness = room > 0 ? (spread / noise - (counts.length - 1)) / room : 0;
  const strength = likeness > 0 ? 1 / likeness - 1 : mostStrength;
  return { mean, strength: Math.min(mostStrength, Math.max(leastStrength, strength)) };
}

/** A share drawn toward the district's mean, the less the more cases it stands on. */
export function shrunkShare({ numerator, denominator }: Count, prior: Prior | null): number {
  if (!prior) return numerator / denominator;
  return (numerator + prior.mean * prior.strength) / (denominator + prior.strength);
}

/** Smallest first, so that the order of subjects leaves no trace in the last digit. */
function sum(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b).reduce((total, value) => total + value, 0);
}

import { schemeOf, type Measure, type Scheme } from './scheme';
import { wilsonInterval } from './wilson';

/** Who is assessed (双向考核): the departments, or the subdistricts. */
export type Direction = 'departments' | 'subdistricts';

export interface Subject {
  readonly id: string;
  readonly name: string;
}

/** One figure with what it was made of; `value` is 0–1. */
export interface IndicatorFigure {
  readonly id: string;
  readonly value: number;
  readonly weight: number;
  readonly numerator: number;
  readonly denominator: number;
}

/** One subject's score: 0–100 with two decimals, and the 95 % interval it lies in. */
export interface ScoreItem {
  readonly subject: Subject;
  readonly score: number;
  readonly interval: readonly [number, number];
  /** Ratings by residents. */
  readonly sample: number;
  /** Only for subjects with enough ratings; ties share a rank. */
  readonly rank?: number;
  readonly indicators: readonly IndicatorFigure[];
}

/** What became known after a month was closed; it changes no figure of the sheet. */
export interface LateCounts {
  readonly serviceEvents: number;
  readonly ratings: number;
}

/** A month's scores in one direction. */
export interface ScoreSheet {
  /** `YYYY-MM`. */
  readonly period: string;
  readonly status: 'open' | 'closed';
  readonly schemeVersion: string;
  /** The ranked first, then those with few ratings. */
  readonly items: readonly ScoreItem[];
  /** Subjects that served residents none of whom rated: nothing can be said of them. */
  readonly unrated: readonly { readonly subject: Subject; readonly serviceEvents: number }[];
  /** Of a closed month only. */
  readonly late?: LateCounts;
}

/** What was counted for one subject. */
export interface Tally extends Readonly<Record<Measure, number>> {
  readonly subject: Subject;
}

/** Makes the sheet of an open month; the order of the tallies does not matter. */
export function scoreSheet(period: string, tallies: readonly Tally[]): ScoreSheet {
  const scheme = schemeOf(period);
  const bySubject = tallies.toSorted((a, b) => (a.subject.id < b.subject.id ? -1 : 1));
  const scored = bySubject.filter((tally) => tally.ratings > 0).map((tally) => itemOf(tally, scheme));
  return {
    period,
    status: 'open',
    schemeVersion: scheme.version,
    items: ranked(scored, scheme),
    unrated: bySubject
      .filter((tally) => tally.ratings === 0)
      .map(({ subject, serviceEvents }) => ({ subject, serviceEvents })),
  };
}

function itemOf(tally: Tally, scheme: Scheme): ScoreItem {
  let score = 0;
  let low = 0;
  let high = 0;
  const indicators = scheme.indicators.map(({ id, weight, numerator, denominator }) => {
    const [above, below] = [tally[numerator], tally[denominator]];
    const [from, to] = wilsonInterval(above, below);
    score += (weight * above * 10_000) / below;
    low += weight * from * 10_000;
    high += weight * to * 10_000;
    return { id, value: above / below, weight, numerator: above, denominator: below };
  });
  return {
    subject: tally.subject,
    score: points(score),
    interval: [points(low), points(high)],
    sample: tally.ratings,
    indicators,
  };
}

/**
 * Ranks by the lower bound as published, so that anyone can check the order from the sheet, and so that three happy
 * ratings do not outrank three hundred.
 */
function ranked(items: readonly ScoreItem[], scheme: Scheme): ScoreItem[] {
  const enough = items
    .filter((item) => item.sample >= scheme.rankedFrom)
    .toSorted((a, b) => b.interval[0] - a.interval[0]);
  const few = items.filter((item) => item.sample < scheme.rankedFrom);
  return [
    ...enough.map((item) => ({
      ...item,
      rank: 1 + enough.filter((other) => other.interval[0] > item.interval[0]).length,
    })),
    ...few,
  ];
}

/** Hundredths of a point as points of a hundred; counted in hundredths, so that a half is rounded up as one expects. */
function points(hundredths: number): number {
  return Math.round(hundredths) / 100;
}

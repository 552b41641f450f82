import { communitiesOf, type CommunityItem } from './communities';
import type { FactValues } from './facts';
import { headShare } from './per-head';
import { indicatorsOf, type Direction, type Scheme, type SheetIndicator } from './scheme';
import { priorOf, shrunkShare, type Prior } from './shrinkage';
import { total } from './sum';
import { wilsonInterval } from './wilson';

/** Changes whenever the same facts would give other figures. */
export const engineVersion = '2';

export interface Subject {
  readonly id: string;
  readonly name: string;
}

/** One figure with what it was made of; `value` is 0–1. */
export interface IndicatorFigure {
  readonly id: string;
  readonly value: number;
  /** Its share in this subject's score. */
  readonly weight: number;
  readonly numerator: number;
  readonly denominator: number;
  /** Of figures per head: how many there are to so many people. */
  readonly rate?: number;
}

/** One subject's score: 0–100 with two decimals, and the 95 % interval it lies in. */
export interface ScoreItem {
  readonly subject: Subject;
  readonly score: number;
  readonly interval: readonly [number, number];
  /** How many residents were heard. */
  readonly sample: number;
  /** Only for subjects with enough heard; ties share a rank. */
  readonly rank?: number;
  /** Too few were heard: the score was drawn toward the district's mean, the figures below were not. */
  readonly shrunk?: true;
  readonly indicators: readonly IndicatorFigure[];
}

/** What became known after a month was closed; it changes no figure of the sheet. */
export interface LateCounts {
  readonly serviceEvents: number;
  readonly ratings: number;
}

/** What does not count, by the ground it was taken out for; `correction` counts against an earlier, closed month. */
export interface Exclusion {
  readonly ground: 'rule' | 'appeal' | 'correction';
  readonly count: number;
  readonly note: string;
}

/** A month's scores in one direction. */
export interface ScoreSheet {
  /** `YYYY-MM`. */
  readonly period: string;
  readonly status: 'open' | 'closed';
  readonly schemeVersion: string;
  /** The ranked first, then those with few heard. */
  readonly items: readonly ScoreItem[];
  /** Subjects of whom no resident said anything: nothing can be said of them. */
  readonly unrated: readonly { readonly subject: Subject; readonly serviceEvents: number }[];
  /** 社区: counted up to a cap, in the order of their ids; never scored or ranked. */
  readonly communities?: readonly CommunityItem[];
  /** Until when units may appeal; of a month that was published for it. */
  readonly appealsUntil?: string;
  readonly exclusions?: readonly Exclusion[];
  /** Of a closed month only. */
  readonly late?: LateCounts;
  /** SHA-256 of what the month was closed with; of a closed month only. */
  readonly hash?: string;
}

/** What was counted for one subject. */
export interface Tally {
  readonly subject: Subject;
  readonly facts: FactValues;
  /** A community, which is counted and not assessed. */
  readonly isCommunity?: true;
}

/** A subject's figure, its interval, and whether it weighs. */
interface Figure extends Omit<IndicatorFigure, 'weight'> {
  readonly indicator: SheetIndicator;
  readonly interval: readonly [number, number];
  readonly counts: boolean;
}

/** Makes the sheet of an open month; the order of the tallies does not matter. */
export function scoreSheet(period: string, sheet: Direction, scheme: Scheme, tallies: readonly Tally[]): ScoreSheet {
  const indicators = indicatorsOf(scheme, sheet);
  const { communities: counted } = scheme;
  const everybody = tallies.toSorted((a, b) => (a.subject.id < b.subject.id ? -1 : 1));
  const bySubject = counted ? everybody.filter((tally) => !tally.isCommunity) : everybody;
  const communities = counted ? communitiesOf(everybody, counted) : [];
  const heard = bySubject.filter((tally) => sampleOf(tally, scheme) > 0);
  const figures = heard.map((tally) => figuresOf(tally, indicators, sampleOf(tally, scheme) >= scheme.rankedFrom));
  const priors = scheme.shrinks ? priorsOf(figures, indicators) : new Map<string, Prior | null>();
  const scored = heard.map((tally, at) => itemOf(tally, figures[at] ?? [], scheme, priors));
  return {
    period,
    status: 'open',
    schemeVersion: scheme.version,
    items: ranked(scored, scheme),
    unrated: bySubject
      .filter((tally) => sampleOf(tally, scheme) === 0)
      .map(({ subject, facts }) => ({ subject, serviceEvents: facts.serviceEvents ?? 0 })),
    ...(communities.length > 0 ? { communities } : {}),
  };
}

function sampleOf({ facts }: Tally, { sample }: Scheme): number {
  return sample.reduce((sum, name) => sum + (facts[name] ?? 0), 0);
}

/** The figures a subject has anything for. */
function figuresOf({ facts }: Tally, indicators: readonly SheetIndicator[], isHeard: boolean): Figure[] {
  return indicators.flatMap((indicator) => {
    const { id, weight, minimumSample } = indicator;
    const denominator = total(indicator.denominator, facts);
    if (denominator <= 0) return [];
    const counted = Math.max(0, total(indicator.numerator, facts));
    const enough = weight > 0 && denominator >= minimumSample;
    if (indicator.per === 'perCapita') {
      const { each = 1, cap = 1, better = 'less' } = indicator;
      const share = headShare(counted, denominator, { each, cap, better });
      // A whole subdistrict's count would drown the word of the one resident who was heard.
      return [{ id, ...share, numerator: counted, denominator, indicator, counts: enough && isHeard }];
    }
    // What comes a month later than what it belongs to would lift a share above 1.
    const numerator = Math.min(counted, denominator);
    const interval = wilsonInterval(numerator, denominator);
    return [{ id, value: numerator / denominator, interval, numerator, denominator, indicator, counts: enough }];
  });
}

function priorsOf(
  figures: readonly (readonly Figure[])[],
  indicators: readonly SheetIndicator[],
): Map<string, Prior | null> {
  const all = figures.flat();
  return new Map(
    indicators.map(({ id, minimumSample, per }) => [
      id,
      // A count per head stands on all who live there: there is no small sample to draw.
      per === 'perCapita'
        ? null
        : priorOf(all.filter((one) => one.id === id && one.denominator >= Math.max(5, minimumSample))),
    ]),
  );
}

function itemOf(
  tally: Tally,
  figures: readonly Figure[],
  scheme: Scheme,
  priors: ReadonlyMap<string, Prior | null>,
): ScoreItem {
  const weighing = figures.filter((one) => one.counts);
  const whole = weighing.reduce((sum, one) => sum + one.indicator.weight, 0);
  const sample = sampleOf(tally, scheme);
  const draws = sample < scheme.rankedFrom && weighing.some((one) => priors.get(one.id));
  let score = 0;
  let low = 0;
  let high = 0;
  for (const figure of weighing) {
    const share = figure.indicator.weight / whole;
    const [from, to] = figure.interval;
    const prior = priors.get(figure.id) ?? null;
    score += share * (draws && prior ? shrunkShare(figure, prior) : figure.value);
    low += share * from;
    high += share * to;
  }
  return {
    subject: tally.subject,
    score: points(score),
    // A score drawn far may leave the interval of the few cases it stands on; then the interval reaches to it.
    interval: [points(Math.min(low, score)), points(Math.max(high, score))],
    sample,
    ...(draws ? { shrunk: true as const } : {}),
    indicators: figures.map(({ indicator, counts, ...figure }) => ({
      id: figure.id,
      value: figure.value,
      weight: counts ? indicator.weight / whole : 0,
      numerator: figure.numerator,
      denominator: figure.denominator,
      ...(figure.rate === undefined ? {} : { rate: figure.rate }),
    })),
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
  const ranks = new Map<number, number>();
  enough.forEach((item, at) => {
    if (!ranks.has(item.interval[0])) ranks.set(item.interval[0], at + 1);
  });
  return [...enough.map((item) => ({ ...item, rank: ranks.get(item.interval[0]) ?? 0 })), ...few];
}

/** A share as points of a hundred with two decimals; the trace binary fractions leave does not decide a half. */
function points(share: number): number {
  return Math.round(Math.round(share * 1e10) / 1e6) / 100;
}

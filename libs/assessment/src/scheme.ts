import type { Grade } from '@linli/contracts';

/** What is counted per subject and month. */
export type Measure = 'serviceEvents' | 'ratings' | 'satisfiedRatings';

/** One figure of a sheet: the share `numerator ÷ denominator`. */
export interface Indicator {
  readonly id: string;
  readonly name: string;
  /** Its share in the score; 0 is shown for context only. The weights of a scheme add up to 1. */
  readonly weight: number;
  readonly numerator: Measure;
  readonly denominator: Exclude<Measure, 'satisfiedRatings'>;
}

/**
 * 考核口径: how a month is assessed. A scheme that was used is never altered: a new version is added, with the first
 * month it holds for. There is no 一票否决, and no way to write one.
 */
export interface Scheme {
  readonly version: string;
  /** `YYYY-MM`. */
  readonly from: string;
  readonly indicators: readonly Indicator[];
  /** Grades that count as satisfied. */
  readonly satisfied: readonly Grade[];
  /** With fewer ratings a subject is listed, but not ranked. */
  readonly rankedFrom: number;
}

/** Oldest first. */
const schemes: readonly [Scheme, ...Scheme[]] = [
  {
    version: '2026-1',
    from: '2026-01',
    indicators: [
      {
        id: 'satisfaction',
        name: '满意率',
        weight: 1,
        numerator: 'satisfiedRatings',
        denominator: 'ratings',
      },
      {
        id: 'activeRatingRate',
        name: '主动评价率',
        weight: 0,
        numerator: 'ratings',
        denominator: 'serviceEvents',
      },
    ],
    satisfied: ['verySatisfied', 'satisfied', 'fairlySatisfied'],
    rankedFrom: 5,
  },
];

/** The scheme a month is assessed by; the first holds for the months before it too. */
export function schemeOf(period: string): Scheme {
  return schemes.findLast((scheme) => scheme.from <= period) ?? schemes[0];
}

/** An indicator's name as its scheme has it, also for a sheet frozen long ago. */
export function indicatorName(version: string, id: string): string {
  const scheme = schemes.find((one) => one.version === version);
  return scheme?.indicators.find((indicator) => indicator.id === id)?.name ?? id;
}

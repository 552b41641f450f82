import type { Fact } from './facts';

/** Who is assessed (双向考核): the departments, or the subdistricts. */
export type Direction = 'departments' | 'subdistricts';
export const directions: readonly Direction[] = ['departments', 'subdistricts'];

/** Whose word an indicator is: subdistricts on departments, departments on subdistricts, residents on both or on one. */
export type IndicatorDirection =
  'departmentBySubdistricts' | 'subdistrictByDepartments' | 'byResidents' | 'subdistrictByResidents';

/** A sum of facts, each times its factor. */
export type Sum = Readonly<Partial<Record<Fact, number>>>;

/** How what is counted per head becomes a share: the better, the further it stays from the cap, or the nearer it comes. */
export interface PerHead {
  /** To so many people: 10,000. */
  readonly each: number;
  /** To so many people no more than this counts: beyond it the share is 0, or 1. */
  readonly cap: number;
  readonly better: 'less' | 'more';
}

/** What is counted for communities (社区): up to a cap, what is beyond it apart; never weighed, scored or ranked. */
export interface CommunityCount {
  readonly id: string;
  readonly name: string;
  readonly counts: Sum;
  /** In a month. */
  readonly cap: number;
}

/** One figure of a sheet: the share `numerator ÷ denominator`, between 0 and 1. */
export interface Indicator extends Partial<PerHead> {
  readonly id: string;
  readonly name: string;
  readonly direction: IndicatorDirection;
  /** The group its weight is a share of; the groups of a sheet add up to 1, and so does each group. */
  readonly group: string;
  /** 0 is shown for context only. */
  readonly weight: number;
  readonly numerator: Sum;
  readonly denominator: Sum;
  /** What a subject should reach; shown, never counted. */
  readonly target?: number;
  /** With a smaller denominator the figure is shown, but has no weight for that subject. */
  readonly minimumSample: number;
  /** `perCapita`: how many there are to so many people, where subjects differ in size; with `each`, `cap` and `better`. */
  readonly per: 'rate' | 'perCapita';
}

/**
 * 考核口径: how a month is assessed, as data. A scheme that was used is never altered: a new version is added, with the
 * first month it holds for. There is no 一票否决, and no way to write one.
 */
export interface Scheme {
  readonly version: string;
  readonly note?: string;
  /** `YYYY-MM`. */
  readonly effectiveFrom: string;
  /** With fewer residents heard a subject is listed, but not ranked. */
  readonly rankedFrom: number;
  /** Whether the unranked are drawn toward the district's mean. */
  readonly shrinks: boolean;
  /** Natural days in which units may appeal against a preview. */
  readonly appealDays: number;
  /** The facts that are residents' words. */
  readonly sample: readonly Fact[];
  readonly groups: Readonly<Record<Direction, Readonly<Record<string, number>>>>;
  readonly indicators: readonly Indicator[];
  /** With it, communities stand apart from departments; schemes before it knew none. */
  readonly communities?: readonly CommunityCount[];
}

/** An indicator as it stands on a sheet: its weight is its share in the whole score. */
export interface SheetIndicator extends Omit<Indicator, 'weight' | 'group' | 'direction'> {
  readonly weight: number;
}

const alone: Readonly<Record<Exclude<IndicatorDirection, 'byResidents'>, Direction>> = {
  departmentBySubdistricts: 'departments',
  subdistrictByDepartments: 'subdistricts',
  subdistrictByResidents: 'subdistricts',
};

/** Whether the indicator stands on that sheet. */
export function standsOn({ direction }: Pick<Indicator, 'direction'>, sheet: Direction): boolean {
  return direction === 'byResidents' || alone[direction] === sheet;
}

/** The indicators of a sheet. */
export function indicatorsOf(scheme: Scheme, sheet: Direction): SheetIndicator[] {
  return scheme.indicators
    .filter((one) => standsOn(one, sheet))
    .map(({ direction: _direction, group, weight, ...indicator }) => ({
      ...indicator,
      weight: rounded(weight * (scheme.groups[sheet][group] ?? 0)),
    }));
}

/** The scheme a month is assessed by, of those given oldest first; the first holds for the months before it too. */
export function schemeOf(schemes: readonly [Scheme, ...Scheme[]], period: string): Scheme {
  return schemes.findLast((scheme) => scheme.effectiveFrom <= period) ?? schemes[0];
}

/** Without the trace products of decimal fractions leave in binary ones. */
function rounded(weight: number): number {
  return Math.round(weight * 1e9) / 1e9;
}

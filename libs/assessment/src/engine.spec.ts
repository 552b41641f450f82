import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { projectRoot } from '@linli/platform';
import type { FactValues } from './facts';
import { schemeProblems } from './scheme-check';
import { directions, indicatorsOf, type Scheme } from './scheme';
import { Schemes } from './schemes.service';
import { scoreSheet, type ScoreItem, type ScoreSheet, type Tally } from './score-sheet';
import { priorOf, shrunkShare } from './shrinkage';

const period = '2026-08';
const schemes = new Schemes();
const scheme = schemes.of(period);
const tally = (id: string, facts: FactValues): Tally => ({ subject: { id, name: id }, facts });
const sheetOf = (tallies: readonly Tally[], direction: 'departments' | 'subdistricts' = 'departments'): ScoreSheet =>
  scoreSheet(period, direction, scheme, tallies);
const one = (facts: FactValues, direction?: 'departments' | 'subdistricts'): ScoreItem =>
  sheetOf([tally('a', facts)], direction).items[0]!;

describe('the schemes that ship', () => {
  it.each(['2019-01', '2026-01', '2026-06', '2026-07', '2030-12'])('of %s: weights add up to 1', (month) => {
    for (const direction of directions) {
      const indicators = indicatorsOf(schemes.of(month), direction);
      expect(indicators.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
      expect(new Set(indicators.map(({ id }) => id)).size).toBe(indicators.length);
    }
  });

  it('change in July 2026, and not before', () =>
    expect(['2026-06', '2026-07'].map((month) => schemes.of(month).version)).toEqual(['2026-1', '2026-2']));
});

describe('a scheme', () => {
  const file = (): Scheme =>
    JSON.parse(readFileSync(join(projectRoot(), 'config/assessment/scheme-2026-2.json'), 'utf8')) as Scheme;
  const altered = (change: (scheme: Record<string, object>) => void): string[] => {
    const copy = file();
    change(copy as unknown as Record<string, object>);
    return schemeProblems(copy);
  };
  const indicator = (at: number, more: object) => (copy: Record<string, object>) =>
    void Object.assign((copy['indicators'] as unknown as object[])[at]!, more);

  it('that ships has no problem', () => expect(schemeProblems(file())).toEqual([]));

  it.each([
    ['a veto', indicator(0, { zeroIf: 'ratings < 1' }), /veto/],
    ['a veto in Chinese', indicator(0, { name: '安全事故一票否决' }), /veto/],
    ['a veto beside the indicators', (copy) => Object.assign(copy, { vetoes: [] }), /veto/],
    ['tax for subdistricts', indicator(0, { name: '税收完成率' }), /economic/],
    ['investment for subdistricts', indicator(13, { name: '招商引资' }), /economic/],
    ['GDP for subdistricts', indicator(13, { id: 'gdpGrowth' }), /economic/],
    ['an unknown fact', indicator(5, { numerator: { bribes: 1 } }), /nobody counts "bribes"/],
    ['weights that do not add up', indicator(5, { weight: 0.4 }), /process do not add up/],
    [
      'groups that do not add up',
      (copy) => Object.assign(copy['groups']!, { departments: { residents: 0.9 } }),
      /groups of departments/,
    ],
    ['communities', indicator(13, { direction: 'communityBySubdistricts' }), /communities/],
    ['departments by heads', indicator(5, { per: 'perCapita' }), /no residents of their own/],
    [
      'departments that assess subdistricts alone',
      (copy) =>
        Object.assign(copy['groups']!, {
          subdistricts: { hotline: 0.1, residents: 0.1, dispatch: 0.4, cooperation: 0.4 },
        }),
      /alone/,
    ],
  ] as [string, (scheme: Record<string, object>) => void, RegExp][])('with %s is refused', (_what, change, said) =>
    expect(altered(change).join('\n')).toMatch(said),
  );

  it('lets departments be asked about their economy', () =>
    expect(altered(indicator(5, { name: '税收服务按时办结率' }))).toEqual([]));
});

describe('三率', () => {
  it('gives the published figures to the last digit', () => {
    // 200 effective call-backs: 190 contacted, 150 resolved, 120 satisfied, 40 fairly.
    const facts = {
      ...{ callbacks: 200, callbackContacted: 190, callbackResolved: 150 },
      ...{ callbackSatisfied: 120, callbackFairlySatisfied: 40 },
    };
    const item = one(facts);
    expect(item.indicators).toEqual([
      { id: 'responseRate', value: 0.95, weight: expect.closeTo(0.1, 12), numerator: 190, denominator: 200 },
      { id: 'resolutionRate', value: 0.75, weight: expect.closeTo(0.5, 12), numerator: 150, denominator: 200 },
      { id: 'satisfaction12345', value: 0.78, weight: expect.closeTo(0.4, 12), numerator: 156, denominator: 200 },
    ]);
    // 0.95 × 0.1 + 0.75 × 0.5 + 0.78 × 0.4 = 0.782
    expect(item.score).toBe(78.2);
    expect(one(facts, 'subdistricts').score).toBe(78.2);
  });
});

describe('an indicator', () => {
  // Hand-worked: facts, indicator, numerator, denominator.
  it.each([
    ['departments', { closed: 20, closedOnTime: 17 }, 'onTimeRate', 17, 20],
    ['departments', { accepted: 10, acceptedBySilence: 3 }, 'noticeInTime', 7, 10],
    ['departments', { dispatched: 12, sendBackUpheld: 2, signedForInTime: 8 }, 'signForInTime', 8, 10],
    ['departments', { rectificationsEnded: 5, rectifiedInTime: 4 }, 'rectificationInTime', 4, 5],
    ['departments', { closed: 20, reopened: 1 }, 'repeatRequests', 19, 20],
    ['departments', { closed: 2, reopened: 5 }, 'repeatRequests', 0, 2],
    ['departments', { called: 8, callAnswered: 6 }, 'jointCallAnswered', 6, 8],
    ['departments', { callAccepted: 6, arrivedInTime: 5 }, 'arrivalInTime', 5, 6],
    ['departments', { cooperationRated: 3, cooperationQuality: 2.25 }, 'cooperation', 2.25, 3],
    ['subdistricts', { dispatched: 50, sendBackUpheld: 5 }, 'dispatchAccuracy', 45, 50],
    ['subdistricts', { cooperationRated: 2, cooperationQuality: 1.5 }, 'cooperationOfSubdistrict', 1.5, 2],
    ['departments', { serviceEvents: 4 }, 'activeRatingRate', 1, 4],
  ] as const)('%s %j: %s is %d of %d', (direction, facts, id, numerator, denominator) => {
    const figure = one({ ratings: 1, ratedSatisfied: 1, ...facts }, direction).indicators.find((it) => it.id === id);
    expect(figure).toMatchObject({ numerator, denominator, value: numerator / denominator });
  });

  it('of another direction is not on the sheet', () => {
    const facts = { ratings: 1, dispatched: 50, closed: 9, closedOnTime: 9 };
    expect(one(facts).indicators.map(({ id }) => id)).not.toContain('dispatchAccuracy');
    expect(one(facts, 'subdistricts').indicators.map(({ id }) => id)).not.toContain('onTimeRate');
  });

  it('with few cases is shown and does not weigh; the others share its weight', () => {
    const item = one({ ratings: 1, ratedVeryDissatisfied: 1, closed: 4, closedOnTime: 4 });
    expect(item.indicators.map(({ id, weight }) => [id, weight])).toEqual([
      ['satisfaction', 1],
      ['onTimeRate', 0],
      ['repeatRequests', 0],
    ]);
    expect(item.score).toBe(0);
    const more = one({ ratings: 1, ratedVeryDissatisfied: 1, closed: 5, closedOnTime: 5 });
    // residents 0.3, on time 0.075, done at once 0.025: 0.1 of 0.4.
    expect(more.score).toBe(25);
  });
});

describe('shrinking', () => {
  it('reckons the district as by hand', () => {
    // 9/10, 5/10, 4/10: p = 0.6, S = 10 × (0.09 + 0.01 + 0.04) = 1.4, k = 3;
    // γ = (1.4/0.24 − 2) ÷ (30 − 300/30 − 2) = 3.8333/18 = 0.21296, strength = 3.69565.
    const prior = priorOf([9, 5, 4].map((numerator) => ({ numerator, denominator: 10 })))!;
    expect(prior.mean).toBeCloseTo(0.6, 12);
    expect(prior.strength).toBeCloseTo(3.695652, 6);
    expect(shrunkShare({ numerator: 1, denominator: 1 }, prior)).toBeCloseTo((1 + 0.6 * 3.695652) / 4.695652, 6);
  });

  it('needs three subjects, and draws fully toward a district in which all are alike', () => {
    const alike = { numerator: 8, denominator: 10 };
    expect(priorOf([alike, alike])).toBeNull();
    expect(priorOf([alike, alike, alike])!.strength).toBe(1000);
  });

  it('is for the unranked alone, says so, and keeps the score within its interval', () => {
    const many = ['x', 'y', 'z'].map((id, at) => tally(id, { ratings: 20, ratedSatisfied: 12 + at * 3 }));
    const sheet = sheetOf([...many, tally('few', { ratings: 1, ratedSatisfied: 1 })]);
    expect(sheet.items.map(({ subject, rank, shrunk }) => [subject.id, rank, shrunk])).toEqual([
      ['z', 1, undefined],
      ['y', 2, undefined],
      ['x', 3, undefined],
      ['few', undefined, true],
    ]);
    const few = sheet.items.at(-1)!;
    expect(few.score).toBeGreaterThan(75);
    expect(few.score).toBeLessThan(100);
    expect(few.indicators[0]!.value).toBe(1);
    for (const { score, interval } of sheet.items) {
      expect(score).toBeGreaterThanOrEqual(interval[0]);
      expect(score).toBeLessThanOrEqual(interval[1]);
    }
  });
});

describe('whatever was counted', () => {
  const names = [
    ...(['ratedVerySatisfied', 'ratedSatisfied', 'ratedFairlySatisfied', 'ratedDissatisfied'] as const),
    'ratedVeryDissatisfied' as const,
  ];
  const counts = fc.record({
    grades: fc.array(fc.nat(9), { minLength: 5, maxLength: 5 }),
    closed: fc.nat(40),
    onTime: fc.double({ min: 0, max: 1, noNaN: true }),
    callbacks: fc.nat(30),
  });
  const factsOf = ({
    grades,
    closed,
    onTime,
    callbacks,
  }: {
    grades: number[];
    closed: number;
    onTime: number;
    callbacks: number;
  }): FactValues => ({
    ...Object.fromEntries(names.map((name, at) => [name, grades[at]])),
    ratings: grades.reduce((sum, n) => sum + n, 0),
    closed,
    closedOnTime: Math.floor(closed * onTime),
    callbacks,
    callbackResolved: Math.floor(callbacks * onTime),
  });
  const units = fc
    .array(counts, { minLength: 1, maxLength: 8 })
    .map((all) => all.map((c, at) => tally(`u${at}`, factsOf(c))));
  const scoreOf = (sheet: ScoreSheet, id: string): ScoreItem | undefined =>
    sheet.items.find((it) => it.subject.id === id);

  it('a better rating never lowers a score', () =>
    fc.assert(
      fc.property(units, fc.nat(7), fc.nat(3), (tallies, pick, worse) => {
        const mine = tallies[pick % tallies.length]!;
        const [from, to] = [names[worse + 1]!, names[worse]!];
        if (!mine.facts[from]) return;
        const better = { ...mine.facts, [from]: mine.facts[from] - 1, [to]: (mine.facts[to] ?? 0) + 1 };
        const before = scoreOf(sheetOf(tallies), mine.subject.id)!;
        const after = scoreOf(
          sheetOf(tallies.map((it) => (it === mine ? tally(it.subject.id, better) : it))),
          mine.subject.id,
        )!;
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        expect(after.interval[0]).toBeGreaterThanOrEqual(before.interval[0]);
      }),
    ));

  it('the order of arrival never matters', () =>
    fc.assert(
      fc.property(units, fc.infiniteStream(fc.nat()), (tallies, keys) => {
        const shuffled = tallies.map((it) => ({ it, key: keys.next().value })).sort((a, b) => a.key - b.key);
        expect(sheetOf(shuffled.map(({ it }) => it))).toEqual(sheetOf(tallies));
      }),
    ));

  it("one more unit never changes another's figures, nor the score of a ranked one", () =>
    fc.assert(
      fc.property(units, counts, (tallies, more) => {
        const before = sheetOf(tallies);
        const after = sheetOf([...tallies, tally('zz', factsOf(more))]);
        for (const item of before.items) {
          const same = scoreOf(after, item.subject.id)!;
          expect(same.indicators).toEqual(item.indicators);
          if (item.rank !== undefined) expect(same.score).toBe(item.score);
        }
      }),
    ));

  it('scores and bounds lie between 0 and 100, ranks follow the bounds, ties share a rank', () =>
    fc.assert(
      fc.property(units, (tallies) => {
        const ranked = sheetOf(tallies).items.filter((it) => it.rank !== undefined);
        for (const it of sheetOf(tallies).items) {
          expect(it.interval[0]).toBeGreaterThanOrEqual(0);
          expect(it.interval[1]).toBeLessThanOrEqual(100);
        }
        for (const it of ranked)
          expect(it.rank).toBe(1 + ranked.filter((other) => other.interval[0] > it.interval[0]).length);
      }),
    ));
});

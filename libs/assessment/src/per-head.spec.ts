import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { projectRoot } from '@linli/platform';
import type { FactValues } from './facts';
import { headShare } from './per-head';
import { indicatorsOf, type Scheme } from './scheme';
import { schemeProblems } from './scheme-check';
import { Schemes } from './schemes.service';
import { scoresCsv, scoresXlsx } from './score-files.service';
import { scoreSheet, type ScoreItem, type ScoreSheet, type Tally } from './score-sheet';

const scheme = new Schemes().of('2026-11');
const tally = (id: string, facts: FactValues, isCommunity?: true): Tally => ({
  subject: { id, name: `名${id}` },
  facts,
  ...(isCommunity ? { isCommunity } : {}),
});
const sheetOf = (tallies: readonly Tally[], direction: 'departments' | 'subdistricts' = 'subdistricts'): ScoreSheet =>
  scoreSheet('2026-11', direction, scheme, tallies);
const one = (facts: FactValues, direction?: 'departments' | 'subdistricts'): ScoreItem =>
  sheetOf([tally('a', facts)], direction).items[0]!;
const heard = { ratings: 5, ratedSatisfied: 5 };
const per = { each: 10_000, cap: 10, better: 'less' } as const;

describe('a count per head', () => {
  it('is in force from November 2026 on', () =>
    expect(['2026-10', '2026-11'].map((month) => new Schemes().of(month).version)).toEqual(['2026-2', '2026-3']));

  // By hand: count, people, to each 10,000, share below a cap of 10.
  it.each([
    [20, 50_000, 4, 0.6],
    [20, 100_000, 2, 0.8],
    [40, 100_000, 4, 0.6],
    [0, 8_000, 0, 1],
    [8, 8_000, 10, 0],
    [80, 8_000, 100, 0],
    [1, 30_000, 0.33, 1 - 1 / 30],
  ])('%d among %d people are %d to each 10,000, worth %d', (count, people, rate, value) => {
    const share = headShare(count, people, per);
    expect(share.rate).toBe(rate);
    expect(share.value).toBeCloseTo(value, 12);
    expect(headShare(count, people, { ...per, better: 'more' }).value).toBeCloseTo(1 - value, 12);
  });

  it('has the score interval of a Poisson count', () => {
    // n + z²/2 = 21.92073, z·√(n + z²/4) = 8.97311: 12.94762 … 30.89384; to each 10,000 of 50,000: 2.58952 … 6.17877.
    const [low, high] = headShare(20, 50_000, per).interval;
    expect(low).toBeCloseTo(1 - 0.617877, 4);
    expect(high).toBeCloseTo(1 - 0.258952, 4);
  });

  it('is the same for places of every size with as many per head, never leaves 0 to 1, and is worth less the more', () =>
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.integer({ min: 1_000, max: 500_000 }),
        fc.integer({ min: 1, max: 9 }),
        (n, p, times) => {
          const [small, large] = [headShare(n, p, per), headShare(n * times, p * times, per)];
          expect(large.value).toBeCloseTo(small.value, 9);
          for (const { value, interval } of [small, large]) {
            expect(interval[0]).toBeGreaterThanOrEqual(0);
            expect(interval[1]).toBeLessThanOrEqual(1);
            expect(value).toBeGreaterThanOrEqual(interval[0]);
            expect(value).toBeLessThanOrEqual(interval[1]);
          }
          expect(headShare(n + 1, p, per).value).toBeLessThanOrEqual(small.value);
        },
      ),
    ));
});

describe('the whole, by hand', () => {
  const callbacks = {
    ...{ callbacks: 200, callbackContacted: 190, callbackResolved: 150 },
    ...{ callbackSatisfied: 120, callbackFairlySatisfied: 40 },
  };
  const ratings = { ratings: 50, ratedSatisfied: 45, ratedDissatisfied: 5 };

  it('of a subdistrict', () => {
    const item = one({
      ...{ ...callbacks, ...ratings, dispatched: 50, sendBackUpheld: 5, cooperationRated: 10, cooperationQuality: 8 },
      ...{ residents: 50_000, reopened: 20, reportsAccepted: 600 },
    });
    // .4 × .782 + .3 × .9 + .15 × .9 + .1 × .8 + .05 × .6
    expect(item.score).toBe(82.78);
    expect(item.indicators.filter(({ id }) => id.endsWith('PerTenThousand'))).toEqual([
      {
        ...{ id: 'reopenedPerTenThousand', value: 0.6, weight: expect.closeTo(0.05, 12) },
        ...{ numerator: 20, denominator: 50_000, rate: 4 },
      },
      {
        ...{ id: 'reportsPerTenThousand', value: 0.4, weight: 0, numerator: 600, denominator: 50_000, rate: 120 },
      },
    ]);
  });

  it('of a department', () => {
    const item = one(
      {
        ...{ ...callbacks, ...ratings, closed: 20, closedOnTime: 17, reopened: 1, accepted: 10, acceptedBySilence: 3 },
        ...{ dispatched: 12, sendBackUpheld: 2, signedForInTime: 8, rectificationsEnded: 5, rectifiedInTime: 4 },
        ...{ contactsEnded: 5, contactedInTime: 3 },
        ...{
          called: 8,
          callAnswered: 6,
          callAccepted: 6,
          arrivedInTime: 5,
          cooperationRated: 5,
          cooperationQuality: 4,
        },
      },
      'departments',
    );
    // .3 × .782 + .3 × .9 + .25 × (.3 × .85 + .2 × .7 + .2 × .8 + .15 × .8 + .05 × .6 + .1 × .95) + .15 × (.4 × .75 + .3 × 5/6 + .3 × .8)
    expect(item.score).toBe(82.31);
  });

  it('of two subdistricts alike but for their size: the larger had as many cases taken up again, so fewer per head', () => {
    const facts = { ...heard, reopened: 20 };
    const sheet = sheetOf([
      tally('small', { ...facts, residents: 50_000 }),
      tally('large', { ...facts, residents: 100_000 }),
    ]);
    // (.3 × 1 + .05 × .8) ÷ .35 and (.3 × 1 + .05 × .6) ÷ .35
    expect(sheet.items.map(({ subject, score, rank }) => [subject.id, score, rank])).toEqual([
      ['large', 97.14, 1],
      ['small', 94.29, 2],
    ]);
  });

  it('leaves a count per head out where nobody knows the people, and where too few were heard', () => {
    expect(one({ ...heard, reopened: 20 }).score).toBe(100);
    const few = one({ ratings: 1, ratedVeryDissatisfied: 1, residents: 50_000 });
    expect(few.score).toBe(0);
    expect(few.indicators.find(({ id }) => id === 'reopenedPerTenThousand')).toMatchObject({ value: 1, weight: 0 });
  });
});

describe('communities', () => {
  const sheet = sheetOf(
    [
      tally('civil', { ...heard, dispatched: 9 }),
      tally('c2', { dispatched: 12, called: 3, tasksGiven: 10, ...heard, serviceEvents: 7 }, true),
      tally('c1', { tasksGiven: 2, ratings: 9, ratedVeryDissatisfied: 9 }, true),
    ],
    'departments',
  );

  it('are counted up to a cap, the rest apart, and have neither score nor place', () => {
    expect(sheet.items.map(({ subject }) => subject.id)).toEqual(['civil']);
    expect(sheet.unrated).toEqual([]);
    expect(sheet.communities).toEqual([
      {
        subject: { id: 'c1', name: '名c1' },
        counted: [
          { id: 'handedDown', name: '交办的事', value: 2, cap: 20, over: 0 },
          { id: 'served', name: '服务居民', value: 0, cap: 500, over: 0 },
        ],
      },
      {
        subject: { id: 'c2', name: '名c2' },
        counted: [
          { id: 'handedDown', name: '交办的事', value: 20, cap: 20, over: 5 },
          { id: 'served', name: '服务居民', value: 7, cap: 500, over: 0 },
        ],
      },
    ]);
    expect(JSON.stringify(sheet.communities)).not.toMatch(/score|rank|interval/);
  });

  it('change nothing in the scores of others', () =>
    expect(sheetOf([tally('civil', { ...heard, dispatched: 9 })], 'departments').items).toEqual(sheet.items));

  it('stood among departments before schemes knew them, and closed months stay as they were', () => {
    const before = scoreSheet('2026-08', 'departments', new Schemes().of('2026-08'), [tally('c1', heard, true)]);
    expect(before.items).toHaveLength(1);
    expect(before).not.toHaveProperty('communities');
  });
});

describe('the files', () => {
  const headings = (direction: 'departments' | 'subdistricts') =>
    indicatorsOf(scheme, direction).map(({ id, name, each }) => ({
      id,
      name,
      ...(each === undefined ? {} : { each }),
    }));
  const rowsOf = (sheet: ScoreSheet, direction: 'departments' | 'subdistricts'): Record<string, string>[] => {
    const [head = [], ...rows] = scoresCsv(sheet, headings(direction))
      .slice(1)
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    for (const row of rows) expect(row).toHaveLength(head.length);
    return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])));
  };

  it('say how many there are to each 10,000 people', () => {
    const sheet = sheetOf([
      tally('a', { ...heard, residents: 50_000, reopened: 20 }),
      tally('b', { serviceEvents: 3 }),
    ]);
    expect(rowsOf(sheet, 'subdistricts')[0]).toMatchObject({
      ...{ '万人返工量（每10000人）': '4.00', 万人返工量折算: '0.6000' },
      ...{ 万人返工量分子: '20', 万人返工量分母: '50000' },
    });
  });

  it('say what communities were asked, in CSV and as a workbook', async () => {
    const sheet = sheetOf([tally('civil', heard), tally('c1', { tasksGiven: 23 }, true)], 'departments');
    const said = '社区只计数，不计分、不排名：交办的事20件（上限20件，另超出3件），服务居民0件（上限500件）';
    expect(rowsOf(sheet, 'departments').at(-1)).toMatchObject({ 名次: '', 单位: '名c1', 得分: '', 说明: said });
    const { readTable } = await import('@linli/platform');
    const { rows } = await readTable(await scoresXlsx(sheet, headings('departments')));
    expect(rows.at(-1)!.cells).toMatchObject({ 单位: '名c1', 说明: said });
  });
});

describe('a scheme', () => {
  const file = (): Scheme =>
    JSON.parse(readFileSync(join(projectRoot(), 'config/assessment/scheme-2026-3.json'), 'utf8')) as Scheme;
  const changed = (id: string, more: object): string =>
    schemeProblems({
      ...file(),
      indicators: file().indicators.map((it) => (it.id === id ? { ...it, ...more } : it)),
    }).join('\n');
  const community = (more: object): string => {
    const [first, ...others] = file().communities ?? [];
    return schemeProblems({ ...file(), communities: [{ ...first!, ...more }, ...others] }).join('\n');
  };

  it('that ships has no problem', () => expect(schemeProblems(file())).toEqual([]));

  it.each([
    ['no cap', { cap: undefined }, /counted up to a cap/],
    ['a cap of nothing', { cap: 0 }, /counted up to a cap/],
    ['no number of people', { each: undefined }, /to how many people/],
    ['half a person', { each: 0.5 }, /to how many people/],
    ['no better', { better: undefined }, /"less" or "more"/],
    ['cases in the place of people', { denominator: { closed: 1 } }, /divided by the residents alone/],
    ['people counted thrice', { denominator: { residents: 3 } }, /divided by the residents alone/],
    ['people as a merit', { numerator: { residents: 1 } }, /no merit/],
    ['departments that have no residents', { direction: 'byResidents' }, /no residents of their own/],
  ])('with %s per head is refused', (_what, more, said) =>
    expect(changed('reopenedPerTenThousand', more)).toMatch(said),
  );

  it.each([
    ['residents', { denominator: { residents: 1 } }, /belong to figures per head/],
    ['a cap', { cap: 5 }, /belong to figures per head/],
  ])('with a rate by %s is refused', (_what, more, said) => expect(changed('satisfaction', more)).toMatch(said));

  it.each([
    ['weighs communities', { weight: 0.1 }, /never weighed, scored or ranked, so there is no "weight"/],
    ['ranks communities', { rank: true }, /so there is no "rank"/],
    ['has no cap for communities', { cap: undefined }, /has a cap/],
    ['counts nothing', { counts: {} }, /counts nothing/],
    ['counts what nobody counts', { counts: { bribes: 1 } }, /nobody counts "bribes"/],
    ['counts people', { counts: { residents: 1 } }, /nobody counts "residents"/],
    ['counts one thing twice', { id: 'served' }, /served stands there twice/],
  ])('that %s is refused', (_what, more, said) => expect(community(more)).toMatch(said));

  it('that assesses communities is refused', () =>
    expect(changed('cooperation', { direction: 'communityByResidents' })).toMatch(/communities and others/));
});

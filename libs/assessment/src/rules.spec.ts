import { maskCaseNumber, afterOf, evidencePage } from './evidence';
import { checkOver, checkPeriod } from './period';
import { indicatorsOf } from './scheme';
import { Schemes } from './schemes.service';
import { scoreSheet, type ScoreSheet, type Tally } from './score-sheet';
import { scoresCsv, scoresXlsx } from './score-files.service';
import { wilsonInterval } from './wilson';

const tally = (id: string, satisfiedRatings: number, ratings: number, serviceEvents = ratings): Tally => ({
  subject: { id, name: `名${id}` },
  facts: { ratedSatisfied: satisfiedRatings, ratings, serviceEvents },
});
const schemes = new Schemes();
const sheetOf = (tallies: readonly Tally[]): ScoreSheet =>
  scoreSheet('2026-03', 'departments', schemes.of('2026-03'), tallies);
const headings = indicatorsOf(schemes.of('2026-03'), 'departments');

describe('Wilson', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives %i of %i as published: %f to %f', (successes, sample, low, high) => {
    const interval = wilsonInterval(successes, sample);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it('is the mirror of itself, never leaves 0 to 1, and holds the share', () => {
    for (let sample = 1; sample <= 60; sample += 1)
      for (let successes = 0; successes <= sample; successes += 1) {
        const [low, high] = wilsonInterval(successes, sample);
        const [mirrorLow, mirrorHigh] = wilsonInterval(sample - successes, sample);
        expect(low).toBeCloseTo(1 - mirrorHigh, 12);
        expect(high).toBeCloseTo(1 - mirrorLow, 12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / sample);
        expect(high).toBeGreaterThanOrEqual(successes / sample);
      }
  });
});

describe('a month', () => {
  // 1 April, 00:00 in Shanghai.
  const now = new Date('2026-03-31T16:00:00Z');
  const before = new Date(now.getTime() - 1);
  const code = (work: () => void): string => {
    try {
      work();
    } catch (error) {
      return (error as { code: string }).code;
    }
    return 'taken';
  };

  it.each([
    ['2026-04', 'taken', 'assessment.periodInvalid'],
    ['2026-03', 'taken', 'taken'],
    ['1999-12', 'taken', 'taken'],
    ['2026-05', 'assessment.periodInvalid', 'assessment.periodInvalid'],
    ['2026-00', 'assessment.periodInvalid', 'assessment.periodInvalid'],
    ['2026-13', 'assessment.periodInvalid', 'assessment.periodInvalid'],
    ['2026-3', 'assessment.periodInvalid', 'assessment.periodInvalid'],
    ['2026-03-01', 'assessment.periodInvalid', 'assessment.periodInvalid'],
    ['', 'assessment.periodInvalid', 'assessment.periodInvalid'],
  ])('%j can be asked for: %s, and closed: %s', (period, asked, closed) => {
    expect(code(() => checkPeriod(period, now))).toBe(asked);
    expect(code(() => checkOver(period, now))).toBe(closed);
  });

  it('begins and ends at midnight in Shanghai', () => {
    expect(code(() => checkPeriod('2026-04', before))).toBe('assessment.periodInvalid');
    expect(code(() => checkOver('2026-03', before))).toBe('assessment.periodInvalid');
  });
});

describe('a sheet', () => {
  const of = (...tallies: Tally[]): ScoreSheet => sheetOf(tallies);

  it('shows what each figure was made of', () =>
    expect(of(tally('a', 2, 3, 8))).toEqual({
      period: '2026-03',
      status: 'open',
      schemeVersion: '2026-1',
      items: [
        {
          subject: { id: 'a', name: '名a' },
          score: 66.67,
          interval: [20.77, 93.85],
          sample: 3,
          indicators: [
            { id: 'satisfaction', value: 2 / 3, weight: 1, numerator: 2, denominator: 3 },
            { id: 'activeRatingRate', value: 3 / 8, weight: 0, numerator: 3, denominator: 8 },
          ],
        },
      ],
      unrated: [],
    }));

  it('invents no score for whom nobody rated, but names them', () => {
    const sheet = of(tally('b', 0, 0, 4), tally('a', 0, 1, 1));
    expect(sheet.items.map((item) => [item.subject.id, item.score])).toEqual([['a', 0]]);
    expect(sheet.unrated).toEqual([{ subject: { id: 'b', name: '名b' }, serviceEvents: 4 }]);
  });

  it('ranks from five ratings on, by the lower bound, and lets ties share a rank', () => {
    const sheet = of(
      tally('few', 4, 4),
      tally('small', 5, 5),
      tally('large', 97, 100),
      tally('twin2', 9, 10),
      tally('twin1', 9, 10),
      tally('last', 0, 9),
    );
    expect(sheet.items.map((item) => [item.subject.id, item.rank])).toEqual([
      ['large', 1],
      ['twin1', 2],
      ['twin2', 2],
      ['small', 4],
      ['last', 5],
      ['few', undefined],
    ]);
    expect(sheet.items.at(-1)).not.toHaveProperty('rank');
  });

  it.each([
    [29, 20_000, 0.15],
    [1, 3, 33.33],
    [201, 400, 50.25],
    [7, 7, 100],
  ])('rounds %i of %i to %f points', (satisfied, ratings, score) =>
    expect(of(tally('a', satisfied, ratings)).items[0]!.score).toBe(score),
  );

  it('does not depend on the order of what was counted', () => {
    const tallies = ['c', 'a', 'd', 'b'].map((id, n) => tally(id, n + 4, 2 * n + 5, 20));
    expect(of(...tallies.toReversed())).toEqual(of(...tallies));
  });
});

describe('the file', () => {
  const lines = (sheet: ScoreSheet): string[][] =>
    scoresCsv(sheet, headings)
      .slice(1)
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));

  it('has a byte order mark, a Chinese header and one row per subject', () => {
    const sheet = sheetOf([tally('a', 9, 10, 12), tally('b', 1, 2), tally('c', 0, 0, 3)]);
    expect(scoresCsv(sheet, headings).charCodeAt(0)).toBe(0xfeff);
    expect(lines(sheet)).toEqual([
      '月份,状态,口径版本,名次,单位,单位编号,得分,得分下限（95%）,得分上限（95%）,评价数,满意率,满意率分子,满意率分母,主动评价率,主动评价率分子,主动评价率分母,说明'.split(
        ',',
      ),
      '2026-03,未结账,2026-1,1,名a,a,90.00,59.58,98.21,10,0.9000,9,10,0.8333,10,12,'.split(','),
      '2026-03,未结账,2026-1,,名b,b,50.00,9.45,90.55,2,0.5000,1,2,1.0000,2,2,评价太少，不排名'.split(','),
      '2026-03,未结账,2026-1,,名c,c,,,,0,,,,,,,服务3次，没有收到评价，不计分'.split(','),
    ]);
  });

  it.each(['=cmd', '+1', '-1', '@x', '\tx', '＝cmd'])('disarms a name that begins like a formula: %j', (name) => {
    const text = scoresCsv(sheetOf([{ ...tally('a', 1, 1), subject: { id: 'a', name } }]), headings);
    expect(text).toContain(`'${name}`);
  });

  it('of a month without any service is its header', () => expect(lines(sheetOf([]))).toHaveLength(1));

  it('is a workbook too', async () => {
    const { readTable } = await import('@linli/platform');
    const bytes = await scoresXlsx(sheetOf([{ ...tally('a', 9, 10), subject: { id: 'a', name: '=1+1' } }]), headings);
    const { rows } = await readTable(bytes);
    expect(rows[0]!.cells).toMatchObject({ 单位: '=1+1', 得分: '90', 满意率分子: '9' });
  });

  it('of a closed month says so', () =>
    expect(lines({ ...sheetOf([tally('a', 1, 1)]), status: 'closed' })[1]![1]).toBe('已结账'));
});

describe('evidence', () => {
  it('masks case numbers', () => {
    expect(maskCaseNumber('2600000017')).toBe('****0017');
    const sums = { numerator: 0, denominator: 1 };
    const row = { serviceEventId: 's', caseNumber: '2600000017', grade: null, at: new Date(0), ...sums };
    expect(evidencePage([row, row], 1)).toEqual({ items: [{ ...row, caseNumber: '****0017' }], nextCursor: 's' });
    expect(evidencePage([row], 1).nextCursor).toBeNull();
  });

  it('of one case that stands there many times is withheld like a single row', () => {
    const row = { serviceEventId: 's', grade: null, at: new Date(0), numerator: 0, denominator: 1 };
    const rows = ['1', '1', '2', '2', '1'].map((caseNumber) => ({ ...row, caseNumber }));
    expect(evidencePage(rows, 10, true)).toMatchObject({
      withheld: expect.any(String),
      items: [{ at: null }, {}, {}, {}, {}],
    });
    expect(evidencePage([...rows, { ...row, caseNumber: '3' }], 10, true)).not.toHaveProperty('withheld');
  });

  it.each(['', 'x', '1 or true'])('refuses the cursor %j', (cursor) =>
    expect(() => afterOf(cursor)).toThrow(expect.objectContaining({ code: 'request.cursorInvalid' })),
  );
});

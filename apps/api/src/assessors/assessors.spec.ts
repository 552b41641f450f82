import { newId, localDate, monthOf } from '@linli/kernel';
import { appendEvent, Database, readTable } from '@linli/platform';
import { ask } from '../../../../test/support/front-door';
import { openProduct, type Product } from '../../../../test/support/product';
import type { ScoreSheet } from '@linli/assessment';
import { barChart } from './bulletin-chart';
import { lineChart, linesOf, middleOf } from './bulletin-lines';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('a bar chart', () => {
  it('has a bar, an interval and the figure for each, however they are called', () => {
    const { option } = barChart([
      { name: '<甲&乙>', score: 100, interval: [80, 100] },
      { name: '<甲&乙>', score: 100, interval: [70, 100] },
    ]);
    expect(structuredClone(option)).toMatchObject({
      yAxis: [{ data: ['<甲&乙>', '<甲&乙>'] }, { data: ['100.00', '100.00'] }],
      series: {
        data: [100, 100],
        markLine: {
          data: [
            [{ coord: [80, 0] }, { coord: [100, 0] }],
            [{ coord: [70, 1] }, { coord: [100, 1] }],
          ],
        },
      },
    });
  });
});

describe('lines over months', () => {
  const sheet = (period: string, schemeVersion: string, scores: Readonly<Record<string, number>>): ScoreSheet => ({
    ...{ period, schemeVersion, status: 'open', unrated: [] },
    items: Object.entries(scores).map(([id, score]) => ({
      ...{ subject: { id, name: `<${id}>` }, score, sample: 9, indicators: [] },
      interval: [score, score] as const,
    })),
  });
  const found = linesOf([
    sheet('2026-09', '2026-2', { a: 60, b: 80, gone: 10 }),
    sheet('2026-10', '2026-2', { a: 70 }),
    sheet('2026-11', '2026-3', { b: 90, a: 100 }),
  ]);

  it('are those of the last month, beside the middle of each, with the change of scheme', () =>
    expect(found).toEqual({
      lines: [
        { name: '<b>', scores: [80, null, 90] },
        { name: '<a>', scores: [60, 70, 100] },
      ],
      months: { periods: ['2026-09', '2026-10', '2026-11'], middle: [60, 70, 95], changes: [2] },
    }));

  it.each([
    [[], null],
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 2], 3],
  ])('the middle of %j is %j', (scores, middle) => expect(middleOf(scores)).toBe(middle));

  it('break where a month has no score, and mark the change between two months', () => {
    const [gap, whole] = found.lines.map((line) => lineChart(line, found.months).option);
    const series = (scores: readonly (number | null)[]): unknown => [
      { data: [60, 70, 95], lineStyle: { type: [3, 2] } },
      { data: scores },
      { markLine: { data: [{ xAxis: 1.5 }] } },
    ];
    expect(structuredClone(gap)).toMatchObject({
      title: [{ text: '<b>' }, { text: '90.00' }],
      series: series([80, null, 90]),
    });
    expect(structuredClone(whole)).toMatchObject({
      title: [{ text: '<a>' }, { text: '100.00' }],
      series: series([60, 70, 100]),
    });
  });
});

describe('assessors', () => {
  let product: Product;
  let period: string;
  let key: Record<string, string>;

  beforeAll(async () => {
    product = await openProduct();
    key = { 'x-api-key': product.credentials.apiKeys.assessor };
    const now = new Date();
    // Last month, which can be published and closed.
    const today = localDate(now);
    const [year = 0, month = 1] = monthOf(today).split('-').map(Number);
    period = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
    const database = new Database(product.db.dataSource);
    await database.transact(async (tx) => {
      for (const grade of ['satisfied', 'satisfied', 'satisfied', 'satisfied', 'dissatisfied'] as const) {
        const facts = {
          ratingId: newId(),
          serviceEventId: newId(),
          grade,
          subdistrictId: 'guihua',
          caseNumber: '2600000017',
          period,
        };
        const department = { id: 'civil-affairs', name: '区民政局' };
        await appendEvent(tx, 'rating.given', { ...facts, department, at: `${period}-11T02:00:00.000Z` }, now);
      }
    });
    for (const until = Date.now() + 30_000; Date.now() < until;) {
      const { body } = await ask(product.url, 'GET', `/api/v1/assessments/${period}/scores`, key);
      if ((body['items'] as { sample: number }[])[0]?.sample === 5) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the ratings were never counted');
  }, 120_000);
  afterAll(() => product.close(), 30_000);

  const get = (path: string, headers: Record<string, string> = key): Promise<Response> =>
    fetch(`${product.url}/api/v1/assessments/${path}`, { headers });

  it('export what residents said of each officer, as JSON, CSV and a workbook; each subdistrict its own', async () => {
    const [clerk] = await product.db.database.sql<{ id: string }>(
      `select id from directory_officer where account = 'clerk.guihua'`,
    );
    const month = monthOf(localDate(new Date()));
    await new Database(product.db.dataSource).transact(async (tx) => {
      for (let n = 0; n < 5; n += 1) {
        const facts = {
          ...{ ratingId: newId(), serviceEventId: newId(), subdistrictId: 'guihua', caseNumber: '17', period: month },
          ...{ department: { id: 'social-affairs', name: '街道社会事务办公室' }, at: new Date().toISOString() },
          officerId: clerk!.id,
        };
        await appendEvent(tx, 'rating.given', { ...facts, grade: n > 0 ? 'satisfied' : 'dissatisfied' }, new Date());
      }
    });
    type Staff = { officer: { name: string; unit: object }; ratings: number; said?: { satisfaction: number } };
    const staff = async (headers: Record<string, string>): Promise<Staff[]> =>
      (await ask(product.url, 'GET', `/api/v1/assessments/${month}/staff-scores`, headers)).body['items'] as Staff[];
    for (const until = Date.now() + 20_000; (await staff(key))[0]?.ratings !== 5 && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const [mine] = await staff(await product.officer('leader.guihua'));
    expect(mine).toMatchObject({ officer: { unit: { id: 'guihua' } }, ratings: 5, said: { satisfaction: 0.8 } });
    expect(await staff(await product.officer('leader.wutong'))).toEqual([]);
    expect((await get(`${month}/staff-scores`, await product.officer('clerk.guihua'))).status).toBe(403);
    const book = await get(`${month}/staff-scores`, { ...key, accept: xlsx });
    const { rows } = await readTable(Buffer.from(await book.arrayBuffer()));
    expect(rows[0]!.cells).toMatchObject({ 评价数: '5', 满意: '4', 不满意: '1', 满意率: '0.8' });
    expect(await (await get(`${month}/staff-scores`, { ...key, accept: 'text/csv' })).text()).toContain('满意率下限');
  }, 60_000);

  it('read scores as JSON, as CSV and as a workbook, by API key', async () => {
    const { body } = await ask(product.url, 'GET', `/api/v1/assessments/${period}/scores`, key);
    expect(body).toMatchObject({
      ...{ period, status: 'open', schemeVersion: '2026-2' },
      items: [{ subject: { id: 'civil-affairs' }, score: 80, sample: 5, rank: 1 }],
    });
    const answer = await get(`${period}/scores?direction=subdistricts`, { ...key, accept: xlsx });
    expect(answer.headers.get('content-type')).toBe(xlsx);
    const { rows } = await readTable(Buffer.from(await answer.arrayBuffer()));
    expect(rows[0]!.cells).toMatchObject({ 单位编号: 'guihua', 得分: '80' });
    expect((await get(`${period}/scores`, { ...key, accept: 'text/csv' })).headers.get('content-type')).toContain(
      'text/csv',
    );
  });

  it('read the bulletin on paper and as a workbook, and a trend', async () => {
    const paper = Buffer.from(await (await get(`${period}/bulletin.pdf`)).arrayBuffer());
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    const book = Buffer.from(await (await get(`${period}/bulletin.xlsx`)).arrayBuffer());
    expect((await readTable(book)).rows[0]!.cells).toMatchObject({ 单位编号: 'civil-affairs' });
    const trend = await ask(product.url, 'GET', '/api/v1/assessments/trend?subject=civil-affairs&months=2', key);
    expect(trend.body['items']).toMatchObject([{ period, item: { score: 80 } }, { item: null }]);
  });

  it('see an appeal filed by the unit and decided by another; the sheet lists what was taken out', async () => {
    const unit = await product.officer(accountOf(product, 'department', 'civil-affairs'));
    const judge = await product.officer('assessor');
    const draft = { subjectId: 'civil-affairs', indicator: 'satisfaction', reason: '评错了单位。', evidence: [] };
    const path = `/api/v1/assessments/${period}/appeals`;
    expect((await ask(product.url, 'POST', path, unit, draft)).body['code']).toBe('assessment.appealsClosed');
    await product.db.database.sql(
      `insert into assessment_period (period, previewed_at, appeals_until) values ($1, now(), now() + interval '1 day')`,
      [period],
    );
    expect((await ask(product.url, 'POST', path, judge, draft)).status).toBe(403);
    const filed = await ask(product.url, 'POST', path, unit, draft);
    expect(filed.body['figureBefore']).toEqual({ value: 0.8, numerator: 4, denominator: 5, score: 80 });
    const evidence = await ask(product.url, 'GET', `/api/v1/assessments/${period}/scores/civil-affairs/evidence`, key);
    const bad = (evidence.body['items'] as { grade: string; serviceEventId: string }[]).find(
      (one) => one.grade === 'dissatisfied',
    );
    const decision = { upheld: true, words: '属实。', takenOut: [bad!.serviceEventId] };
    const decided = await ask(product.url, 'POST', `${path}/${String(filed.body['id'])}/decision`, judge, decision);
    expect(decided.body['decision']).toMatchObject({ upheld: true, figureAfter: { value: 1, denominator: 4 } });
    expect((await ask(product.url, 'GET', path, unit)).body['items']).toHaveLength(1);
    const { body } = await ask(product.url, 'GET', `/api/v1/assessments/${period}/scores`, key);
    expect(body['exclusions']).toEqual([{ ground: 'appeal', count: 1, note: '' }]);
  });
});

function accountOf(product: Product, role: string, department: string): string {
  const found = product.credentials.officers.find((one) => one.role === role && one.department === department);
  if (!found) throw new Error(`the demo has no ${role} of ${department}`);
  return found.account;
}

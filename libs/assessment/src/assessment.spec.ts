import { newId } from '@linli/kernel';
import { grades, type EventPayloads, type Grade } from '@linli/contracts';
import {
  CatalogueImport1780000013000,
  Directory1780000001000,
  directoryRows,
  Population1780000060310,
} from '@linli/directory';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { Assessment1780000006000 } from './assessment.migration';
import { AssessmentFacts1780000033000 } from './assessment-facts.migration';
import { AssessmentOwn1780000060300 } from './assessment-own.migration';
import { OfficerClosures1780000113000 } from './officer-closures.migration';
import { AssessmentPeriods1780000034000 } from './assessment-periods.migration';
import { AssessmentWebhooks1780000034500 } from './webhooks/webhooks.migration';
import type { AssessmentService } from './assessment.service';
import type { EvidencePage } from './evidence';
import type { Periods } from './periods.service';
import type { Direction } from './scheme';
import type { ScoreSheet } from './score-sheet';
import { assessmentRoom } from './samples.module';

type Requested = EventPayloads['rating.requested'];
type Given = EventPayloads['rating.given'];

const now = new Date('2026-04-02T02:00:00Z');
const served = new Date('2026-03-10T02:00:00Z');
const directions: Direction[] = ['departments', 'subdistricts'];

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  let assessment: AssessmentService;
  let periods: Periods;

  beforeAll(async () => {
    db = await testDatabase({
      rows: directoryRows,
      migrations: [
        Directory1780000001000,
        CatalogueImport1780000013000,
        Assessment1780000006000,
        AssessmentFacts1780000033000,
        AssessmentPeriods1780000034000,
        AssessmentWebhooks1780000034500,
        ...[AssessmentOwn1780000060300, OfficerClosures1780000113000],
        Population1780000060310,
      ],
    });
    db.clock.set(now);
    await db.database.sql(
      `insert into directory_department (id, name, level, phone) values ('civil', '区民政局', 'district', '')`,
    );
    await db.database.sql(
      `insert into directory_subdistrict (id, code, name, lat, lng) values ('s1', '1', '甲街道', 30, 120)`,
    );
    ({ assessment, periods } = assessmentRoom(db.database, db.cipher, db.clock));
  });
  afterAll(() => db.close());
  beforeEach(() =>
    db.database.sql(
      'truncate assessment_service_event, assessment_period, assessment_fact, assessment_delta, assessment_observation',
    ),
  );

  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
  const request = (more: Partial<Requested> = {}): Requested => ({
    serviceEventId: newId(),
    residentId: newId(),
    subject: '高龄津贴申领',
    caseNumber: '2600000017',
    department: { id: 'civil', name: '民政局（旧称）' },
    subdistrictId: 's1',
    period: '2026-03',
    ...more,
  });
  const given = (event: Requested, grade: Grade, more: Partial<Given> = {}): Given => {
    const { serviceEventId, department, subdistrictId, caseNumber, period } = event;
    const at = '2026-03-11T02:00:00.000Z';
    return { ratingId: newId(), serviceEventId, grade, department, subdistrictId, caseNumber, period, at, ...more };
  };
  const count = (event: Requested): Promise<void> => write((tx) => assessment.countServiceEvent(tx, event, served));
  const countRating = (rating: Given): Promise<void> => write((tx) => assessment.countRating(tx, rating));
  const serve = async (grade: Grade | null, more: Partial<Requested> = {}): Promise<Requested> => {
    const event = request(more);
    await count(event);
    if (grade) await countRating(given(event, grade));
    return event;
  };
  const scores = (direction: Direction = 'departments', period = '2026-03'): Promise<ScoreSheet> =>
    assessment.scores(period, direction, now);
  const close = (period = '2026-03', at = now): Promise<ScoreSheet[]> => write((tx) => periods.close(tx, period, at));

  it('scores each direction by its own subject, under the names of the directory', async () => {
    for (const grade of grades) await serve(grade);
    await serve(null, { subdistrictId: 's2' });
    await serve('satisfied', { department: { id: 'gone', name: '已撤部门' }, subdistrictId: 's2' });
    await serve('veryDissatisfied', { period: '2026-02' });
    const departments = await scores();
    expect(departments).toMatchObject({ period: '2026-03', status: 'open', schemeVersion: '2026-1', unrated: [] });
    expect(departments.items).toMatchObject([
      {
        subject: { id: 'civil', name: '区民政局' },
        score: 60,
        sample: 5,
        rank: 1,
        indicators: [
          { id: 'satisfaction', numerator: 3, denominator: 5 },
          { id: 'activeRatingRate', numerator: 5, denominator: 6 },
        ],
      },
      { subject: { id: 'gone', name: '已撤部门' }, score: 100, sample: 1 },
    ]);
    expect((await scores('subdistricts')).items).toMatchObject([
      { subject: { id: 's1', name: '甲街道' }, sample: 5 },
      { subject: { id: 's2', name: 's2' }, sample: 1, indicators: [{}, { numerator: 1, denominator: 2 }] },
    ]);
    expect((await scores('departments', '2026-01')).items).toEqual([]);
    await expect(scores('departments', '2026-05')).rejects.toMatchObject({ code: 'assessment.periodInvalid' });
  });

  it('gives the same figures whatever the order of events, however often they come, and however many at once', async () => {
    const random = generator(20260310);
    const services = Array.from({ length: 40 }, (_, n) => ({
      event: request({
        department: { id: `d${n % 3}`, name: `部门${n % 3}` },
        subdistrictId: `s${n % 4}`,
      }),
      grade: random() < 0.7 ? grades[Math.floor(random() * grades.length)]! : null,
    }));
    const round = async (period: string): Promise<unknown> => {
      const steps = services.flatMap(({ event, grade }) => {
        const mine = { ...event, serviceEventId: newId(), period };
        const request = (): Promise<void> => count(mine);
        if (!grade) return [request, request];
        const rating = given(mine, grade);
        const rate = (): Promise<void> => countRating(rating);
        return [request, rate, request, rate];
      });
      const shuffled = steps.map((step) => ({ step, at: random() })).sort((a, b) => a.at - b.at);
      for (let at = 0; at < shuffled.length; at += 9)
        await Promise.all(shuffled.slice(at, at + 9).map(({ step }) => step()));
      const gaps = 'select 1 from assessment_service_event where period = $1 and at is null';
      expect(await db.database.sql(gaps, [period])).toEqual([]);
      const sheets = [await scores('departments', period), await scores('subdistricts', period)];
      return sheets.map((sheet) => ({ ...sheet, period: '' }));
    };
    const first = await round('2025-01');
    expect(first).toMatchObject([{ items: { length: 3 } }, { items: { length: 4 } }]);
    for (const period of ['2025-02', '2025-03', '2025-04', '2025-05']) expect(await round(period)).toEqual(first);
  });

  it('shows what is behind a figure, page by page, and nobody by name or number', async () => {
    const events: Requested[] = [];
    for (const grade of ['satisfied', null, 'dissatisfied', 'verySatisfied', null] as const)
      events.push(await serve(grade, { caseNumber: `26${events.length}0000017` }));
    await serve('satisfied', { department: { id: 'other', name: '其他' } });
    const all = async (indicator: string): Promise<EvidencePage['items']> => {
      const seen: EvidencePage['items'] = [];
      let cursor: string | null = null;
      do {
        const page: EvidencePage = await assessment.evidence('2026-03', 'departments', 'civil', indicator, 2, cursor);
        expect(page.items.length).toBeLessThanOrEqual(2);
        seen.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return seen;
    };
    const sheet = await scores();
    for (const { id, numerator, denominator } of sheet.items[0]!.indicators) {
      const rows = await all(id);
      expect(rows).toHaveLength(denominator);
      expect(rows.reduce((sum, row) => sum + row.numerator, 0)).toBe(numerator);
    }
    expect((await all('satisfaction')).map((item) => item.grade)).toEqual([
      'satisfied',
      'dissatisfied',
      'verySatisfied',
    ]);
    expect((await all('activeRatingRate'))[1]).toEqual({
      serviceEventId: events[1]!.serviceEventId,
      caseNumber: '****0017',
      grade: null,
      at: served,
      ...{ numerator: 0, denominator: 1 },
    });
    expect((await all('satisfaction'))[0]).toEqual({
      serviceEventId: events[0]!.serviceEventId,
      caseNumber: '****0017',
      grade: 'satisfied',
      at: new Date('2026-03-11T02:00:00Z'),
      ...{ numerator: 1, denominator: 1 },
    });
  });

  it.each([
    ['2026-03', 'nobody', 'satisfaction', 'assessment.subjectUnknown'],
    ['2026-02', 'civil', 'satisfaction', 'assessment.subjectUnknown'],
    ['2026-03', 'civil', 'beauty', 'assessment.subjectUnknown'],
    ['2026-05', 'civil', 'satisfaction', 'assessment.periodInvalid'],
  ])('has no evidence for %s, %s, %s', async (period, subject, indicator, code) => {
    await serve('satisfied');
    await expect(assessment.evidence(period, 'departments', subject, indicator, 10, null)).rejects.toMatchObject({
      code,
    });
  });

  it('closes a month once, when it is over, also when two close it at once', async () => {
    await serve('satisfied');
    await expect(close('2026-04')).rejects.toMatchObject({ code: 'assessment.periodInvalid' });
    const both = await Promise.allSettled([close(), close()]);
    expect(both.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(both.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { code: 'assessment.periodClosed' },
    });
    await expect(close()).rejects.toMatchObject({ code: 'assessment.periodClosed' });
  });

  it('changes nothing in a closed month, and says what came late', async () => {
    const [rated, unrated] = [await serve('satisfied'), await serve(null)];
    const sheets = await close();
    expect(sheets).toMatchObject([
      { status: 'closed', items: [{ subject: { name: '区民政局' } }] },
      { status: 'closed', items: [{ subject: { name: '甲街道' } }] },
    ]);
    for (const [n, direction] of directions.entries()) expect(await scores(direction)).toEqual(sheets[n]);
    await countRating(given(unrated, 'veryDissatisfied'));
    await serve('veryDissatisfied');
    await count(rated);
    for (const [n, direction] of directions.entries())
      expect(await scores(direction)).toEqual({ ...sheets[n], late: { serviceEvents: 1, ratings: 2 } });
    for (const { id, denominator } of sheets[0]!.items[0]!.indicators) {
      const { items } = await assessment.evidence('2026-03', 'departments', 'civil', id, 10, null);
      expect(items).toHaveLength(denominator);
      expect(items.map((item) => item.grade)).not.toContain('veryDissatisfied');
    }
  });

  it('puts every rating either into the sheet or among the late, also those counted while the month closes', async () => {
    const events = await Promise.all(Array.from({ length: 30 }, () => serve(null)));
    const [first] = events;
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    let counted: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => (counted = resolve));
    const slow = write(async (tx) => {
      await assessment.countRating(tx, given(first!, 'satisfied'));
      counted();
      await ended;
    });
    await underWay;
    const closing = close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const others = events.slice(1).map((event) => countRating(given(event, 'satisfied')));
    await new Promise((resolve) => setTimeout(resolve, 50));
    end();
    const [departments] = await closing;
    await Promise.all([slow, ...others]);
    const { items, late } = await scores();
    expect(items[0]!.sample).toBe(departments!.items[0]!.sample);
    expect(items[0]!.sample).toBeGreaterThanOrEqual(1);
    expect(items[0]!.sample + late!.ratings).toBe(30);
  });

  it('adds up in the index of the month, not over all rows', async () => {
    await db.database.sql(
      `insert into assessment_service_event
         (service_event_id, period, department_id, department_name, subdistrict_id, case_number, at, late)
       select gen_random_uuid(), '20' || (10 + n % 15) || '-01', 'd' || n % 7, '', 's' || n % 5, '', now(), false
       from generate_series(1, 20000) n`,
    );
    await db.database.sql('vacuum analyze assessment_service_event');
    for (const column of ['department', 'subdistrict']) {
      const plan = await db.database.sql<{ 'QUERY PLAN': string }>(
        `explain select ${column}_id, count(*) filter (where not late), count(*) filter (where not rating_late),
           count(*) filter (where not rating_late and grade = any('{satisfied}'))
         from assessment_service_event where period = '2012-01' group by 1`,
      );
      const text = plan.map((line) => line['QUERY PLAN']).join('\n');
      expect(text).toMatch(/Index Cond: \(period = '2012-01'::text\)/);
      expect(text).not.toContain('Seq Scan');
    }
  });
});

/** A small generator of numbers from 0 to 1, the same for the same seed (Park and Miller). */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

import { newId } from '@linli/kernel';
import type { DomainEvent, EventOf, Grade } from '@linli/contracts';
import {
  CatalogueImport1780000013000,
  Directory1780000001000,
  directoryRows,
  Population1780000060310,
  type Officer,
} from '@linli/directory';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { Assessment1780000006000 } from './assessment.migration';
import { AssessmentFacts1780000033000 } from './assessment-facts.migration';
import { AssessmentOwn1780000060300 } from './assessment-own.migration';
import { OfficerClosures1780000113000 } from './officer-closures.migration';
import { AssessmentPeriods1780000034000 } from './assessment-periods.migration';
import { AssessmentWebhooks1780000034500 } from './webhooks/webhooks.migration';
import type { AppealDraft } from './appeal';
import { assessmentRoom } from './samples.module';

const period = '2026-08';
const now = new Date('2026-09-02T02:00:00Z');
const later = new Date('2026-09-10T02:00:00Z');

describe('a month', () => {
  let db: TestDatabase;
  let room: ReturnType<typeof assessmentRoom>;

  beforeAll(async () => {
    db = await testDatabase({
      rows: directoryRows,
      migrations: [
        ...[Directory1780000001000, CatalogueImport1780000013000, Assessment1780000006000],
        ...[AssessmentFacts1780000033000, AssessmentPeriods1780000034000, AssessmentWebhooks1780000034500],
        ...[AssessmentOwn1780000060300, OfficerClosures1780000113000],
        Population1780000060310,
      ],
    });
    await db.database.sql(
      `insert into directory_department (id, name, level, phone) values ('civil', '区民政局', 'district', '')`,
    );
    room = assessmentRoom(db.database, db.cipher, db.clock);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    db.clock.set(now);
    await db.database.sql(
      `truncate assessment_service_event, assessment_observation, assessment_fact, assessment_delta, assessment_period,
         assessment_appeal`,
    );
    for (const grade of ['satisfied', 'satisfied', 'satisfied', 'satisfied', 'veryDissatisfied'] as const)
      await rate(grade);
  });

  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
  const rate = async (grade: Grade): Promise<EventOf<'rating.given'>['payload']> => {
    const payload = {
      ...{ ratingId: newId(), serviceEventId: newId(), grade, subdistrictId: 's1', caseNumber: '2600000017', period },
      ...{ department: { id: 'civil', name: '民政局' }, at: '2026-08-11T02:00:00.000Z' },
    };
    await write((tx) => room.assessment.countRating(tx, payload));
    return payload;
  };
  const officer = (more: Partial<Officer> = {}): Officer => ({
    ...{ id: newId(), account: 'a', name: '甲', role: 'department', hallId: null, departmentId: 'civil' },
    ...{ subdistrictId: null, tokenVersion: 0 },
    ...more,
  });
  const judge = officer({ role: 'assessor', departmentId: null });
  const preview = (): Promise<Date> => write((tx) => room.periods.preview(tx, period, now));
  const close = async (at = later): Promise<string> => {
    const [sheet] = await write((tx) => room.periods.close(tx, period, at));
    return sheet!.hash!;
  };
  const draft = (more: Partial<AppealDraft> = {}): AppealDraft => ({
    ...{ period, direction: 'departments', subjectId: 'civil', indicator: 'satisfaction' },
    ...{ reason: '这一条评的不是我们。', evidence: ['工单17'] },
    ...more,
  });
  const bad = async (): Promise<string> => {
    const rows = await db.database.sql<{ id: string }>(
      `select service_event_id as id from assessment_service_event where grade = 'veryDissatisfied'`,
    );
    return rows[0]!.id;
  };
  const sheet = () => room.assessment.scores(period, 'departments', later);

  it('is open, published for appeals, closed; recomputing from base rows gives the same bytes', async () => {
    expect(await sheet()).not.toHaveProperty('appealsUntil');
    // Five natural days after the second of September end at midnight in Shanghai.
    expect(await preview()).toEqual(new Date('2026-09-07T16:00:00Z'));
    expect(await sheet()).toMatchObject({ status: 'open', appealsUntil: '2026-09-07T16:00:00.000Z' });
    await expect(preview()).rejects.toMatchObject({ code: 'assessment.periodClosed' });
    await expect(close(now)).rejects.toMatchObject({ code: 'assessment.appealsOpen' });
    const hash = await close();
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await sheet()).toMatchObject({ status: 'closed', hash });
    await room.assessment.rollUp();
    await rate('veryDissatisfied');
    expect(await room.periods.recompute(period)).toEqual({ period, kept: hash, reckoned: hash, same: true });
    expect(await room.periods.problems()).toEqual([]);
  });

  it('keeps how many people lived there when it was closed: later ones change nothing', async () => {
    await db.database.sql(
      `insert into directory_subdistrict (id, code, name, lat, lng, population)
       values ('s1', '990102001', '甲街道', 30, 120, 50000) on conflict (id) do update set population = 50000`,
    );
    const month = '2026-11';
    const at = new Date('2026-11-11T02:00:00Z');
    for (let n = 0; n < 5; n += 1) {
      const payload = {
        ...{ ratingId: newId(), serviceEventId: newId(), subdistrictId: 's1', caseNumber: '17' },
        ...{ department: { id: 'civil', name: '民政局' }, period: month, at: at.toISOString() },
        grade: 'satisfied' as const,
      };
      await write((tx) => room.assessment.countRating(tx, payload));
    }
    const again = { number: '17', subdistrictId: 's1', department: { id: 'civil', name: '民政局' } };
    const reopened = { id: newId(), type: 'case.reopened', at, payload: again } as unknown as DomainEvent;
    await write((tx) => room.assessment.observe(tx, reopened));
    const december = new Date('2026-12-02T02:00:00Z');
    const perHead = async () =>
      (await room.assessment.scores(month, 'subdistricts', december)).items[0]!.indicators.find(
        ({ id }) => id === 'reopenedPerTenThousand',
      );
    expect(await perHead()).toMatchObject({ numerator: 1, denominator: 50_000, rate: 0.2, value: 0.98 });
    db.clock.set(december);
    const behind = await room.assessment.evidence(month, 'subdistricts', 's1', 'reopenedPerTenThousand', 10, null);
    expect(behind).toMatchObject({ items: [{ caseNumber: '****', grade: null }], withheld: expect.any(String) });
    const [closed] = await write((tx) => room.periods.close(tx, month, december));
    await db.database.sql('update directory_subdistrict set population = 1000');
    expect(await room.periods.recompute(month)).toMatchObject({ kept: closed!.hash, same: true });
    expect(await room.periods.problems()).toEqual([]);
    expect(await perHead()).toMatchObject({ denominator: 50_000, rate: 0.2 });
  });

  it('is appealed against by the unit, decided by another, with both figures shown and the exclusion listed', async () => {
    await preview();
    const mine = officer();
    const { id, figureBefore } = await room.appeals.file(mine, draft());
    expect(figureBefore).toEqual({ value: 0.8, numerator: 4, denominator: 5, score: 80 });
    await expect(room.appeals.file(officer(), draft())).rejects.toMatchObject({ code: 'assessment.appealOpen' });
    await expect(close()).rejects.toMatchObject({ code: 'assessment.appealsOpen' });
    const decision = { upheld: true, words: '核实不是民政局的事。', takenOut: [await bad()] };
    await expect(room.appeals.decide(officer(), period, id, decision)).rejects.toMatchObject({
      code: 'assessment.ownAppeal',
    });
    const decided = await room.appeals.decide(judge, period, id, decision);
    expect(decided).toMatchObject({
      figureBefore: { numerator: 4, denominator: 5 },
      decision: { upheld: true, figureAfter: { value: 1, numerator: 4, denominator: 4 } },
    });
    await expect(room.appeals.decide(judge, period, id, decision)).rejects.toMatchObject({
      code: 'assessment.appealUnknown',
    });
    expect((await sheet()).exclusions).toEqual([{ ground: 'appeal', count: 1, note: '' }]);
    expect((await room.appeals.list(period, ['civil'], 10, null)).items).toEqual([decided]);
    expect((await room.appeals.list(period, ['other'], 10, null)).items).toEqual([]);
    await close();
    expect(await room.periods.recompute(period)).toMatchObject({ same: true });
    expect((await sheet()).exclusions).toEqual([{ ground: 'appeal', count: 1, note: '' }]);
  });

  it.each([
    ['another unit', {}, officer({ departmentId: 'other' }), 'assessment.notYourUnit'],
    ['a figure it does not have', { indicator: 'beauty' }, officer(), 'assessment.subjectUnknown'],
    ['another direction', { direction: 'subdistricts' }, officer(), 'assessment.notYourUnit'],
  ] as [string, Partial<AppealDraft>, Officer, string][])('takes no appeal of %s', async (_what, more, who, code) => {
    await preview();
    await expect(room.appeals.file(who, draft(more))).rejects.toMatchObject({ code });
  });

  it('takes no appeal before and after it is published for it, and rejects without a change', async () => {
    await expect(room.appeals.file(officer(), draft())).rejects.toMatchObject({ code: 'assessment.appealsClosed' });
    await preview();
    const { id } = await room.appeals.file(officer(), draft());
    const decision = { upheld: false, words: '核实无误。', takenOut: [await bad()] };
    expect((await room.appeals.decide(judge, period, id, decision)).decision!.figureAfter.denominator).toBe(5);
    db.clock.set(later);
    await expect(room.appeals.file(officer(), draft())).rejects.toMatchObject({ code: 'assessment.appealsClosed' });
  });

  it('keeps who filed from deciding in the table itself', async () => {
    await preview();
    const both = officer({ role: 'admin', departmentId: 'civil' });
    const { id } = await room.appeals.file(both, draft());
    const moved = { ...both, departmentId: null };
    const decision = { upheld: true, words: '同意。', takenOut: [] };
    await expect(room.appeals.decide(moved, period, id, decision)).rejects.toMatchObject({
      code: 'assessment.ownAppeal',
    });
  });

  it('bears what is set aside after the closing in the month that runs, with a note', async () => {
    const { ratingId } = await rate('dissatisfied');
    const hash = await close();
    const change = {
      ...{ id: newId(), type: 'rating.excluded', at: later },
      payload: { ratingId, reasonCode: 'appealUpheld', at: later.toISOString() },
    } as unknown as EventOf<'rating.excluded'>;
    await write((tx) => room.assessment.changeRating(tx, change));
    await write((tx) => room.assessment.changeRating(tx, change));
    expect(await sheet()).toMatchObject({ hash, items: [{ sample: 6 }] });
    const next = await room.assessment.scores('2026-09', 'departments', later);
    expect(next.exclusions).toEqual([{ ground: 'correction', count: 1, note: '更正2026-08' }]);
    expect(await room.periods.recompute(period)).toMatchObject({ same: true });
  });

  describe('that somebody would bend', () => {
    it('cannot be closed before it is over, nor with a date of another year', async () => {
      await expect(close(new Date('2026-08-31T15:59:59Z'))).rejects.toMatchObject({ code: 'assessment.periodInvalid' });
      const insert = `insert into assessment_period (period, closed_at, departments, subdistricts)
        values ('2026-08', '2026-08-20T00:00:00Z', '{}', '{}')`;
      await expect(db.database.sql(insert)).rejects.toThrow(/assessment_period_over/);
    });

    it.each([
      ['a score', `departments = jsonb_set(departments, '{items,0,score}', '99')`],
      ['a rank', `subdistricts = jsonb_set(subdistricts, '{items,0,rank}', '3')`],
      ['an input', `inputs = jsonb_set(inputs, '{tallies,departments,0,facts,ratedSatisfied}', '5')`],
      ['the scheme', `scheme_version = '2026-1'`],
      ['the hash', `hash = repeat('0', 64)`],
    ])('is found by verify when %s was edited in SQL', async (_what, set) => {
      await close();
      await db.database.sql(`update assessment_period set ${set}`);
      expect(await room.periods.problems()).toEqual([expect.stringMatching(/2026-08 was altered/)]);
    });

    it('is found by recomputing when base rows were edited', async () => {
      await close();
      await db.database.sql(`update assessment_service_event set grade = 'satisfied'`);
      expect(await room.periods.recompute(period)).toMatchObject({ same: false });
    });
  });

  it('stands in the trend beside the months around it', async () => {
    await close();
    db.clock.set(later);
    const points = await room.assessment.trend('departments', 'civil', 3);
    expect(points.map(({ period: month, status, item }) => [month, status, item?.score])).toEqual([
      ['2026-07', 'open', undefined],
      ['2026-08', 'closed', 80],
      ['2026-09', 'open', undefined],
    ]);
  });

  it('says of every row what it adds, so that all rows of a figure add up to it, whichever it is', async () => {
    let n = 0;
    const tell = (type: string, payload: object): Promise<void> => {
      const number = `2600${(n += 1)}0017`;
      const base = {
        number,
        subdistrictId: 's1',
        department: { id: 'civil', name: '' },
        unit: { id: 'civil', name: '' },
      };
      const event = {
        id: newId(),
        type,
        at: new Date('2026-08-11T02:00:00Z'),
        payload: { ...base, ...payload },
      } as unknown as DomainEvent;
      return write((tx) => room.assessment.observe(tx, event));
    };
    for (const [index, onTime] of [true, true, false, true, false].entries()) {
      await tell('case.accepted', { late: index === 2 });
      await tell('case.closed', { onTime });
      await tell('case.dispatched', { role: 'lead' });
      if (index > 1) await tell('case.signedFor', { role: 'lead', inTime: true });
      await tell('jointCall.rated', { by: 'caller', quality: 0.25 * index, caller: { id: 's1', name: '' } });
    }
    await tell('case.ruled', { upheld: true });
    const { indicators } = (await sheet()).items[0]!;
    expect(indicators.length).toBeGreaterThan(5);
    for (const { id, numerator, denominator } of indicators) {
      const page = await room.assessment.evidence(period, 'departments', 'civil', id, 100, null);
      const sum = (of: 'numerator' | 'denominator'): number => page.items.reduce((all, row) => all + row[of], 0);
      expect([id, sum('numerator'), sum('denominator')]).toEqual([id, numerator, denominator]);
    }
    const onTime = await room.assessment.evidence(period, 'departments', 'civil', 'onTimeRate', 100, null);
    expect(onTime.items.map((row) => row.numerator)).toEqual([1, 1, 0, 1, 0]);
  });

  it('withholds numbers and moments of fewer than three cases, and says why', async () => {
    await db.database.sql(`delete from assessment_service_event where grade = 'satisfied'`);
    const page = await room.assessment.evidence(period, 'departments', 'civil', 'satisfaction', 10, null);
    expect(page.items).toMatchObject([{ caseNumber: '****', at: null, grade: 'veryDissatisfied' }]);
    expect(page.withheld).toContain('不到3件');
  });
});

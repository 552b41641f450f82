import { Test } from '@nestjs/testing';
import { newId } from '@linli/kernel';
import { grades, type Grade } from '@linli/contracts';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { optionSets } from './options';
import { checkAddendum, checkRating, isOpen, type RatingDraft } from './rating';
import { OverdueAlarms1780000060320 } from './overdue-alarms.migration';
import { RatingCare1780000030000 } from './rating-care.migration';
import { Rating1780000005000 } from './rating.migration';
import { RatingModule } from './rating.module';
import { RatingService } from './rating.service';
import { samplePlatform } from './samples.module';
import { positionOf, type RateablePage, type ServiceEvent } from './service-event';

const served = new Date('2026-03-10T02:00:00Z');
const later = (hours: number): Date => new Date(served.getTime() + hours * 3_600_000);
const draft = (more: Partial<RatingDraft> = {}): RatingDraft => ({
  serviceEventId: newId(),
  grade: 'satisfied',
  channel: 'wechatOfficial',
  ...more,
});
const refused = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as { errors: unknown }).errors;
  }
  return 'taken';
};

describe('reasons', () => {
  it.each(grades)('of %s are few, named once, and in words', (grade) => {
    const offered = optionSets.byGrade[grade];
    expect(offered.length).toBeGreaterThan(2);
    expect(new Set(offered.map((option) => option.id)).size).toBe(offered.length);
    expect(offered.every((option) => /^\p{Script=Han}+$/u.test(option.words))).toBe(true);
  });

  it('are kept once, in the order of their set, with its version', () =>
    expect(checkRating(draft({ options: ['clear', 'kind', 'clear'] }))).toMatchObject({
      options: ['kind', 'clear'],
      optionsVersion: optionSets.version,
    }));

  it.each<[Grade, string]>([
    ['verySatisfied', 'waitedLong'],
    ['veryDissatisfied', 'kind'],
    ['fairlySatisfied', 'kind'],
    ['satisfied', '态度好'],
  ])('of another grade are refused for %s: %s', (grade, option) =>
    expect(refused(() => checkRating(draft({ grade, options: [option] })))).toEqual([
      { at: 'options[0]', problem: expect.any(String) },
    ]),
  );
});

describe('words', () => {
  it.each([
    [undefined, null],
    ['  ', null],
    [' 谢谢 ', '谢谢'],
    [`${'好'.repeat(500)} `, '好'.repeat(500)],
  ])('%#: %.9j are kept as %j', (text, kept) =>
    expect(checkRating(draft(text === undefined ? {} : { text })).text).toBe(kept),
  );

  it('are refused when too long, or when an addendum has none', () => {
    expect(refused(() => checkRating(draft({ text: '好'.repeat(501) })))).toMatchObject([{ at: 'text' }]);
    expect(refused(() => checkAddendum('好'.repeat(501)))).toMatchObject([{ at: 'text' }]);
    expect(refused(() => checkAddendum(' \n'))).toMatchObject([{ at: 'text' }]);
    expect(checkAddendum(' 又及 ')).toBe('又及');
  });
});

describe('the time for rating', () => {
  it.each([
    ['2026-06-08T15:59:59Z', true],
    ['2026-06-08T16:00:00Z', false],
  ])('of a service on 10 March (Shanghai): %s %s', (now, open) => {
    expect(isOpen(new Date('2026-03-09T16:00:00Z'), new Date(now))).toBe(open);
    expect(isOpen(new Date('2026-03-10T15:59:59Z'), new Date(now))).toBe(open);
  });
});

describe('a cursor', () => {
  it.each(['', 'x', '1~2', `a~${newId()}`, `1~${newId()}~3`, `1~${newId()}' or true`])('%j is refused', (cursor) =>
    expect(() => positionOf(cursor)).toThrow(expect.objectContaining({ code: 'request.cursorInvalid' })),
  );
});

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  let ratings: RatingService;
  let residentId: string;

  beforeAll(async () => {
    db = await testDatabase({
      rows: [],
      migrations: [Rating1780000005000, RatingCare1780000030000, OverdueAlarms1780000060320],
    });
    const rooms = await Test.createTestingModule({ imports: [samplePlatform(db), RatingModule] }).compile();
    ratings = rooms.get(RatingService);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    residentId = newId();
    db.clock.set(later(1));
    await db.database.sql('truncate rating_service_event, rating_given, rating_addendum, platform_outbox cascade');
  });

  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
  const event = (more: Partial<ServiceEvent> = {}): ServiceEvent => ({
    kind: 'case',
    residentId,
    subject: '高龄津贴申领',
    caseId: newId(),
    caseNumber: '2600000017',
    department: { id: 'civil', name: '区民政局' },
    subdistrictId: 's1',
    officerId: null,
    at: served,
    ...more,
  });
  const open = (more: Partial<ServiceEvent> = {}): Promise<string> =>
    write((tx) => ratings.openServiceEvent(tx, event(more)));
  const rate = (serviceEventId: string, more: Partial<RatingDraft> = {}, now = later(1)): Promise<{ id: string }> =>
    write((tx) => ratings.rate(tx, { residentId }, draft({ serviceEventId, ...more }), now));
  const events = (type: string): Promise<{ payload: unknown; at: Date }[]> =>
    db.database.sql('select payload, at from platform_outbox where type = $1 order by id', [type]);

  it('opens one service event per case and asks for its rating once, also when two open it at once', async () => {
    const one = event({ at: new Date('2026-02-28T16:30:00Z') });
    const ids = await Promise.all([1, 2, 3].map(() => write((tx) => ratings.openServiceEvent(tx, one))));
    expect(new Set(ids).size).toBe(1);
    expect(await events('rating.requested')).toEqual([
      {
        at: one.at,
        payload: {
          officerId: null,
          serviceEventId: ids[0],
          kind: 'case',
          residentId,
          subject: '高龄津贴申领',
          caseNumber: '2600000017',
          department: { id: 'civil', name: '区民政局' },
          subdistrictId: 's1',
          period: '2026-03',
        },
      },
    ]);
  });

  it('rates once, and tells of it without words or names', async () => {
    const id = await open();
    const given = await rate(id, { grade: 'dissatisfied', options: ['rude'], text: '窗口的人很凶' });
    expect(await ratings.ofServiceEvent(id, residentId)).toEqual({
      id: given.id,
      grade: 'dissatisfied',
      at: later(1),
    });
    expect(await ratings.ofServiceEvent(id, newId())).toBeNull();
    expect(await events('rating.given')).toEqual([
      {
        at: later(1),
        payload: {
          officerId: null,
          ratingId: given.id,
          serviceEventId: id,
          grade: 'dissatisfied',
          department: { id: 'civil', name: '区民政局' },
          subdistrictId: 's1',
          caseNumber: '2600000017',
          period: '2026-03',
          at: later(1).toISOString(),
        },
      },
    ]);
    await expect(rate(id, { grade: 'verySatisfied' })).rejects.toMatchObject({ code: 'rating.alreadyGiven' });
    expect(await ratings.checkIntegrity()).toEqual([]);
  });

  it('lets one of two ratings at the same moment win, and refuses the other', async () => {
    const id = await open();
    const barrier = { waiting: 0, open: (): void => undefined };
    const together = new Promise<void>((resolve) => (barrier.open = resolve));
    const one = (grade: Grade): Promise<unknown> =>
      write(async (tx) => {
        await tx.sql('select 1');
        if ((barrier.waiting += 1) === 2) barrier.open();
        await together;
        return ratings.rate(tx, { residentId }, draft({ serviceEventId: id, grade }), later(1));
      });
    const both = await Promise.allSettled([one('verySatisfied'), one('veryDissatisfied')]);
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = both.find((result) => result.status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ code: 'rating.alreadyGiven' });
    expect(await events('rating.given')).toHaveLength(1);
  });

  it('waits for a rating under way and refuses the second when the first stands, takes it when the first is undone', async () => {
    for (const [undone, outcome] of [
      [false, 'rating.alreadyGiven'],
      [true, 'taken'],
    ] as const) {
      const id = await open();
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      let rated: () => void = () => undefined;
      const underWay = new Promise<void>((resolve) => (rated = resolve));
      const first = write(async (tx) => {
        await ratings.rate(tx, { residentId }, draft({ serviceEventId: id }), later(1));
        rated();
        await ended;
        if (undone) throw new Error('undone');
      }).catch(() => undefined);
      await underWay;
      const second = rate(id).then(
        () => 'taken',
        (error: unknown) => (error as { code: string }).code,
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      end();
      await first;
      expect(await second).toBe(outcome);
    }
  });

  it('knows no service of somebody else, and none that is no id', async () => {
    const foreign = await open({ residentId: newId() });
    for (const id of [foreign, newId(), 'x']) await expect(rate(id)).rejects.toMatchObject({ code: 'rating.notFound' });
    expect(await ratings.ofServiceEvent('x', residentId)).toBeNull();
  });

  it('closes after ninety days', async () => {
    const id = await open();
    await expect(rate(id, {}, new Date('2026-06-08T16:00:00Z'))).rejects.toMatchObject({ code: 'rating.notOpen' });
    await rate(id, {}, new Date('2026-06-08T15:59:59Z'));
    await expect(rate(id, {}, new Date('2027-01-01T00:00:00Z'))).rejects.toMatchObject({ code: 'rating.alreadyGiven' });
  });

  it('lists what awaits a rating, newest last, page by page', async () => {
    const opened: { hours: number; id: string }[] = [];
    for (const hours of [5, 1, 3, 3, 2, 4]) opened.push({ hours, id: await open({ at: later(hours) }) });
    const expected = opened.sort((one, other) => one.hours - other.hours).map(({ id }) => id);
    await open({ residentId: newId() });
    await rate(await open({ at: later(1) }));
    const seen: string[] = [];
    let page: RateablePage = { items: [], nextCursor: null };
    do {
      page = await ratings.rateable(residentId, 3, page.nextCursor);
      seen.push(...page.items.map((item) => item.id));
    } while (page.nextCursor !== null);
    expect(seen).toEqual(expected);
    expect(page.items[2]).toEqual({
      id: expected[5],
      kind: 'case',
      subject: '高龄津贴申领',
      caseNumber: '2600000017',
      at: later(5),
    });
    db.clock.set(new Date('2026-06-08T16:00:00Z'));
    expect((await ratings.rateable(residentId, 10, null)).items).toEqual([]);
  });

  it('takes one addendum, from whoever rated', async () => {
    const serviceEventId = await open();
    const by = { residentId };
    const add = (work: (tx: Tx) => Promise<{ id: string; at: Date }>): Promise<{ id: string; at: Date }> => write(work);
    await expect(add((tx) => ratings.addendumByEvent(tx, serviceEventId, by, '早', later(2)))).rejects.toMatchObject({
      code: 'rating.notFound',
    });
    const { id } = await rate(serviceEventId);
    for (const [ratingId, who] of [
      [id, { residentId: newId() }],
      [newId(), by],
      ['x', by],
    ] as const)
      await expect(add((tx) => ratings.addendum(tx, ratingId, who, '又及', later(2)))).rejects.toMatchObject({
        code: 'rating.notFound',
      });
    const both = await Promise.allSettled([
      add((tx) => ratings.addendum(tx, id, by, '又及', later(2))),
      add((tx) => ratings.addendumByEvent(tx, serviceEventId, by, '又及', later(2))),
    ]);
    expect(both.filter((result) => result.status === 'fulfilled')).toMatchObject([{ value: { at: later(2) } }]);
    expect(both.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { code: 'rating.addendumGiven' },
    });
  });

  it('keeps nothing readable of what was written', async () => {
    const serviceEventId = await open();
    const { id } = await rate(serviceEventId, { text: '窗口的人很凶' });
    await write((tx) => ratings.addendum(tx, id, { residentId }, '后来道歉了', later(2)));
    const rows = await db.database.sql<{ text: Buffer }>(
      'select text from rating_given union all select text from rating_addendum',
    );
    expect(rows).toHaveLength(2);
    for (const { text } of rows) expect(text.toString('utf8')).not.toMatch(/窗口|道歉/);
    expect(db.cipher.open('rating.text', id, rows[0]!.text)).toBe('窗口的人很凶');
  });

  it('has no default: a rating cannot be stored without a source, nor with an invented one', async () => {
    const serviceEventId = await open();
    const insert = (source: string): Promise<unknown> =>
      db.database.sql(
        `insert into rating_given (id, service_event_id, resident_id, grade, options, options_version, anonymous, channel, via, source, at)
         values ($1, $2, $3, 'verySatisfied', '{}', '', true, 'api', 'miniProgram', ${source}, $4)`,
        [newId(), serviceEventId, residentId, served],
      );
    await expect(insert('default')).rejects.toMatchObject({ code: '23502' });
    await expect(insert(`'system'`)).rejects.toMatchObject({ code: '23514' });
  });

  it.each([
    ['update rating_given set source = $$callbackProxy$$', 'ratings that no resident gave'],
    ['update rating_given set resident_id = gen_random_uuid()', 'ratings by someone the service was not for'],
    [`update rating_given set at = at - interval '1 day'`, 'ratings older than their service'],
    ['update rating_service_event set rated_at = null', 'services whose mark does not agree with their rating'],
    [`update rating_service_event set period = '2026-04'`, 'services counted in a month that is not theirs'],
    ['delete from rating_service_event', 'ratings without a service event'],
    ['delete from rating_given', 'addenda without a rating'],
  ])('finds what "%s" leaves behind', async (damage, finding) => {
    const { id } = await rate(await open());
    await write((tx) => ratings.addendum(tx, id, { residentId }, '又及', later(2)));
    await write(async (tx) => {
      await tx.sql('set local session_replication_role = replica');
      await tx.sql(damage);
    });
    expect(await ratings.checkIntegrity()).toContainEqual(
      expect.stringMatching(`^1 ${finding}, such as [0-9a-f-]{36}$`),
    );
  });

  it('lists from the index of what awaits, whatever was rated before', async () => {
    await db.database.sql(
      `insert into rating_service_event (id, kind, case_id, case_number, resident_id, subject, department_id,
         department_name, subdistrict_id, period, at, rated_at)
       select gen_random_uuid(), 'case', gen_random_uuid(), '', $1, '', '', '', '', '2026-03', $2, $2
       from generate_series(1, 20000)`,
      [residentId, served],
    );
    await db.database.sql('analyze rating_service_event');
    const plan = await db.database.sql<{ 'QUERY PLAN': string }>(
      `explain select id from rating_service_event where resident_id = '${residentId}' and rated_at is null
         and at >= '2026-01-01' and (at, id) > ('2026-01-01', '${newId()}') order by at, id limit 20`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index.*rating_service_event_awaiting/);
  });
});

import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { localDate, type LocalDate } from '@linli/kernel';
import { Database, dataSourceOptions, loadCalendar, type Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { CaseCourse } from '../case-course.service';
import { CaseService } from '../case.service';
import { report } from '../samples';
import { sampleDistrict, sampleOfficer, sampleResident } from '../samples.module';
import { CaseworkIntegrityStore } from './casework-integrity.store';
import { DailySheets } from './daily-sheet.service';
import { DeadlineWatch } from './deadline-watch.service';
import { readLimits } from './limits';
import { manyCases, sampleRoom, sampleSchema } from './samples.module';
import { Supervising } from './supervising.service';
import { alertRanges } from './watch';

const at = (text: string): Date => new Date(`${text}+08:00`);
const supervisor = sampleOfficer('supervisor');
const urban = sampleOfficer('department', { departmentId: 'urban' });
const centre = sampleOfficer('dispatcher');
const workers = 4;
/** 100,000 when measured; few enough to run on every change. */
const cases = Number(process.env['LINLI_WATCH_CASES'] ?? 2_000);

let db: TestDatabase;
let rooms: TestingModule[];
let sources: DataSource[];
let room: TestingModule;
let resident: string;
const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);

beforeAll(async () => {
  db = await testDatabase(sampleSchema);
  room = await sampleRoom(db);
  sources = await Promise.all(
    Array.from({ length: workers }, () => new DataSource(dataSourceOptions(db.url, sampleSchema, 2)).initialize()),
  );
  rooms = await Promise.all(sources.map((source) => sampleRoom({ ...db, database: new Database(source) })));
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, at('2026-03-10T09:00')));
});
afterAll(async () => {
  await Promise.all(sources.map((source) => source.destroy()));
  await db.close();
});

const filed = async (when: string): Promise<string> => {
  const { number } = await transact((tx) =>
    room.get(CaseService).submit(tx, report({ residentId: resident }), at(when)),
  );
  await transact((tx) => room.get(CaseService).accept(tx, number, centre, at(when)));
  return number;
};
const alerts = (number: string): Promise<{ level: string; due_on: string }[]> =>
  db.database.sql(
    `select a.level, a.due_on from casework_alert a join casework_case c on c.id = a.case_id
     where c.number = $1 order by a.due_on, a.fired_at, a.level`,
    [number],
  );
const levels = async (number: string): Promise<string[]> => (await alerts(number)).map((one) => one.level);

describe('limits', () => {
  const good = {
    jointCalls: Object.fromEntries(
      ['emergency', 'major', 'daily'].map((name) => [name, { answerHours: 1, arrival: { amount: 2, unit: 'hour' } }]),
    ),
    watch: { dueSoonWorkingDays: 3, escalateAfterWorkingDays: 5 },
    supervision: { answerWorkingDays: 3 },
    workQueue: { leaseMinutes: 10, priorityDays: 3 },
  };

  it.each([
    [{ ...good, supervision: { answerWorkingDays: 0 } }, 'supervision.answerWorkingDays'],
    [{ ...good, jointCalls: { ...good.jointCalls, daily: undefined } }, 'jointCalls.daily'],
    [{ ...good, watch: { dueSoonWorkingDays: 3 } }, 'watch.escalateAfterWorkingDays'],
    [
      { ...good, requests: { classes: { complex: { signHours: 24, answer: { days: 0, unit: 'naturalDay' } } } } },
      'answer.days',
    ],
    [{ ...good, review: { silenceAccepts: 'none' } }, 'review.silenceAccepts'],
    [{ ...good, requests: { classes: {}, byCategory: { 噪声: 'soon' } } }, 'requests.byCategory.噪声'],
    [{ ...good, workQueue: { leaseMinutes: '10', priorityDays: 3 } }, 'workQueue.leaseMinutes'],
  ])('that are wrong stop the start with a sentence', (json, place) => {
    expect(() => readLimits(json)).toThrow(place);
    expect(readLimits(good).workQueue.leaseMinutes).toBe(10);
    expect(readLimits(good).review.silenceAccepts).toBe('licences');
    expect(readLimits(good).requests.classes.ordinary.answer).toEqual({ days: 5, unit: 'workingDay' });
  });

  it('escalate after so many working days, the spring festival not counted', () => {
    const calendar = loadCalendar();
    const on = '2026-02-26' as LocalDate;
    const [escalated] = alertRanges(on, { dueSoonWorkingDays: 3, escalateAfterWorkingDays: 5 }, calendar);
    expect(calendar.workingDaysBetween(escalated?.to ?? on, on)).toBe(6);
    expect((escalated?.to ?? '') < '2026-02-15').toBe(true);
  });
});

describe('the watch over dates', () => {
  const watch = (when: string): Promise<number> => room.get(DeadlineWatch).run(at(when));

  it('says soon, overdue and escalated once each, orders by itself, and begins anew with a new date', async () => {
    const number = await filed('2026-03-10T09:00');
    const { dueOn } = await room.get(CaseService).forOfficer(number, centre);
    expect(dueOn).toBe('2026-03-17');
    await watch('2026-03-11T09:00');
    expect(await levels(number)).toEqual([]);
    await watch('2026-03-13T09:00');
    await watch('2026-03-13T09:01');
    expect(await levels(number)).toEqual(['dueSoon']);
    await transact((tx) =>
      room.get(CaseCourse).extend(tx, number, supervisor, { days: 2, reason: '等配件' }, at('2026-03-13T10:00')),
    );
    await watch('2026-03-18T09:00');
    expect(await alerts(number)).toEqual([
      { level: 'dueSoon', due_on: '2026-03-17' },
      { level: 'dueSoon', due_on: '2026-03-19' },
    ]);
    await watch('2026-03-20T09:00');
    await watch('2026-03-27T09:00');
    await watch('2026-03-28T09:00');
    await watch('2026-03-31T09:00');
    expect((await levels(number)).slice(2)).toEqual(['overdue', 'escalated']);
    const [order] = await room.get(Supervising).of(number, supervisor);
    expect(order).toMatchObject({ automatic: true, reason: null, answerBy: '2026-04-01', unit: { id: 'urban' } });
    await watch('2026-04-03T09:00');
    expect((await room.get(Supervising).of(number, supervisor))[0]?.state).toBe('overdue');
    const events = await db.database.sql<{ type: string; total: number }>(
      `select type, count(*)::int as total from platform_outbox where payload->>'number' = $1
         or payload->>'caseNumber' = $1 group by type order by type`,
      [number],
    );
    expect(events).toEqual(
      expect.arrayContaining([
        { type: 'case.dueSoon', total: 2 },
        { type: 'case.escalated', total: 1 },
        { type: 'case.overdue', total: 1 },
        { type: 'supervision.ordered', total: 1 },
        { type: 'supervision.overdue', total: 1 },
      ]),
    );
  });

  it('leaves alone what stands still or is closed', async () => {
    const number = await filed('2026-05-11T09:00');
    await transact((tx) =>
      room
        .get(CaseCourse)
        .suspend(tx, number, centre, { kind: 'inspection', reason: '检测中' }, at('2026-05-12T09:00')),
    );
    await watch('2026-06-30T09:00');
    expect(await levels(number)).toEqual([]);
  });

  it(`of ${workers} workers at once over ${cases} cases fires each once`, async () => {
    await transact((tx) => manyCases(tx, { count: cases, residentId: resident, dueFrom: '2026-08-01', days: 40 }));
    const now = at('2026-08-31T09:00');
    await db.database.sql('analyze casework_case');
    const began = performance.now();
    const fired = await Promise.all(rooms.map((one) => one.get(DeadlineWatch).run(now, 1000)));
    const again = await room.get(DeadlineWatch).run(now);
    const seconds = (performance.now() - began) / 1000;
    expect(again).toBe(0);
    const [row] = await db.database.sql<{ alerts: number; events: number }>(
      `select (select count(*) from casework_alert where fired_at = $1)::int as alerts,
         (select count(*) from platform_outbox where at = $1 and type like 'case.%')::int as events`,
      [now],
    );
    expect(row?.alerts).toBe(fired.reduce((sum, one) => sum + one, 0));
    expect(row?.events).toBe(row?.alerts);
    const missed = await db.database.sql(
      `select 1 from casework_case c where c.is_open and c.state = 'accepted' and c.due_on < $1
       and not exists (select 1 from casework_alert a where a.case_id = c.id and a.level = 'overdue') limit 1`,
      [localDate(now)],
    );
    expect(missed).toEqual([]);
    expect({ cases, fired, within30s: seconds < 30 }).toMatchObject({ within30s: true });
  }, 120_000);
});

describe('supervision', () => {
  it('is answered once by the unit, one order at a time, and shows on the daily sheet', async () => {
    const number = await filed('2026-03-10T09:00');
    const supervising = room.get(Supervising);
    const order = await transact((tx) =>
      supervising.order(tx, number, supervisor, { reason: '居民多次反映' }, at('2026-03-10T11:00')),
    );
    expect(order).toMatchObject({ answerBy: '2026-03-13', state: 'open', reason: '居民多次反映' });
    await expect(
      transact((tx) => supervising.order(tx, number, supervisor, { reason: '再来' }, at('2026-03-10T12:00'))),
    ).rejects.toMatchObject({ code: 'supervision.alreadyOpen' });
    const sheet = await room.get(DailySheets).of(urban, at('2026-03-17T09:00'));
    expect(sheet.supervision.items.map((one) => one.number)).toContain(number);
    expect(sheet.dueToday.items.map((one) => one.number)).toContain(number);
    const answer = (words: string): Promise<unknown> =>
      transact((tx) => supervising.answer(tx, number, order.orderId, urban, words, at('2026-03-13T18:00')));
    const both = await Promise.allSettled([answer('已约谈施工方'), answer('已约谈施工方')]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await supervising.of(number, supervisor))[0]).toMatchObject({ state: 'answered', inTime: true });
    const civil = sampleOfficer('department', { departmentId: 'civil' });
    expect((await supervising.list(civil, 'answered', 10, null)).items).toEqual([]);
    expect((await supervising.list(urban, 'answered', 10, null)).items).toHaveLength(1);
  });

  it('a resident reminds once a day, however often they press', async () => {
    const number = await filed('2026-03-10T09:00');
    const remind = (when: string): Promise<void> =>
      transact((tx) => room.get(Supervising).remind(tx, number, resident, at(when)));
    const pressed = await Promise.allSettled([1, 2, 3].map(() => remind('2026-03-11T09:00')));
    expect(pressed.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await expect(remind('2026-03-11T23:59')).rejects.toMatchObject({ code: 'case.remindedToday' });
    await remind('2026-03-12T00:00');
    expect(await room.get(CaseworkIntegrityStore).problems()).toEqual([]);
  });
});

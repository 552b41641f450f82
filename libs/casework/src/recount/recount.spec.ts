import { Test } from '@nestjs/testing';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { readCalendarYear } from '@linli/kernel';
import {
  CALENDAR,
  CalendarYears,
  CalendarYears1780000113200,
  loadCalendar,
  type LiveCalendar,
  type Tx,
} from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { CaseCourse } from '../case-course.service';
import type { CaseDetail } from '../case-view';
import { CaseService } from '../case.service';
import { Casework1780000004000 } from '../casework.migration';
import { CaseworkModule } from '../casework.module';
import { CaseCourse1780000020000 } from '../course.migration';
import { Counter1780000027000 } from '../counter/counter.migration';
import { Dispatch1780000021000 } from '../dispatch/dispatch.migration';
import { application, report } from '../samples';
import { sampleDistrict, sampleOfficer, samplePlatform, sampleResident } from '../samples.module';
import { WorkPile1780000072200 } from '../work-queue/work-pile.migration';
import { WorkQueue1780000024000 } from '../work-queue/work-queue.migration';
import { Provisional1780000113300 } from './provisional.migration';
import { coverageAlarm } from './recount';
import { Recount } from './recount.service';

const at = (text: string): Date => new Date(`${text}+08:00`);
const centre = sampleOfficer('dispatcher');
/** A notice as it might come out: five days off at New Year, and the Saturday after worked in exchange. */
const year2027 = {
  year: 2027,
  notice: '国务院办公厅关于2027年部分节假日安排的通知（样例）',
  holidays: [
    { name: '元旦', from: '2027-01-01', to: '2027-01-05' },
    { name: '春节', from: '2027-02-05', to: '2027-02-12' },
    { name: '清明节', from: '2027-04-03', to: '2027-04-05' },
    { name: '劳动节', from: '2027-05-01', to: '2027-05-05' },
    { name: '端午节', from: '2027-06-09', to: '2027-06-11' },
    { name: '中秋节', from: '2027-09-15', to: '2027-09-17' },
    { name: '国庆节', from: '2027-10-01', to: '2027-10-07' },
  ],
  makeUpDays: ['2027-01-09'],
};

let db: TestDatabase;
let cases: CaseService;
let course: CaseCourse;
let recount: Recount;
let calendar: LiveCalendar;
let resident: string;

const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
const submit = (draft: Parameters<CaseService['submit']>[1], now: Date): Promise<CaseDetail> =>
  transact((tx) => cases.submit(tx, draft, now));
const accept = (number: string, now: Date): Promise<CaseDetail> =>
  transact((tx) => cases.accept(tx, number, centre, now));

beforeAll(async () => {
  db = await testDatabase({
    rows: directoryRows,
    migrations: [
      ...[Directory1780000001000, Casework1780000004000, CaseCourse1780000020000, Dispatch1780000021000],
      ...[WorkQueue1780000024000, WorkPile1780000072200, Counter1780000027000],
      ...[Provisional1780000113300, CalendarYears1780000113200],
    ],
  });
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  cases = module.get(CaseService);
  course = module.get(CaseCourse);
  recount = module.get(Recount);
  calendar = module.get(CALENDAR);
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, at('2026-12-01T09:00')));
});
afterAll(() => db.close());

describe('dates in a year whose notice is not out', () => {
  it('are provisional, and counted anew once it is imported, by one process each, told where they move', async () => {
    const within = await submit(report({ residentId: resident }), at('2026-12-01T09:00'));
    const filed = await submit(report({ residentId: resident }), at('2026-12-28T09:00'));
    const running = await submit(report({ residentId: resident }), at('2026-12-28T10:00'));
    const noticed = await submit(application({ residentId: resident }), at('2026-12-28T09:00'));
    const waiting = { missing: ['户口簿'], reason: '没有带' };
    await transact((tx) => cases.requestCorrection(tx, noticed.number, centre, waiting, at('2026-12-28T10:00')));
    // Five working days from 28 December: 4 January is one of them, as long as nobody knows better.
    expect(await accept(running.number, at('2026-12-28T11:00'))).toMatchObject({
      ...{ dueOn: '2027-01-05', provisional: true },
    });
    expect(filed).toMatchObject({ acceptOn: '2027-01-05', provisional: true });
    expect(within).toMatchObject({ provisional: false });
    const now = at('2026-12-29T09:00');
    expect(await recount.run(now)).toBe(0);

    const read = readCalendarYear(year2027);
    if (!read.ok) throw new Error(read.problems.join());
    const years = new CalendarYears(db.database, calendar);
    await transact((tx) => years.import(tx, read.year, now));
    // Another process reads it from the table.
    const elsewhere = loadCalendar();
    await new CalendarYears(db.database, elsewhere).refresh();
    expect([calendar.coveredUntil, elsewhere.coveredUntil]).toEqual(['2026-12-31', '2027-12-31']);
    await years.refresh();
    const changed = await Promise.all([recount.run(now), recount.run(now, 1), recount.run(now, 1)]);
    expect(changed.reduce((sum, one) => sum + one, 0)).toBe(3);

    expect(await cases.forOfficer(running.number, centre)).toMatchObject({ dueOn: '2027-01-07', provisional: false });
    const seen = await cases.forResident(running.number, resident);
    expect(seen.timeline.at(-1)).toMatchObject({
      what: 'recounted',
      words: '放假安排公布了，您的诉求最晚办结的日子改为2027年1月7日。',
    });
    expect(seen.dueOn).toBe('2027-01-07');
    expect(await cases.forOfficer(filed.number, centre)).toMatchObject({ acceptOn: '2027-01-07', provisional: false });
    // What was told stays: the last day for the answer is that of the notice.
    const { notice } = await cases.forOfficer(noticed.number, centre);
    expect(notice?.answerBy).toBe('2027-01-19');
    const told = await db.database.sql<{ n: number }>(
      `select count(*)::int as n from platform_outbox where type = 'case.recounted' and (payload->>'dueChanged')::boolean`,
    );
    // Of the noticed one only the last day by the law moves.
    expect(told[0]?.n).toBe(2);
    expect(await recount.run(now)).toBe(0);
    expect((await cases.forOfficer(within.number, centre)).timeline).toHaveLength(1);
  });

  it.each([
    ['2026-10-01', null],
    ['2026-11-02', /只到2026年12月31日。2027年的安排还没有导入/],
    ['2027-01-02', /2027年的安排还没有导入/],
  ] as const)('are alarmed ahead: on %s', (today, said) => {
    const alarm = coverageAlarm(today as never, loadCalendar());
    if (said === null) expect(alarm).toBeNull();
    else expect(alarm).toMatch(said);
  });
});

describe('a case taken up again', () => {
  it('keeps the days it was given when its clock stands and runs again', async () => {
    const { number } = await submit(report({ residentId: resident }), at('2026-03-02T09:00'));
    await accept(number, at('2026-03-02T10:00'));
    const closing = { outcome: 'resolved', publicReply: '清走了', evidence: ['照片'] } as const;
    await transact((tx) => cases.close(tx, number, centre, closing, at('2026-03-09T09:00')));
    const again = await transact((tx) =>
      course.reopenByResident(tx, number, resident, '又堆上了', at('2026-03-16T09:00')),
    );
    expect(again.dueOn).toBe('2026-03-23');
    const stop = { kind: 'other', reason: '等施工单位回来' } as const;
    await transact((tx) => course.suspend(tx, number, centre, stop, at('2026-03-17T09:00')));
    const resumed = await transact((tx) => course.resume(tx, number, centre, at('2026-03-19T09:00')));
    // One day was spent, two stood still.
    expect(resumed.dueOn).toBe('2026-03-25');
  });
});

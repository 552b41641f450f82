import { Test } from '@nestjs/testing';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { Tx } from '@linli/platform';
import type { CaseDetail } from '../case-view';
import { CaseService } from '../case.service';
import { Casework1780000004000 } from '../casework.migration';
import { CaseworkModule } from '../casework.module';
import { CaseCourse1780000020000 } from '../course.migration';
import { Counter1780000027000 } from '../counter/counter.migration';
import { Dispatch1780000021000 } from '../dispatch/dispatch.migration';
import { application, guide, item, report } from '../samples';
import { sampleDistrict, sampleOfficer, samplePlatform, sampleResident } from '../samples.module';
import { WorkPile1780000072200 } from '../work-queue/work-pile.migration';
import { WorkQueue1780000024000 } from '../work-queue/work-queue.migration';
import { Closures } from './closures.service';
import type { FollowUp } from './follow-up';

const at = (text: string): Date => new Date(`${text}+08:00`);
const clerk = sampleOfficer('clerk', { subdistrictId: 's1' });
const caller = sampleOfficer('dispatcher', { subdistrictId: 's1' });
const closing = { outcome: 'resolved', publicReply: '已经换上新灯', evidence: ['现场照片'] } as const;
const granted = { outcome: 'granted', publicReply: '证已经打好', evidence: ['签收单'] } as const;

let db: TestDatabase;
let cases: CaseService;
let closures: Closures;
let resident: string;

const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
async function closed(): Promise<string> {
  const { number } = await transact((tx) => cases.submit(tx, report({ residentId: resident }), at('2026-03-10T09:00')));
  await transact((tx) => cases.accept(tx, number, clerk, at('2026-03-10T10:00')));
  await transact((tx) => cases.close(tx, number, clerk, closing, at('2026-03-11T10:00')));
  return number;
}
const call = (number: string, given: FollowUp, officer = caller): Promise<CaseDetail> =>
  transact((tx) => closures.followUp(tx, number, officer, given, at('2026-03-12T10:00')));
const events = (number: string): Promise<{ type: string; closedBy: string | null; solved: string | null }[]> =>
  db.database.sql(
    `select type, payload->>'closedBy' as "closedBy", payload->>'solved' as solved from platform_outbox
     where payload->>'number' = $1 order by at, id`,
    [number],
  );

beforeAll(async () => {
  db = await testDatabase({
    rows: directoryRows,
    migrations: [
      ...[Directory1780000001000, Casework1780000004000, CaseCourse1780000020000, Dispatch1780000021000],
      ...[WorkQueue1780000024000, WorkPile1780000072200, Counter1780000027000],
    ],
  });
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  cases = module.get(CaseService);
  closures = module.get(Closures);
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, at('2026-03-10T09:00')));
});
afterAll(() => db.close());

describe('a call after closure', () => {
  it('that finds it solved is noted, and the case stays closed as it was', async () => {
    const number = await closed();
    await call(number, { reached: false, words: '电话没人接' });
    const seen = await call(number, { reached: true, solved: true, words: '灯亮了，很满意' });
    expect(seen).toMatchObject({ state: 'closed', publicReply: closing.publicReply, evidence: closing.evidence });
    expect((await cases.forResident(number, resident)).timeline.slice(-2).map((step) => step.words)).toEqual([
      '我们打电话回访，没有联系上您。',
      '我们打电话回访，您说问题已经解决。',
    ]);
    expect((await events(number)).slice(-2)).toMatchObject([
      { type: 'case.followedUp', solved: null },
      { type: 'case.followedUp', solved: 'true' },
    ]);
  });

  it('that finds it not solved takes it up again, against whoever closed it', async () => {
    const number = await closed();
    const seen = await call(number, { reached: true, solved: false, words: '昨晚又灭了' });
    expect(seen).toMatchObject({ state: 'inHandling', dueOn: '2026-03-19', reopenedOn: ['2026-03-12'] });
    expect(seen.timeline.at(-1)?.words).toContain('您反映问题没有解决');
    expect((await events(number)).at(-1)).toMatchObject({ type: 'case.reopened', closedBy: clerk.id });
  });

  it.each([
    ['by whoever closed it', { reached: true, solved: true, words: '好了' }, clerk, 'case.ownFollowUp'],
    ['that does not say what was found', { reached: true, words: '好了' }, caller, 'case.invalid'],
    ['without words', { reached: false, words: ' ' }, caller, 'case.invalid'],
  ] as const)('%s is refused', async (_what, given, officer, code) => {
    const number = await closed();
    await expect(call(number, given, officer)).rejects.toMatchObject({ code });
  });
});

describe('what is done at once', () => {
  const immediate = {
    ...item,
    versionId: '01980000-0000-7000-8000-000000000009',
    guide: { ...guide, handling: 'immediate', committedLimit: { days: 0, unit: 'workingDay' } },
  } as const;
  const filed = async (entry: typeof item | typeof immediate): Promise<string> => {
    const draft = application({ residentId: resident, entry });
    return (await transact((tx) => cases.submit(tx, draft, at('2026-03-10T09:00')))).number;
  };
  const finish = (number: string): Promise<CaseDetail> =>
    transact((tx) => closures.finishAtOnce(tx, number, clerk, granted, at('2026-03-10T09:10')));

  it('is accepted and closed in one act, each step kept', async () => {
    const number = await filed(immediate);
    expect(await finish(number)).toMatchObject({ state: 'closed', onTime: true, dueOn: '2026-03-10' });
    const { timeline } = await cases.forOfficer(number, clerk);
    expect(timeline.map((step) => step.what)).toEqual(['submitted', 'accepted', 'closed']);
    expect((await events(number)).map((one) => one.type)).toEqual(['case.submitted', 'case.accepted', 'case.closed']);
    await expect(finish(number)).rejects.toMatchObject({ code: 'case.closed' });
  });

  it('is nothing whose guide promises days', async () => {
    const number = await filed(item);
    await expect(finish(number)).rejects.toMatchObject({ code: 'case.notImmediate' });
    expect(await cases.forOfficer(number, clerk)).toMatchObject({ state: 'submitted' });
  });
});

import { Test } from '@nestjs/testing';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { Tx } from '@linli/platform';
import { CaseCourse } from './case-course.service';
import { CaseService } from './case.service';
import type { CaseDetail } from './case-view';
import { Casework1780000004000 } from './casework.migration';
import { CaseworkModule } from './casework.module';
import { CaseCourse1780000020000 } from './course.migration';
import { Counter1780000027000 } from './counter/counter.migration';
import { Dispatch1780000021000 } from './dispatch/dispatch.migration';
import { application, guide, item } from './samples';
import { sampleDistrict, sampleFile, sampleOfficer, samplePlatform, sampleResident } from './samples.module';
import { WorkQueue1780000024000 } from './work-queue/work-queue.migration';
import { WorkPile1780000072200 } from './work-queue/work-pile.migration';

const at = (text: string): Date => new Date(`${text}+08:00`);
const filedAt = at('2026-03-10T10:00');
const clerk = sampleOfficer('clerk');
const chief = sampleOfficer('supervisor');
const closing = { outcome: 'granted', publicReply: '办好了', evidence: ['签收单'] } as const;

let db: TestDatabase;
let cases: CaseService;
let course: CaseCourse;
let resident: string;

const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
const filed = (): Promise<CaseDetail> =>
  transact((tx) => cases.submit(tx, application({ residentId: resident }), filedAt));

async function accepted(): Promise<string> {
  const { number } = await filed();
  await transact((tx) => cases.accept(tx, number, clerk, at('2026-03-11T10:00')));
  return number;
}

beforeAll(async () => {
  db = await testDatabase({
    rows: directoryRows,
    migrations: [
      Directory1780000001000,
      Casework1780000004000,
      CaseCourse1780000020000,
      Dispatch1780000021000,
      WorkQueue1780000024000,
      WorkPile1780000072200,
      Counter1780000027000,
    ],
  });
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  cases = module.get(CaseService);
  course = module.get(CaseCourse);
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, filedAt));
});
afterAll(() => db.close());

describe('between acceptance and closure', () => {
  it('the clock stands for a special procedure, is extended once, and the decision ends it', async () => {
    const number = await accepted();
    const stop = { kind: 'hearing', reason: '要开听证会' } as const;
    const stood = await transact((tx) => course.suspend(tx, number, clerk, stop, at('2026-03-13T10:00')));
    expect(stood).toMatchObject({ state: 'suspended', stops: [{ kind: 'hearing', from: '2026-03-13', to: null }] });
    const again = await transact((tx) => course.resume(tx, number, clerk, at('2026-03-20T10:00')));
    // Seven working days, two of them spent; five are left after the 20th.
    expect(again).toMatchObject({ state: 'inHandling', dueOn: '2026-03-27' });

    const wish = { days: 3, reason: '要到外地核对' };
    const asked = await transact((tx) => course.extend(tx, number, clerk, wish, at('2026-03-23T10:00')));
    expect(asked).toMatchObject({ dueOn: '2026-03-27', extension: { days: 3, granted: false } });
    await expect(
      transact((tx) => course.extend(tx, number, clerk, wish, at('2026-03-23T11:00'))),
    ).rejects.toMatchObject({ code: 'case.extensionAsked' });
    const granted = await transact((tx) => course.extend(tx, number, chief, wish, at('2026-03-24T10:00')));
    expect(granted).toMatchObject({ dueOn: '2026-04-01', extension: { days: 3, granted: true } });
    await expect(
      transact((tx) => course.extend(tx, number, chief, wish, at('2026-03-24T11:00'))),
    ).rejects.toMatchObject({ code: 'case.alreadyExtended' });

    await transact((tx) => course.decide(tx, number, clerk, 'granted', at('2026-04-01T10:00')));
    await transact((tx) => course.deliver(tx, number, clerk, 'post', at('2026-04-03T10:00')));
    await expect(
      transact((tx) => cases.close(tx, number, clerk, { ...closing, outcome: 'refused' }, at('2026-04-03T11:00'))),
    ).rejects.toMatchObject({ code: 'case.invalid' });
    const closed = await transact((tx) => cases.close(tx, number, clerk, closing, at('2026-04-08T10:00')));
    expect(closed).toMatchObject({ state: 'closed', onTime: true, delivery: { way: 'post' } });
    expect(closed.timeline.map((step) => step.what)).toEqual([
      ...['submitted', 'accepted', 'suspended', 'resumed', 'extensionAsked', 'extended'],
      ...['decided', 'delivered', 'closed'],
    ]);
    expect(await cases.checkIntegrity()).toEqual([]);
  });

  it('a declined case says why and where to go, and ends', async () => {
    const { number } = await filed();
    const given = { reason: '不归街道办理', authority: '区社保局' };
    await transact((tx) => course.decline(tx, number, clerk, given, at('2026-03-11T10:00')));
    expect(await cases.forResident(number, resident)).toMatchObject({
      state: 'declined',
      publicReply: '不归街道办理',
      authority: '区社保局',
    });
    await expect(transact((tx) => cases.accept(tx, number, clerk, filedAt))).rejects.toMatchObject({
      code: 'case.wrongState',
    });
  });

  it('papers deferred against a pledge come in time, or the application is taken for withdrawn', async () => {
    const later = { materials: ['bank-card'], pledged: true };
    const numbers: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const { number } = await filed();
      const detail = await transact((tx) => cases.accept(tx, number, clerk, at('2026-03-11T10:00'), later));
      expect(detail).toMatchObject({ state: 'accepted', deferral: { materials: ['bank-card'], by: '2026-03-20' } });
      numbers.push(number);
    }
    const [kept = '', broken = ''] = numbers;
    const granted = { outcome: 'granted', publicReply: '发放', evidence: ['记录'] } as const;
    await expect(
      transact((tx) => cases.close(tx, broken, clerk, granted, at('2026-03-12T10:00'))),
    ).rejects.toMatchObject({ code: 'case.deferredOutstanding' });
    await expect(
      transact((tx) => course.decide(tx, broken, clerk, 'granted', at('2026-03-12T10:00'))),
    ).rejects.toMatchObject({ code: 'case.deferredOutstanding' });
    const fileId = await transact((tx) => sampleFile(tx, 'officer', clerk.id, filedAt));
    const brought = [{ materialId: 'bank-card', fileId }];
    const met = await transact((tx) => course.bringDeferred(tx, kept, clerk, brought, at('2026-03-20T10:00')));
    expect(met.deferral?.metOn).toBe('2026-03-20');
    expect(await cases.sweep(at('2026-03-20T23:00'))).toBe(0);
    await cases.sweep(at('2026-03-21T00:10'));
    expect((await cases.forResident(kept, resident)).state).toBe('accepted');
    expect((await cases.forResident(broken, resident)).state).toBe('withdrawn');
  });

  it('a written pledge stands for papers the guide takes one for, and nothing waits for them', async () => {
    const pledgeable = {
      ...guide,
      materials: guide.materials.map((one) => ({ ...one, pledgeable: one.id === 'id-card' })),
    };
    const entry = { ...item, guide: pledgeable, versionId: '01980000-0000-7000-8000-000000000011' };
    const draft = application({ residentId: resident, entry });
    const { number, toBring } = await transact((tx) => cases.submit(tx, draft, filedAt));
    expect(toBring).toContain('老人居民身份证');
    const take = (ids: string[]): Promise<unknown> =>
      transact((tx) => cases.accept(tx, number, clerk, at('2026-03-11T10:00'), undefined, ids));
    await expect(take(['bank-card', 'nothing'])).rejects.toMatchObject({
      code: 'case.invalid',
      errors: [{ at: 'pledgedFor' }, { at: 'pledgedFor' }],
    });
    expect(await take(['id-card'])).toMatchObject({
      ...{ state: 'accepted', pledge: { materials: ['id-card'], on: '2026-03-11' }, toBring: ['银行储蓄卡'] },
    });
    const { timeline, pledge } = await cases.forResident(number, resident);
    expect(pledge?.materials).toEqual(['id-card']);
    expect(timeline.at(-1)?.words).toContain('这些材料不用交：老人居民身份证。承诺不实的，办好的结果会被撤销。');
    const granted = { outcome: 'granted', publicReply: '发放', evidence: ['承诺书'] } as const;
    await transact((tx) => cases.close(tx, number, clerk, granted, at('2026-03-12T10:00')));
  });

  it('nothing is deferred that the guide does not allow, or without a pledge', async () => {
    const { number } = await filed();
    const wish = { materials: ['id-card', 'nothing'], pledged: false, by: '2026-03-01' as never };
    await expect(transact((tx) => cases.accept(tx, number, clerk, filedAt, wish))).rejects.toMatchObject({
      code: 'case.invalid',
      errors: [{ at: 'deferred' }, { at: 'deferred' }, { at: 'pledged' }, { at: 'by' }],
    });
    const late = { materials: ['bank-card'], pledged: true, by: '2026-12-01' as never };
    await expect(transact((tx) => cases.accept(tx, number, clerk, filedAt, late))).rejects.toMatchObject({
      errors: [{ at: 'by' }],
    });
    expect((await cases.forResident(number, resident)).state).toBe('submitted');
  });

  it('a closed case is taken up again within a month, and the closure that did not hold has a name', async () => {
    const number = await accepted();
    await transact((tx) => cases.close(tx, number, clerk, closing, at('2026-03-12T10:00')));
    const again = await transact((tx) =>
      course.reopenByResident(tx, number, resident, '还是没解决', at('2026-04-01T10:00')),
    );
    expect(again).toMatchObject({ state: 'inHandling', reopenedOn: ['2026-04-01'], publicReply: null });
    const [event] = await db.database.sql<{ payload: { closedBy: string; byResident: boolean } }>(
      `select payload from platform_outbox where type = 'case.reopened' and payload->>'number' = $1`,
      [number],
    );
    expect(event?.payload).toMatchObject({ closedBy: clerk.id, byResident: true });
    await transact((tx) => cases.close(tx, number, clerk, closing, at('2026-04-02T10:00')));
    await expect(
      transact((tx) => course.reopenByResident(tx, number, resident, '又坏了', at('2026-06-01T10:00'))),
    ).rejects.toMatchObject({ code: 'case.reopenTooLate' });
    expect(await cases.checkIntegrity()).toEqual([]);
  });
});

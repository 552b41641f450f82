import { Test } from '@nestjs/testing';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { Tx } from '@linli/platform';
import { CaseService } from '../case.service';
import { Casework1780000004000 } from '../casework.migration';
import { CaseworkModule } from '../casework.module';
import { CaseCourse1780000020000 } from '../course.migration';
import { report } from '../samples';
import { sampleDistrict, sampleOfficer, samplePlatform, sampleResident } from '../samples.module';
import { Counter1780000027000 } from '../counter/counter.migration';
import { Dispatch1780000021000 } from './dispatch.migration';
import { Dispatching } from './dispatching.service';
import { WorkQueue1780000024000 } from '../work-queue/work-queue.migration';

const at = (text: string): Date => new Date(`${text}+08:00`);
const centre = sampleOfficer('dispatcher');
const civil = sampleOfficer('department', { departmentId: 'civil' });
const urban = sampleOfficer('department', { departmentId: 'urban' });
const toCivil = { unit: { id: 'civil', name: '区民政局' }, role: 'lead' } as const;
const anything = (): Promise<void> => Promise.resolve();

let db: TestDatabase;
let cases: CaseService;
let dispatching: Dispatching;
let resident: string;

const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
async function accepted(): Promise<string> {
  const { number } = await transact((tx) => cases.submit(tx, report({ residentId: resident }), at('2026-03-10T09:00')));
  await transact((tx) => cases.accept(tx, number, centre, at('2026-03-10T10:00')));
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
      Counter1780000027000,
    ],
  });
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  cases = module.get(CaseService);
  dispatching = module.get(Dispatching);
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, at('2026-03-10T09:00')));
});
afterAll(() => db.close());

describe('a dispatch', () => {
  it('puts the unit in charge, begins handling when it signs, and leaves the first receiver accountable', async () => {
    const number = await accepted();
    await expect(cases.forOfficer(number, civil)).rejects.toMatchObject({ code: 'case.notFound' });
    const given = await transact((tx) =>
      dispatching.dispatch(tx, number, centre, toCivil, anything, at('2026-03-10T11:00')),
    );
    expect(given).toMatchObject({ state: 'accepted', department: '区民政局', departmentId: 'civil' });
    expect((await dispatching.inbox(civil, 'waiting', 10, null)).items.map((one) => one.number)).toContain(number);
    const signed = await transact((tx) => dispatching.signFor(tx, number, civil, at('2026-03-10T12:00')));
    expect(signed).toMatchObject({ state: 'inHandling', departmentId: 'civil' });
    await expect(
      transact((tx) => dispatching.signFor(tx, number, civil, at('2026-03-10T12:01'))),
    ).rejects.toMatchObject({ code: 'case.alreadySigned' });
    expect((await cases.list(centre, { mine: true }, 50, null)).items.map((one) => one.number)).toContain(number);
    await expect(cases.forOfficer(number, urban)).rejects.toMatchObject({ code: 'case.notFound' });
  });

  it('to support lets the unit see the case without taking charge', async () => {
    const number = await accepted();
    const support = { ...toCivil, role: 'support' } as const;
    await transact((tx) => dispatching.dispatch(tx, number, centre, support, anything, at('2026-03-10T11:00')));
    expect(await cases.forOfficer(number, civil)).toMatchObject({ departmentId: 'urban' });
    await expect(
      transact((tx) => dispatching.dispatch(tx, number, centre, support, anything, at('2026-03-10T11:01'))),
    ).rejects.toMatchObject({ code: 'case.alreadyDispatched' });
  });

  it('sent back returns to whoever was in charge; once ruled upon it stays', async () => {
    const number = await accepted();
    const give = (when: string): Promise<unknown> =>
      transact((tx) => dispatching.dispatch(tx, number, centre, toCivil, anything, at(when)));
    await give('2026-03-10T11:00');
    await expect(
      transact((tx) => dispatching.sendBack(tx, number, civil, '不归我们', at('2026-03-11T11:01'))),
    ).rejects.toMatchObject({ code: 'case.sendBackTooLate' });
    const back = await transact((tx) => dispatching.sendBack(tx, number, civil, '不归我们', at('2026-03-11T10:59')));
    expect(back.departmentId).toBe('urban');
    expect((await dispatching.disputes(centre, 10, null)).items.map((one) => one.number)).toContain(number);
    const ruling = { unitId: 'civil', upheld: false, reason: '清单写明由民政办理' };
    const ruled = await transact((tx) => dispatching.rule(tx, number, centre, ruling, at('2026-03-11T12:00')));
    expect(ruled.departmentId).toBe('civil');
    await expect(
      transact((tx) => dispatching.sendBack(tx, number, civil, '还是不归我们', at('2026-03-11T12:30'))),
    ).rejects.toMatchObject({ code: 'case.dispatchBinding' });
    await expect(
      transact((tx) => dispatching.rule(tx, number, centre, ruling, at('2026-03-11T13:00'))),
    ).rejects.toMatchObject({ code: 'case.nothingSentBack' });
    expect(await cases.checkIntegrity()).toEqual([]);
  });

  it('outside the lists leaves nothing behind', async () => {
    const number = await accepted();
    const refuse = (): Promise<void> => Promise.reject(new Error('not on the list'));
    await expect(
      transact((tx) => dispatching.dispatch(tx, number, centre, toCivil, refuse, at('2026-03-10T11:00'))),
    ).rejects.toThrow('not on the list');
    expect(await cases.forOfficer(number, centre)).toMatchObject({ departmentId: 'urban' });
  });

  it('by two dispatchers at once has one lead', async () => {
    const number = await accepted();
    const toUrban = { unit: { id: 'urban', name: '区城市管理局' }, role: 'lead' } as const;
    await Promise.allSettled(
      [toCivil, toUrban, toCivil, toUrban].map((to) =>
        transact((tx) => dispatching.dispatch(tx, number, centre, to, anything, at('2026-03-10T11:00'))),
      ),
    );
    const leads = await db.database.sql<{ unit: string }>(
      `select d.department_id as unit from casework_dispatch d join casework_case c on c.id = d.case_id
       where c.number = $1 and d.role = 'lead' and d.state in ('waiting', 'signed')`,
      [number],
    );
    expect(leads).toHaveLength(1);
    expect((await cases.forOfficer(number, centre)).departmentId).toBe(leads[0]?.unit);
  });
});

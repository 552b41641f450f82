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
import { LocalUnits1780000072100 } from './local-units.migration';
import { LocalWork } from './local-work.service';
import { WorkQueue1780000024000 } from '../work-queue/work-queue.migration';
import { WorkPile1780000072200 } from '../work-queue/work-pile.migration';

const at = (text: string): Date => new Date(`${text}+08:00`);
const centre = sampleOfficer('dispatcher');
const civil = sampleOfficer('department', { departmentId: 'civil' });
const urban = sampleOfficer('department', { departmentId: 'urban' });
const toCivil = { unit: { id: 'civil', name: '区民政局' }, role: 'lead' } as const;
const anything = (): Promise<void> => Promise.resolve();

let db: TestDatabase;
let cases: CaseService;
let dispatching: Dispatching;
let local: LocalWork;
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
      WorkPile1780000072200,
      Counter1780000027000,
      LocalUnits1780000072100,
    ],
  });
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  cases = module.get(CaseService);
  dispatching = module.get(Dispatching);
  local = module.get(LocalWork);
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

  it('goes out and is signed for while the applicant is asked for what is missing', async () => {
    const { number } = await transact((tx) =>
      cases.submit(tx, report({ residentId: resident }), at('2026-03-10T09:00')),
    );
    const missing = { missing: ['门牌号'], reason: '没有写清楚' };
    await transact((tx) => cases.requestCorrection(tx, number, centre, missing, at('2026-03-10T10:00')));
    await transact((tx) => dispatching.dispatch(tx, number, centre, toCivil, anything, at('2026-03-10T11:00')));
    expect(await transact((tx) => dispatching.signFor(tx, number, civil, at('2026-03-10T12:00')))).toMatchObject({
      ...{ state: 'awaitingCorrection', departmentId: 'civil' },
    });
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

describe('a dispatch to a community', () => {
  const home = { subdistrictId: 's1', departmentId: 'civil', communityId: 'c1' };
  const community = sampleOfficer('community', home);
  const grid = sampleOfficer('grid', { ...home, gridId: 'g1' });
  const neighbour = sampleOfficer('community', { ...home, communityId: 'c2' });
  const toC1 = { unit: { id: 'c1', name: '甲社区', kind: 'community' }, role: 'lead' } as const;
  const toG1 = { unit: { id: 'g1', name: '甲社区第一网格', kind: 'grid' }, role: 'support' } as const;
  const give = async (number: string, to: typeof toC1 | typeof toG1): Promise<{ departmentId: string }> =>
    transact((tx) => dispatching.dispatch(tx, number, centre, to, anything, at('2026-03-10T11:00')));
  const seenBy = async (officer: typeof community): Promise<string[]> =>
    (await cases.list(officer, {}, 50, null)).items.map((one) => one.number);

  it('shows it to that community alone, and leaves the department in charge', async () => {
    const number = await accepted();
    const { departmentId } = await cases.forOfficer(number, centre);
    expect(await give(number, toC1)).toMatchObject({ departmentId });
    for (const stranger of [grid, neighbour, sampleOfficer('community', { ...home, communityId: null })]) {
      expect(await seenBy(stranger)).not.toContain(number);
      await expect(cases.forOfficer(number, stranger)).rejects.toMatchObject({ code: 'case.notFound' });
      await expect(
        transact((tx) => dispatching.signFor(tx, number, stranger, at('2026-03-10T12:00'))),
      ).rejects.toMatchObject({ code: 'case.notFound' });
    }
    expect(await seenBy(community)).toContain(number);
    expect((await dispatching.inbox(community, 'waiting', 50, null)).items.map((one) => one.number)).toContain(number);
    expect(await transact((tx) => dispatching.signFor(tx, number, community, at('2026-03-10T12:00')))).toMatchObject({
      state: 'inHandling',
      departmentId,
    });
  });

  it('takes it away again with the return, and for good gives it back with the ruling', async () => {
    const number = await accepted();
    const { departmentId } = await cases.forOfficer(number, centre);
    await give(number, toC1);
    await transact((tx) => dispatching.sendBack(tx, number, community, '不是本社区的', at('2026-03-10T12:00')));
    expect(await seenBy(community)).not.toContain(number);
    const ruling = { unitId: 'c1', upheld: false, reason: '就在甲社区' };
    await transact((tx) => dispatching.rule(tx, number, centre, ruling, at('2026-03-10T13:00')));
    expect(await cases.forOfficer(number, community)).toMatchObject({ departmentId });
    await expect(
      transact((tx) => dispatching.sendBack(tx, number, community, '还是不要', at('2026-03-10T14:00'))),
    ).rejects.toMatchObject({ code: 'case.dispatchBinding' });
  });

  it('beside one to a grid lets both in, and only the one in charge act', async () => {
    const number = await accepted();
    await give(number, toC1);
    await give(number, toG1);
    const mayClose = (officer: typeof community): Promise<void> =>
      transact((tx) => local.require(tx, number, officer, 'close'));
    await expect(mayClose(community)).rejects.toMatchObject({ code: 'case.notSignedFor' });
    for (const officer of [community, grid])
      await transact((tx) => dispatching.signFor(tx, number, officer, at('2026-03-10T12:00')));
    await expect(mayClose(grid)).rejects.toMatchObject({ code: 'case.supportOnly' });
    await expect(mayClose(neighbour)).rejects.toMatchObject({ code: 'case.notFound' });
    await mayClose(community);
    await mayClose(centre);
    expect((await seenBy(grid)).includes(number)).toBe(true);
  });
});

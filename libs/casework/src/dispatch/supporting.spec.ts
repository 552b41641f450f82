import { Test } from '@nestjs/testing';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { Tx } from '@linli/platform';
import { CaseService } from '../case.service';
import { Casework1780000004000 } from '../casework.migration';
import { CaseworkModule } from '../casework.module';
import { CaseCourse1780000020000 } from '../course.migration';
import { Counter1780000027000 } from '../counter/counter.migration';
import { report } from '../samples';
import { sampleDistrict, sampleFile, sampleOfficer, samplePlatform, sampleResident } from '../samples.module';
import { WorkPile1780000072200 } from '../work-queue/work-pile.migration';
import { WorkQueue1780000024000 } from '../work-queue/work-queue.migration';
import { Dispatch1780000021000 } from './dispatch.migration';
import { Dispatching } from './dispatching.service';
import { LocalUnits1780000072100 } from './local-units.migration';
import type { SupportRecord, SupportWish } from './support-record';
import { SupportRecords1780000113100 } from './support-records.migration';
import { Supporting } from './supporting.service';

const at = (text: string): Date => new Date(`${text}+08:00`);
const home = { subdistrictId: 's1', departmentId: 'civil', communityId: 'c1' };
const centre = sampleOfficer('dispatcher');
const chief = sampleOfficer('supervisor', { subdistrictId: 's1' });
const urban = sampleOfficer('department', { departmentId: 'urban' });
const community = sampleOfficer('community', home);
const grid = sampleOfficer('grid', { ...home, gridId: 'g1' });
const neighbour = sampleOfficer('community', { ...home, communityId: 'c2' });
const done: SupportWish = { action: '上门劝说，对方答应晚上不再施工，电话13912345678', evidence: ['现场照片两张'] };

let db: TestDatabase;
let cases: CaseService;
let dispatching: Dispatching;
let supporting: Supporting;
let resident: string;

const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
const record = (
  number: string,
  officer: typeof community,
  wish: SupportWish = done,
  now = at('2026-03-10T15:00'),
): Promise<SupportRecord> => transact((tx) => supporting.record(tx, number, officer, wish, now));

/** A case the community helps on, and has signed for. */
async function helped(): Promise<string> {
  const { number } = await transact((tx) => cases.submit(tx, report({ residentId: resident }), at('2026-03-10T09:00')));
  const give = { unit: { id: 'c1', name: '甲社区', kind: 'community' }, role: 'support' } as const;
  await transact((tx) => cases.accept(tx, number, centre, at('2026-03-10T10:00')));
  await transact((tx) =>
    dispatching.dispatch(tx, number, centre, give, () => Promise.resolve(), at('2026-03-10T11:00')),
  );
  await transact((tx) => dispatching.signFor(tx, number, community, at('2026-03-10T12:00')));
  return number;
}

beforeAll(async () => {
  db = await testDatabase({
    rows: directoryRows,
    migrations: [
      ...[Directory1780000001000, Casework1780000004000, CaseCourse1780000020000, Dispatch1780000021000],
      ...[WorkQueue1780000024000, WorkPile1780000072200, Counter1780000027000, LocalUnits1780000072100],
      SupportRecords1780000113100,
    ],
  });
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  cases = module.get(CaseService);
  dispatching = module.get(Dispatching);
  supporting = module.get(Supporting);
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, at('2026-03-10T09:00')));
});
afterAll(() => db.close());

describe('what a unit that helps did', () => {
  it('is read by those in charge and above, in the history of the case, and never by the resident', async () => {
    const number = await helped();
    const file = await transact((tx) => sampleFile(tx, 'officer', community.id, at('2026-03-10T13:00')));
    await record(number, community, { ...done, doneAt: at('2026-03-10T14:00') });
    await record(number, community, { action: '晚上又去看了一次', evidence: [file] }, at('2026-03-10T21:00'));
    for (const officer of [centre, chief, urban, community]) {
      const seen = await transact((tx) => supporting.of(tx, number, officer));
      expect(seen.map(({ unit, action, doneAt }) => [unit.id, action, doneAt])).toEqual([
        ['c1', done.action, at('2026-03-10T14:00')],
        ['c1', '晚上又去看了一次', at('2026-03-10T21:00')],
      ]);
      const { timeline } = await cases.forOfficer(number, officer);
      expect(timeline.filter((step) => step.what === 'supportRecorded')).toHaveLength(2);
    }
    await expect(transact((tx) => supporting.of(tx, number, neighbour))).rejects.toMatchObject({
      code: 'case.notFound',
    });
    await cases.fileOf(number, urban, file);
    await expect(cases.fileOf(number, { residentId: resident }, file)).rejects.toMatchObject({ code: 'file.notFound' });
    const own = JSON.stringify(await cases.forResident(number, resident));
    expect(own).toContain('甲社区反馈了协助办理的情况。');
    expect(own).not.toMatch(/劝说|照片|又去看/);
  });

  it('is told once per dispatch as help given, and kept unreadable', async () => {
    const number = await helped();
    await record(number, community);
    await record(number, community);
    const told = await db.database.sql<{ first: boolean; unit: string }>(
      `select (payload->>'first')::boolean as first, payload->'unit'->>'id' as unit from platform_outbox
       where type = 'case.supportRecorded' and payload->>'number' = $1 order by at, id`,
      [number],
    );
    expect(told).toEqual([
      { first: true, unit: 'c1' },
      { first: false, unit: 'c1' },
    ]);
    const rows = await db.database.sql<{ row: string }>('select r::text as row from casework_support_record r');
    const sealed = Buffer.from('劝说').toString('hex');
    expect(rows.map(({ row }) => row).join()).not.toMatch(new RegExp(`劝说|${sealed}`));
  });

  it.each([
    ['by whom nothing was given', neighbour, done, 'case.notFound'],
    ['by the department in charge', urban, done, 'case.notDispatched'],
    ['without evidence', community, { ...done, evidence: ['  '] }, 'case.evidenceMissing'],
    ['without words', community, { ...done, action: ' ' }, 'case.invalid'],
    ['that is still to come', community, { ...done, doneAt: at('2026-03-10T16:00') }, 'case.invalid'],
    ['from before it was asked for', community, { ...done, doneAt: at('2026-03-10T10:59') }, 'case.invalid'],
  ])('is refused %s', async (_what, officer, wish, code) => {
    const number = await helped();
    await expect(record(number, officer, wish)).rejects.toMatchObject({ code });
    expect(await transact((tx) => supporting.of(tx, number, centre))).toEqual([]);
  });

  it('waits for the signature, ends with the case, and is not for the one in charge', async () => {
    const number = await helped();
    const give = { unit: { id: 'g1', name: '甲社区第一网格', kind: 'grid' }, role: 'lead' } as const;
    await transact((tx) =>
      dispatching.dispatch(tx, number, centre, give, () => Promise.resolve(), at('2026-03-10T13:00')),
    );
    await expect(record(number, grid)).rejects.toMatchObject({ code: 'case.notSupporting' });
    const other = await helped();
    const support = { ...give, role: 'support' } as const;
    await transact((tx) =>
      dispatching.dispatch(tx, other, centre, support, () => Promise.resolve(), at('2026-03-10T13:00')),
    );
    await expect(record(other, grid)).rejects.toMatchObject({ code: 'case.notSignedFor' });
    const closing = { outcome: 'resolved', publicReply: '已停工', evidence: ['照片'] } as const;
    await transact((tx) => cases.close(tx, other, urban, closing, at('2026-03-10T16:00')));
    await expect(record(other, community)).rejects.toMatchObject({ code: 'case.closed' });
  });
});

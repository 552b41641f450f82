import { Test } from '@nestjs/testing';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { Tx } from '@linli/platform';
import { CaseCourse } from '../case-course.service';
import type { CaseDetail } from '../case-view';
import { CaseService } from '../case.service';
import { Casework1780000004000 } from '../casework.migration';
import { CaseworkModule } from '../casework.module';
import { CaseCourse1780000020000 } from '../course.migration';
import { Counter1780000027000 } from '../counter/counter.migration';
import { Dispatch1780000021000 } from '../dispatch/dispatch.migration';
import { Dispatching } from '../dispatch/dispatching.service';
import { LocalUnits1780000072100 } from '../dispatch/local-units.migration';
import { application, noise, report } from '../samples';
import { sampleDistrict, sampleOfficer, samplePlatform, sampleResident } from '../samples.module';
import { WorkPile1780000072200 } from '../work-queue/work-pile.migration';
import { WorkQueue1780000024000 } from '../work-queue/work-queue.migration';
import { typeIn, type Classification } from './request';
import { Requests } from './requests.service';

const at = (text: string): Date => new Date(`${text}+08:00`);
const centre = sampleOfficer('dispatcher');
const civil = sampleOfficer('department', { departmentId: 'civil' });
const water = { ...noise, id: 'no-water', category: '公用事业', versionId: '01980000-0000-7000-8000-000000000003' };
const blast = { ...noise, id: 'blast', category: '公共安全', versionId: '01980000-0000-7000-8000-000000000004' };

let db: TestDatabase;
let cases: CaseService;
let course: CaseCourse;
let dispatching: Dispatching;
let requests: Requests;
let resident: string;

const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
/** Filed and accepted on Tuesday, 10 March 2026. */
async function accepted(changes: Parameters<typeof report>[0] = {}): Promise<CaseDetail> {
  const draft = report({ residentId: resident, ...changes });
  const { number } = await transact((tx) => cases.submit(tx, draft, at('2026-03-10T09:00')));
  return transact((tx) => cases.accept(tx, number, centre, at('2026-03-10T10:00')));
}
const classify = (number: string, given: Classification, now = at('2026-03-11T09:00')): Promise<CaseDetail> =>
  transact((tx) => requests.classify(tx, number, centre, given, now));

beforeAll(async () => {
  db = await testDatabase({
    rows: directoryRows,
    migrations: [
      ...[Directory1780000001000, Casework1780000004000, CaseCourse1780000020000, Dispatch1780000021000],
      ...[WorkQueue1780000024000, WorkPile1780000072200, Counter1780000027000, LocalUnits1780000072100],
    ],
  });
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  cases = module.get(CaseService);
  course = module.get(CaseCourse);
  dispatching = module.get(Dispatching);
  requests = module.get(Requests);
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, at('2026-03-10T09:00')));
});
afterAll(() => db.close());

describe('what a request asks for', () => {
  it.each([
    ['我要举报小区里有人无证行医', 'report'],
    ['投诉楼下饭店油烟，请问归谁管', 'complaint'],
    ['建议在路口加一个减速带', 'suggestion'],
    ['能不能增设一个公交站', 'suggestion'],
    ['想问一下这里什么时候通燃气', 'enquiry'],
    ['路灯坏了三天了', 'help'],
  ] as const)('%s: %s', (text, type) => expect(typeIn(text)).toBe(type));

  it('is told from the words unless the resident says it, and listed for officers', async () => {
    const told = await accepted({ text: '投诉工地半夜施工' });
    const said = await accepted({ text: '投诉工地半夜施工', type: 'suggestion' });
    expect([told.request, said.request]).toEqual([
      { type: 'complaint', urgency: 'ordinary' },
      { type: 'suggestion', urgency: 'ordinary' },
    ]);
    const { items } = await cases.list(centre, {}, 50, null);
    expect(items.find((one) => one.number === said.number)).toMatchObject({ type: 'suggestion', urgency: 'ordinary' });
    const { number } = await transact((tx) =>
      cases.submit(tx, application({ residentId: resident }), at('2026-03-10T09:00')),
    );
    expect((await cases.forOfficer(number, centre)).request).toBeNull();
  });
});

describe('how urgent it is', () => {
  it.each([
    [noise, 'ordinary', '2026-03-17', '2026-03-11T11:00'],
    [water, 'utility', '2026-03-11', '2026-03-10T13:00'],
    [blast, 'emergency', '2026-03-11', '2026-03-10T12:00'],
  ] as const)('sets its limits: %o', async (entry, urgency, dueOn, signBy) => {
    const { number, ...detail } = await accepted({ entry });
    expect(detail).toMatchObject({ request: { urgency }, dueOn, statutoryOn: dueOn });
    const toCivil = { unit: { id: 'civil', name: '区民政局' }, role: 'lead' } as const;
    await transact((tx) =>
      dispatching.dispatch(tx, number, centre, toCivil, () => Promise.resolve(), at('2026-03-10T11:00')),
    );
    const [given] = await transact((tx) => dispatching.of(tx, number, centre));
    expect(given?.signBy).toEqual(at(signBy));
    // Whatever the class, what is not a unit's own may go back for a day.
    await transact((tx) => dispatching.sendBack(tx, number, civil, '不归我们管', at('2026-03-11T10:00')));
  });

  it('is changed by an officer with a reason the resident reads, and the dates follow and stay', async () => {
    const { number } = await accepted();
    const changed = await classify(number, { urgency: 'complex', reason: '要三家单位一起看现场' });
    expect(changed).toMatchObject({ request: { type: 'help', urgency: 'complex' }, dueOn: '2026-03-25' });
    expect((await cases.forResident(number, resident)).timeline.at(-1)?.words).toBe(
      '您的诉求按“复杂疑难”办理，最晚办结的日子改为2026年3月25日。原因：要三家单位一起看现场',
    );
    await transact((tx) =>
      course.suspend(tx, number, centre, { kind: 'other', reason: '等结果' }, at('2026-03-12T09:00')),
    );
    expect(await transact((tx) => course.resume(tx, number, centre, at('2026-03-14T09:00')))).toMatchObject({
      ...{ request: { urgency: 'complex' }, dueOn: '2026-03-27' },
    });
    const again = await classify(number, { type: 'complaint', reason: '居民说是投诉' });
    expect(again).toMatchObject({ request: { type: 'complaint', urgency: 'complex' }, dueOn: '2026-03-27' });
  });

  it.each([
    ['what changes nothing', { type: 'help', reason: '再看看' }, 'case.invalid'],
    ['no reason', { urgency: 'complex', reason: ' ' }, 'case.invalid'],
    ['a class it would be late by already', { urgency: 'emergency', reason: '漏水到电箱' }, 'case.invalid'],
  ] as const)('takes %s for no change', async (_what, given, code) => {
    const { number, dueOn } = await accepted();
    await expect(classify(number, given, at('2026-03-13T09:00'))).rejects.toMatchObject({ code });
    expect(await cases.forOfficer(number, centre)).toMatchObject({ dueOn });
  });

  it('is not said of an application, nor once it is over', async () => {
    const { number } = await transact((tx) =>
      cases.submit(tx, application({ residentId: resident }), at('2026-03-10T09:00')),
    );
    const given = { urgency: 'complex', reason: '复杂' } as const;
    await expect(classify(number, given)).rejects.toMatchObject({ code: 'case.notARequest' });
    const done = await accepted();
    const closing = { outcome: 'resolved', publicReply: '好了', evidence: ['照片'] } as const;
    await transact((tx) => cases.close(tx, done.number, centre, closing, at('2026-03-11T09:00')));
    await expect(classify(done.number, given)).rejects.toMatchObject({ code: 'case.closed' });
  });
});

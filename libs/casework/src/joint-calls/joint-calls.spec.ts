import type { TestingModule } from '@nestjs/testing';
import { loadCalendar, type Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { CaseService } from '../case.service';
import { report } from '../samples';
import { sampleDistrict, sampleOfficer, sampleResident } from '../samples.module';
import { CaseworkIntegrityStore } from '../supervision/casework-integrity.store';
import { sampleRoom, sampleSchema } from '../supervision/samples.module';
import { limitsFrom, qualityOf } from './joint-call';
import { JointCallList } from './joint-call-list.service';
import type { JointCallPage } from './joint-call.store';
import { JointCalls, type JointCallWish } from './joint-calls.service';

const at = (text: string): Date => new Date(`${text}+08:00`);
const now = at('2026-03-10T09:00');
const grid = sampleOfficer('grid', { subdistrictId: 's1' });
const leader = sampleOfficer('leader', { subdistrictId: 's1' });
const elsewhere = sampleOfficer('leader', { subdistrictId: 's2' });
const supervisor = sampleOfficer('supervisor');
const civil = sampleOfficer('department', { departmentId: 'civil' });
const urban = sampleOfficer('department', { departmentId: 'urban' });
const street = { kind: 'subdistrict', id: 's1', name: '甲街道' } as const;
const civilUnit = { kind: 'department', id: 'civil', name: '区民政局' } as const;
const urbanUnit = { kind: 'department', id: 'urban', name: '区城市管理局' } as const;
const good = { timeliness: 5, effect: 4, attitude: 3 };
const wish: JointCallWish = {
  caller: street,
  units: [civilUnit, urbanUnit],
  subdistrictId: 's1',
  urgency: 'daily',
  matter: '桂香路5号楼顶违建，居民多次反映',
  about: null,
};

let db: TestDatabase;
let room: TestingModule;
let calls: JointCalls;
let reading: JointCallList;
const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
const call = (by = grid, changes: Partial<JointCallWish> = {}, when = now): Promise<JointCallPage> =>
  transact((tx) => calls.call(tx, by, { ...wish, ...changes }, when));
const sign = (id: string, by = leader, granted = true, when = now): Promise<JointCallPage> =>
  transact((tx) => calls.sign(tx, id, by, { granted, ...(granted ? {} : { reason: '街道自己能办' }) }, when));
const accept = (id: string, by = civil, when = now): Promise<JointCallPage> =>
  transact((tx) => calls.answer(tx, id, by, { accept: true, who: '李科长' }, when));
const eventsOf = async (id: string): Promise<string[]> =>
  (
    await db.database.sql<{ type: string }>(
      `select type from platform_outbox where payload->>'callId' = $1 order by id`,
      [id],
    )
  ).map((row) => row.type);

beforeAll(async () => {
  db = await testDatabase(sampleSchema);
  room = await sampleRoom(db);
  calls = room.get(JointCalls);
  reading = room.get(JointCallList);
  await transact(sampleDistrict);
});
afterAll(() => db.close());

describe('the rules of a joint call', () => {
  it.each([
    [
      '2026-03-10T09:00',
      { answerHours: 1, arrival: { amount: 2, unit: 'hour' } },
      '2026-03-10T10:00',
      '2026-03-10T11:00',
    ],
    [
      '2026-03-13T22:00',
      { answerHours: 4, arrival: { amount: 1, unit: 'workingDay' } },
      '2026-03-14T02:00',
      '2026-03-17T00:00',
    ],
    [
      '2026-02-14T09:00',
      { answerHours: 24, arrival: { amount: 3, unit: 'workingDay' } },
      '2026-02-15T09:00',
      '2026-02-27T00:00',
    ],
  ] as const)('sent at %s it is answered and attended in time', (sent, limit, answerBy, arriveBy) => {
    expect(limitsFrom(at(sent), limit, loadCalendar())).toEqual({ answerBy: at(answerBy), arriveBy: at(arriveBy) });
  });

  it('makes a rate of three grades', () => {
    expect(qualityOf(good)).toBe(0.8);
    expect(qualityOf({ timeliness: 5, effect: 5, attitude: 5 })).toBe(1);
  });
});

describe('a joint call', () => {
  it('goes from signature to both ratings, every time kept', async () => {
    const { id, state, units } = await call();
    expect([state, units[0]?.answerBy]).toEqual(['awaitingSignature', null]);
    await expect(accept(id)).rejects.toMatchObject({ code: 'jointCall.notSigned' });
    await expect(reading.read(id, civil)).rejects.toMatchObject({ code: 'jointCall.notFound' });
    await expect(sign(id, elsewhere)).rejects.toMatchObject({ code: 'jointCall.notFound' });
    await expect(sign(id, grid)).rejects.toMatchObject({ code: 'auth.roleMissing' });
    const signed = await sign(id, leader, true, at('2026-03-10T10:00'));
    expect(signed).toMatchObject({ state: 'called', granted: true, sentAt: at('2026-03-10T10:00') });
    await expect(sign(id)).rejects.toMatchObject({ code: 'jointCall.alreadySigned' });
    const arrive = (by = civil): Promise<JointCallPage> =>
      transact((tx) => calls.arrive(tx, id, by, at('2026-03-11T09:00')));
    await expect(arrive()).rejects.toMatchObject({ code: 'jointCall.wrongState' });
    await accept(id, civil, at('2026-03-11T10:01'));
    await transact((tx) => calls.answer(tx, id, urban, { accept: false, reason: '已移交' }, at('2026-03-10T11:00')));
    await arrive();
    await expect(arrive()).rejects.toMatchObject({ code: 'jointCall.wrongState' });
    await expect(arrive(urban)).rejects.toMatchObject({ code: 'jointCall.wrongState' });
    const rate = (by: typeof grid, unitId?: string): Promise<JointCallPage> =>
      transact((tx) => calls.rate(tx, id, by, { ...good, note: '来得快', ...(unitId ? { unitId } : {}) }, now));
    await expect(rate(grid, 'civil')).rejects.toMatchObject({ code: 'jointCall.wrongState' });
    const done = await transact((tx) => calls.finish(tx, id, civil, { result: '已拆除', fileIds: [] }, now));
    expect(done.state).toBe('finished');
    await expect(rate(grid)).rejects.toMatchObject({ code: 'jointCall.invalid' });
    expect((await rate(grid, 'civil')).state).toBe('confirmed');
    await expect(rate(grid, 'civil')).rejects.toMatchObject({ code: 'jointCall.alreadyRated' });
    const whole = await rate(civil);
    expect(whole.units.find(({ unit }) => unit.id === 'civil')).toMatchObject({
      answer: '李科长',
      answeredInTime: false,
      result: '已拆除',
      ratings: [{ by: 'caller', ...good, note: '来得快' }, { by: 'unit' }],
    });
    expect(await eventsOf(id)).toEqual([
      'jointCall.called',
      'jointCall.signed',
      ...['jointCall.answered', 'jointCall.answered', 'jointCall.arrived', 'jointCall.finished'],
      ...['jointCall.rated', 'jointCall.rated'],
    ]);
  });

  it('of an emergency goes out at once and is signed afterwards', async () => {
    const { id, state } = await call(grid, { urgency: 'emergency' });
    expect(state).toBe('called');
    expect((await accept(id)).units[0]).toMatchObject({ accepted: true, answeredInTime: true });
    expect(await sign(id, leader, false)).toMatchObject({ state: 'called', granted: false });
    const [signature] = await db.database.sql<{ payload: object }>(
      `select payload from platform_outbox where type = 'jointCall.signed' and payload->>'callId' = $1`,
      [id],
    );
    expect(signature?.payload).toMatchObject({ granted: false, afterwards: true });
  });

  it('that the leader refuses never goes out; one the leader makes is signed by it', async () => {
    const { id } = await call();
    expect((await sign(id, leader, false)).state).toBe('refused');
    await expect(accept(id)).rejects.toMatchObject({ code: 'jointCall.notFound' });
    expect(await call(leader)).toMatchObject({ state: 'called', granted: true });
  });

  it('has one answer per unit, however many answer at once', async () => {
    const { id } = await call(leader);
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => accept(id)));
    expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toEqual(Array(3).fill(expect.objectContaining({ code: 'jointCall.alreadyAnswered' })));
  });

  it('works the other way round: a department calls a subdistrict, a supervisor signs', async () => {
    const { id } = await call(civil, { caller: civilUnit, units: [street] });
    await expect(sign(id, leader)).rejects.toMatchObject({ code: 'jointCall.notSigned' });
    await sign(id, supervisor);
    expect((await accept(id, leader)).units[0]?.accepted).toBe(true);
  });

  it('is listed for both sides, page by page, and not for others', async () => {
    const { id } = await call(leader, { units: [urbanUnit] });
    const all: string[] = [];
    for (let cursor: string | null = null; ;) {
      const page: Awaited<ReturnType<JointCallList['list']>> = await reading.list(urban, 'called', 2, cursor);
      all.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain(id);
    expect((await reading.list(grid, 'called', 50, null)).items.map((one) => one.id)).toContain(id);
    expect((await reading.list(elsewhere, 'called', 50, null)).items).toEqual([]);
    expect((await reading.list(civil, 'called', 50, null)).items.map((one) => one.id)).not.toContain(id);
  });

  it('says in one line what a called unit has to do next and by when, and not who is behind the case', async () => {
    const residentId = await transact((tx) => sampleResident(tx, now));
    const cases = room.get(CaseService);
    const filed = await transact((tx) => cases.submit(tx, report({ residentId }), now));
    const about = await transact((tx) => calls.caseToCall(tx, filed.number, grid));
    const { id } = await call(leader, { about, matter: '请到场，联系13912345678' });
    const lineOf = async (by: typeof civil): Promise<unknown[]> => {
      const { items } = await reading.list(by, 'called', 100, null);
      const line = items.find((one) => one.id === id);
      return [line?.awaiting, line?.deadline];
    };
    const { items } = await reading.list(civil, 'called', 100, null);
    expect(items.find((one) => one.id === id)).toMatchObject({
      ...{ caseNumber: filed.number, caseTitle: filed.title, matter: '请到场，联系139****5678' },
    });
    await expect(cases.forOfficer(filed.number, civil)).rejects.toMatchObject({ code: 'case.notFound' });
    const [unit] = (await reading.read(id, civil)).units;
    expect(await lineOf(civil)).toEqual(['answer', unit?.answerBy]);
    await accept(id);
    expect([await lineOf(civil), await lineOf(urban)]).toEqual([
      ['arrival', unit?.arriveBy],
      ['answer', unit?.answerBy],
    ]);
    expect(await lineOf(leader)).toEqual(['answer', unit?.answerBy]);
    await transact((tx) => calls.arrive(tx, id, civil, now));
    expect(await lineOf(civil)).toEqual(['finish', null]);
    await transact((tx) => calls.finish(tx, id, civil, { result: '已劝离', fileIds: [] }, now));
    expect(await lineOf(civil)).toEqual([null, null]);
  });

  it('about a case asks whether the caller has to do with it', async () => {
    const residentId = await transact((tx) => sampleResident(tx, now));
    const { number } = await transact((tx) => room.get(CaseService).submit(tx, report({ residentId }), now));
    const about = await transact((tx) => calls.caseToCall(tx, number, grid));
    expect(about).toMatchObject({ caseNumber: number, entryId: 'noise', subdistrictId: 's1' });
    const stranger = sampleOfficer('grid', { subdistrictId: 's2' });
    await expect(transact((tx) => calls.caseToCall(tx, number, stranger))).rejects.toMatchObject({
      code: 'case.notFound',
    });
    expect(await call(leader, { about })).toMatchObject({ caseNumber: number });
    expect(await room.get(CaseworkIntegrityStore).problems()).toEqual([]);
  });

  it('keeps nothing readable of what was written', async () => {
    const rows = await db.database.sql(
      `select 1 from casework_joint_call where position(convert_to('桂香路', 'UTF8') in matter) > 0`,
    );
    expect(rows).toEqual([]);
  });
});

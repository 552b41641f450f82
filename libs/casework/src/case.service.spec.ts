import { Test } from '@nestjs/testing';
import { newId, Refusal } from '@linli/kernel';
import type { EventPayloads } from '@linli/contracts';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { CaseDetail } from './case-view';
import { CaseService } from './case.service';
import { CaseStore } from './case.store';
import { Casework1780000004000 } from './casework.migration';
import { CaseCourse1780000020000 } from './course.migration';
import { Counter1780000027000 } from './counter/counter.migration';
import { Dispatch1780000021000 } from './dispatch/dispatch.migration';
import { CaseworkModule } from './casework.module';
import { application, elder, report } from './samples';
import { sampleDistrict, sampleFile, sampleOfficer, samplePlatform, sampleResident } from './samples.module';
import { WorkQueue1780000024000 } from './work-queue/work-queue.migration';
import { WorkPile1780000072200 } from './work-queue/work-pile.migration';

let db: TestDatabase;
let cases: CaseService;
let store: CaseStore;
let resident: string;
const clerk = sampleOfficer('clerk', { subdistrictId: 's1' });
/** Shanghai time. */
const at = (text: string): Date => new Date(`${text}+08:00`);
const now = at('2026-03-10T10:00');
const notice = { missing: ['户口簿'], reason: '没有附上' };
const closing = { outcome: 'granted', publicReply: '从三月起发放', evidence: ['发放记录'] } as const;
const correction = { text: '补上了', channel: 'wechatOfficial' } as const;

const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
const submit = (changes: Parameters<typeof application>[0] = {}, when = now): Promise<CaseDetail> =>
  transact((tx) => cases.submit(tx, application({ residentId: resident, ...changes }), when));
const accept = (number: string, when = now): Promise<CaseDetail> =>
  transact((tx) => cases.accept(tx, number, clerk, when));
const ask = (number: string, when = now): Promise<CaseDetail> =>
  transact((tx) => cases.requestCorrection(tx, number, clerk, notice, when));
const correct = (number: string, when = now): Promise<CaseDetail> =>
  transact((tx) => cases.correctByResident(tx, number, resident, correction, when));
const withdraw = (number: string): Promise<CaseDetail> => transact((tx) => cases.withdraw(tx, number, resident, now));
const close = (number: string, when = now): Promise<CaseDetail> =>
  transact((tx) => cases.close(tx, number, clerk, closing, when));

async function eventsOf(caseId: string): Promise<{ type: string; payload: EventPayloads['case.closed'] }[]> {
  return db.database.sql(`select type, payload from platform_outbox where payload->>'caseId' = $1 order by id`, [
    caseId,
  ]);
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
  store = module.get(CaseStore);
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, now));
});
afterAll(() => db.close());

describe('the way of a case', () => {
  it('from submission over a correction to closure', async () => {
    const bankCard = await transact((tx) => sampleFile(tx, 'resident', resident, now));
    const filed = await submit({ materials: [{ materialId: 'bank-card', fileId: bankCard }], mediaIds: ['m1'] });
    expect(filed).toMatchObject({
      state: 'submitted',
      department: '区民政局',
      departmentId: 'civil',
      acceptOn: '2026-03-17',
      dueOn: '2026-03-26',
      statutoryOn: '2026-04-15',
      missing: ['老人居民身份证'],
      toBring: ['老人居民身份证'],
      fileIds: [bankCard],
      applicant: { name: elder.name, phone: '13912345678' },
      timeline: [{ at: now, what: 'submitted' }],
    });
    const { number, id } = filed;
    expect(await ask(number, at('2026-03-11T10:00'))).toMatchObject({
      state: 'awaitingCorrection',
      missing: ['户口簿'],
      answerBy: '2026-04-01',
      notice: { ...notice, answeredAt: null },
    });
    const register = await transact((tx) => sampleFile(tx, 'resident', resident, now));
    const answer = { ...correction, fileIds: [register], mediaIds: ['m2'] };
    const corrected = await transact((tx) =>
      cases.correctByResident(tx, number, resident, answer, at('2026-03-20T10:00')),
    );
    expect(corrected).toMatchObject({ state: 'submitted', acceptOn: '2026-03-26', missing: [], answerBy: null });
    expect(corrected.fileIds).toEqual([bankCard, register]);
    expect(await accept(number, at('2026-03-23T10:00'))).toMatchObject({
      state: 'accepted',
      acceptedOn: '2026-03-23',
      dueOn: '2026-04-01',
    });
    expect(await close(number, at('2026-04-01T23:59'))).toMatchObject({
      state: 'closed',
      outcome: 'granted',
      onTime: true,
      evidence: ['发放记录'],
    });

    const whole = await cases.forResident(number, resident);
    expect(whole).toMatchObject({
      publicReply: '从三月起发放',
      evidence: [],
      toBring: [],
      closedAt: at('2026-04-01T23:59'),
    });
    expect(whole.timeline.map((step) => step.what)).toEqual([
      'submitted',
      'correctionRequested',
      'corrected',
      'accepted',
      'closed',
    ]);
    expect(whole.timeline[2]!.words).toBe('您补交了材料。说明：补上了');
    const events = await eventsOf(id);
    expect(events.map((event) => event.type)).toEqual([
      'case.submitted',
      'case.correctionRequested',
      'case.corrected',
      'case.accepted',
      'case.closed',
    ]);
    expect(events[0]!.payload).toMatchObject({
      mediaIds: ['m1'],
      channel: 'wechatOfficial',
      number,
      title: '高龄津贴申领',
    });
    expect(events[2]!.payload).toMatchObject({ state: 'submitted', mediaIds: ['m2'] });
    expect(events[4]!.payload).toMatchObject({ onTime: true, department: { id: 'civil', name: '区民政局' } });
    const audit = await db.database.sql<{ action: string }>(
      'select action from platform_audit where subject = $1 order by id',
      [`case:${id}`],
    );
    expect(audit.map((row) => row.action)).toEqual([
      'case.submitted',
      'case.correctionRequested',
      'case.corrected',
      'case.accepted',
      'case.closed',
    ]);
  });

  it('by paper at the window, and by withdrawal', async () => {
    const { number } = await submit();
    await ask(number);
    const paper = await transact((tx) => cases.correctByOfficer(tx, number, clerk, { channel: 'api' }, now));
    expect(paper).toMatchObject({ state: 'submitted', timeline: [{}, {}, { words: '窗口收到了您补交的材料。' }] });
    expect(await withdraw(number)).toMatchObject({ state: 'withdrawn', toBring: [] });
  });

  it('of a report', async () => {
    const filed = await transact((tx) => cases.submit(tx, report({ residentId: resident }), now));
    expect(filed).toMatchObject({
      kind: 'report',
      applicant: null,
      dueOn: '2026-03-24',
      toBring: [],
      text: expect.stringContaining('半夜施工'),
    });
    expect(await accept(filed.number)).toMatchObject({ dueOn: '2026-03-17' });
  });

  it('keeps the guide as it stood', async () => {
    const { number } = await submit();
    const [row] = await db.database.sql<{ entry: { guide: object }; version_id: string }>(
      'select e.entry, c.version_id from casework_case c join casework_entry e using (version_id) where number = $1',
      [number],
    );
    expect(row).toMatchObject({
      version_id: application().entry.versionId,
      entry: { guide: application().entry.guide },
    });
  });

  it('takes a picture fetched later once', async () => {
    const { id, number } = await submit();
    const [first, second] = await transact(async (tx) => [
      await sampleFile(tx, 'resident', resident, now),
      await sampleFile(tx, 'resident', resident, now),
    ]);
    for (const fileId of [first, first, second]) await transact((tx) => cases.attachFile(tx, id, 'm1', fileId, now));
    expect((await cases.forResident(number, resident)).fileIds).toEqual([first]);
    await expect(transact((tx) => cases.attachFile(tx, newId(), 'm1', first, now))).rejects.toMatchObject({
      code: 'case.notFound',
    });
    await expect(transact((tx) => cases.attachFile(tx, id, 'm2', newId(), now))).rejects.toMatchObject({
      code: 'file.notFound',
    });
  });
});

describe('refusals', () => {
  const steps = { accept, ask, correct, withdraw, close };
  it.each<[(keyof typeof steps)[], keyof typeof steps, string]>([
    [[], 'close', 'case.notAccepted'],
    [[], 'correct', 'case.noticeNotGiven'],
    [['ask'], 'ask', 'case.noticeAlreadyGiven'],
    [['ask'], 'accept', 'case.wrongState'],
    [['ask'], 'close', 'case.notAccepted'],
    [['ask', 'correct'], 'ask', 'case.noticeAlreadyGiven'],
    [['ask', 'correct'], 'correct', 'case.wrongState'],
    [['accept'], 'accept', 'case.alreadyAccepted'],
    [['accept'], 'ask', 'case.alreadyAccepted'],
    [['accept', 'close'], 'close', 'case.closed'],
    [['accept', 'close'], 'withdraw', 'case.closed'],
    [['withdraw'], 'withdraw', 'case.wrongState'],
  ])('after %j: %s is %s', async (before, step, code) => {
    const { number, id } = await submit();
    for (const name of before) await steps[name](number);
    const count = (await eventsOf(id)).length;
    await expect(steps[step](number)).rejects.toMatchObject({ code });
    expect(await eventsOf(id)).toHaveLength(count);
  });

  it('of drafts, foreign cases and unknown places', async () => {
    await expect(submit({ applicant: { name: '王芳' } })).rejects.toMatchObject({ code: 'case.invalid' });
    await expect(submit({ answers: { isSelf: '也许' } })).rejects.toMatchObject({ code: 'case.answersInvalid' });
    expect((await submit({ answers: {} })).missing).toEqual(expect.arrayContaining(['是否本人申请', '开户银行']));
    await expect(submit({ subdistrictId: 'nowhere' })).rejects.toMatchObject({
      code: 'case.invalid',
      errors: [{ at: 'subdistrictId' }],
    });
    await expect(submit({ fileIds: [newId()] })).rejects.toMatchObject({ code: 'file.notFound' });
    const { number } = await submit();
    for (const wrong of [number.slice(0, -1), `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`, 'x']) {
      await expect(cases.forResident(wrong, resident)).rejects.toMatchObject({ code: 'case.notFound' });
    }
    await expect(cases.forResident(number, newId())).rejects.toMatchObject({ code: 'case.notFound' });
    await expect(transact((tx) => cases.withdraw(tx, number, newId(), now))).rejects.toMatchObject({
      code: 'case.notFound',
    });
    const afar = sampleOfficer('clerk', { subdistrictId: 's2' });
    await expect(transact((tx) => cases.accept(tx, number, afar, now))).rejects.toMatchObject({
      code: 'case.notFound',
    });
    await expect(transact((tx) => cases.close(tx, number, sampleOfficer('grid'), closing, now))).rejects.toMatchObject({
      code: 'case.notFound',
    });
  });
});

describe('races', () => {
  it('sixteen submissions at once get sixteen numbers', async () => {
    const filed = await Promise.all(Array.from({ length: 16 }, () => submit()));
    expect(new Set(filed.map((one) => one.number)).size).toBe(16);
  });

  it.each([
    ['two acceptances', accept, accept, 'case.alreadyAccepted'],
    ['two notices', ask, ask, 'case.noticeAlreadyGiven'],
    ['two withdrawals', withdraw, withdraw, 'case.wrongState'],
  ] as const)('%s at once: one is refused', async (_what, one, other, code) => {
    const { number, id } = await submit();
    const answers = await Promise.allSettled([one(number), other(number)]);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    const [refused] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Refusal] : []));
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused!.code).toBe(code);
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('a notice and an acceptance at once: the later one sees the earlier', async () => {
    const { number } = await submit();
    const answers = await Promise.allSettled([ask(number), accept(number)]);
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    expect(await cases.checkIntegrity()).toEqual([]);
  });

  it('the database itself has room for one notice, and for each step once', async () => {
    const { number, id } = await submit();
    await ask(number);
    const secondNotice = `insert into casework_notice (case_id, given_at, answer_by, words) values ($1, now(), now(), '')`;
    await expect(db.database.sql(secondNotice, [id])).rejects.toMatchObject({ code: '23505' });
    await expect(db.database.sql('delete from casework_step where case_id = $1', [id])).rejects.toThrow(
      'a step of a case is final',
    );
    await expect(db.database.sql(`update casework_step set what = 'x' where case_id = $1`, [id])).rejects.toThrow(
      'final',
    );
    await expect(
      db.database.sql(`update casework_case set state = 'closed' where id = $1`, [id]),
    ).rejects.toMatchObject({ code: '23514' });
  });
});

describe('the sweep', () => {
  beforeEach(async () => {
    while ((await cases.sweep(at('2030-01-01T00:00'))) > 0);
  });

  it('accepts what nobody reviewed, as of the day of receipt, once its last day has passed', async () => {
    const { number, id } = await submit();
    expect(await cases.sweep(at('2026-03-17T23:59'))).toBe(0);
    expect(await cases.sweep(at('2026-03-18T00:00'))).toBe(1);
    const swept = await cases.forResident(number, resident);
    expect(swept).toMatchObject({ state: 'accepted', acceptedOn: '2026-03-10', dueOn: '2026-03-19' });
    expect(swept.timeline.at(-1)).toMatchObject({
      what: 'acceptedBySilence',
      words: expect.stringContaining('就算受理'),
    });
    expect((await eventsOf(id)).at(-1)).toMatchObject({ type: 'case.accepted', payload: { late: true } });
    expect(await cases.sweep(at('2026-03-18T00:00'))).toBe(0);
  });

  it('withdraws what nobody corrected', async () => {
    const { number, id } = await submit();
    await ask(number);
    expect(await cases.sweep(at('2026-03-31T23:59'))).toBe(0);
    expect(await cases.sweep(at('2026-04-01T00:00'))).toBe(1);
    expect(await cases.forResident(number, resident)).toMatchObject({
      state: 'withdrawn',
      timeline: [{}, {}, { what: 'deemedWithdrawn' }],
    });
    expect((await eventsOf(id)).at(-1)).toMatchObject({ type: 'case.withdrawn', payload: { deemed: true } });
  });

  it('looks again once it holds a case: a correction may have come in between', async () => {
    const { id, number } = await submit();
    const held = (today: string): Promise<unknown> =>
      transact((tx) => store.lockLapsed(tx, id, today as Parameters<CaseStore['lockLapsed']>[2]));
    expect(await held('2026-03-17')).toBeNull();
    expect(await held('2026-03-18')).toMatchObject({ filing: { number } });
  });

  it('by two sweepers at once settles each case once', async () => {
    const filed = await Promise.all(Array.from({ length: 12 }, () => submit()));
    const later = at('2026-04-20T00:00');
    const [one, other] = await Promise.all([cases.sweep(later), cases.sweep(later)]);
    expect(one + other).toBe(12);
    for (const { id } of filed) expect(await eventsOf(id)).toHaveLength(2);
  });

  it('passes over a case an officer holds, and settles no more than it was asked to', async () => {
    const held = await submit();
    await submit();
    const later = at('2026-04-20T00:00');
    const officer = db.dataSource.createQueryRunner();
    await officer.startTransaction();
    await officer.query('select 1 from casework_case where number = $1 for update', [held.number]);
    expect(await cases.sweep(later)).toBe(1);
    await officer.rollbackTransaction();
    await officer.release();
    await submit();
    expect(await cases.sweep(later, 1)).toBe(1);
    expect(await cases.sweep(later, 1)).toBe(1);
  });

  it('does not let a case that cannot be settled keep the others waiting', async () => {
    const broken = await submit({}, at('2026-03-01T10:00'));
    await ask(broken.number, at('2026-03-02T10:00'));
    await db.database.sql(`update casework_notice set words = 'x' where case_id = $1`, [broken.id]);
    const sound = await submit();
    await expect(cases.sweep(at('2026-04-20T00:00'))).rejects.toThrow('1 lapsed cases could not be settled');
    expect(await cases.forResident(sound.number, resident)).toMatchObject({ state: 'accepted' });
  });
});

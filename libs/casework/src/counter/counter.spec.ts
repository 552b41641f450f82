import { Test } from '@nestjs/testing';
import type { Officer } from '@linli/directory';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { CaseCourse } from '../case-course.service';
import { CaseService } from '../case.service';
import type { CaseDetail } from '../case-view';
import { CaseworkModule } from '../casework.module';
import { elder, guide, item, noise } from '../samples';
import { sampleDistrict, sampleFile, sampleOfficer, samplePlatform, sampleResident } from '../samples.module';
import { sampleSchema } from '../supervision/samples.module';
import { Papers } from '../papers/papers.service';
import { Counter, type CounterDraft } from './counter.service';
import { ResultHandOver } from './hand-over.service';

const at = (text: string): Date => new Date(`${text}+08:00`);
const now = at('2026-03-10T10:00');
const ours = sampleOfficer('clerk', { subdistrictId: 's1', hallId: 'h1' });
const theirs = sampleOfficer('clerk', { subdistrictId: 's2' });

let db: TestDatabase;
let counter: Counter;
let cases: CaseService;
let course: CaseCourse;
let handOver: ResultHandOver;
let papers: Papers;

const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
const offline = { ...item, guide: { ...guide, online: false } };

function application(changes: Partial<Extract<CounterDraft, { kind: 'item' }>> = {}): CounterDraft {
  return {
    kind: 'item',
    entry: item,
    subdistrictId: 's1',
    channel: 'window',
    applicant: elder,
    onPaper: [],
    answers: {},
    materials: [],
    fileIds: [],
    mediaIds: [],
    ...changes,
  };
}
const take = (draft: CounterDraft, officer: Officer = ours): Promise<CaseDetail> =>
  transact((tx) => counter.take(tx, draft, officer, () => sampleResident(tx, now), now));

beforeAll(async () => {
  db = await testDatabase(sampleSchema);
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  counter = module.get(Counter);
  cases = module.get(CaseService);
  course = module.get(CaseCourse);
  handOver = module.get(ResultHandOver);
  papers = module.get(Papers);
  await transact(sampleDistrict);
});
afterAll(() => db.close());

describe('a case filed at the counter', () => {
  it('is masked for officers, audited as the officer’s act, and tells how it came', async () => {
    const detail = await take(application({ entry: offline, agentFor: { name: '王桂芳', relation: '女儿' } }));
    expect(detail).toMatchObject({ state: 'submitted', applicant: { name: expect.stringMatching(/^.\*$/) } });
    const [row] = await db.database.sql(
      `select f.source, f.helped_by, f.hall_id, f.subdistrict_id, f.officer_id = $2 as mine, c.channel,
         c.first_receiver_id = $2 as receiver
       from casework_counter_filing f join casework_case c on c.id = f.case_id where c.id = $1`,
      [detail.id, ours.id],
    );
    expect(row).toEqual({
      source: 'window',
      helped_by: 'relative',
      hall_id: 'h1',
      subdistrict_id: 's1',
      mine: true,
      channel: 'window',
      receiver: true,
    });
    const [audit] = await db.database.sql<{ actor_kind: string; detail: object }>(
      `select actor_kind, detail from platform_audit where subject = $1`,
      [`case:${detail.id}`],
    );
    expect(audit?.actor_kind).toBe('officer');
  });

  it('of a person seen before is theirs again; a shared telephone alone decides only while one person has it', async () => {
    const first = await take(application());
    expect((await take(application({ channel: 'phone' }))).residentId).toBe(first.residentId);
    const { idNumber: _id, ...byPhone } = elder;
    expect((await take(application({ applicant: byPhone }))).residentId).toBe(first.residentId);
    const son = { ...elder, name: '王强', idNumber: '11010519491231002X' };
    const sons = await take(application({ applicant: son, agentFor: { name: elder.name } }));
    expect(sons.residentId).not.toBe(first.residentId);
    const unclear = await take(application({ applicant: byPhone }));
    expect([first.residentId, sons.residentId]).not.toContain(unclear.residentId);
  });

  it('at two counters at once gives one person', async () => {
    const applicant = { ...elder, phone: '13700000001', idNumber: '110105193012310011' };
    const filed = await Promise.all([0, 1, 2, 3].map(() => take(application({ applicant }))));
    expect(new Set(filed.map((one) => one.residentId)).size).toBe(1);
  });

  it('as a report keeps who reported, masked', async () => {
    const {
      entry: _entry,
      kind: _kind,
      answers: _a,
      materials: _m,
      agentFor: _g,
      onPaper: _p,
      ...rest
    } = application() as Extract<CounterDraft, { kind: 'item' }>;
    const report = await take({ ...rest, kind: 'report', entry: noise, channel: 'phone', text: '楼下吵' });
    expect(report).toMatchObject({ kind: 'report', applicant: { phone: '139****5678' } });
    await expect(
      take({ ...rest, kind: 'report', entry: noise, text: '吵', applicant: { name: '王', phone: '1' } }),
    ).rejects.toMatchObject({ code: 'case.invalid' });
  });

  it('for another subdistrict may be accepted by the counter that took it in, and by nobody else there', async () => {
    const { number } = await take(application({ subdistrictId: 's1' }), theirs);
    expect((await counter.takenIn(theirs, 10, null)).items.map((one) => one.number)).toEqual([number]);
    const colleague = sampleOfficer('clerk', { subdistrictId: 's2' });
    expect(await transact((tx) => cases.accept(tx, number, colleague, now))).toMatchObject({ state: 'accepted' });
    const own = await take(application());
    await expect(transact((tx) => cases.accept(tx, own.number, theirs, now))).rejects.toMatchObject({
      code: 'case.notFound',
    });
  });
});

describe('people at the counter', () => {
  it('are found by either number, masked, within reach, and who looked is kept without the number', async () => {
    const applicant = { ...elder, phone: '13700000002', idNumber: '110105193108150016' };
    const { number } = await take(application({ applicant }));
    const search = (given: { idNumber?: string; phone?: string }, officer = ours) =>
      transact((tx) => counter.search(tx, given, officer, now));
    for (const given of [{ idNumber: applicant.idNumber }, { phone: '137 0000 0002' }]) {
      const found = await search(given);
      expect(found).toMatchObject([{ applicant: { phone: '137****0002' }, cases: [{ number, state: 'submitted' }] }]);
      expect(JSON.stringify(found)).not.toContain(applicant.idNumber);
    }
    expect(await search({ idNumber: applicant.idNumber }, theirs)).toEqual([{ applicant: null, cases: [] }]);
    expect(await search({ phone: '13700009999' })).toEqual([]);
    await expect(search({})).rejects.toMatchObject({ code: 'case.invalid' });
    const looked = await db.database.sql<{ detail: object }>(
      `select detail from platform_audit where action = 'counter.search'`,
    );
    expect(looked).toHaveLength(4);
    expect(JSON.stringify(looked)).not.toMatch(/1370000|1101051931/);
  });
});

describe('what is given on paper', () => {
  it('is the receipt of the application, then of the acceptance; its code proves it and says nothing personal', async () => {
    const { number, residentId } = await take(application());
    const first = await papers.forResident(number, residentId, 'receipt');
    expect(first).toMatchObject({ kind: 'application', to: elder.name, number, issuedAt: now });
    await expect(papers.forOfficer(number, ours, 'notice')).rejects.toMatchObject({ code: 'paper.notIssued' });
    await transact((tx) => cases.accept(tx, number, ours, at('2026-03-11T10:00')));
    const second = await papers.forOfficer(number, ours, 'receipt');
    expect(second).toMatchObject({ kind: 'acceptance', to: `${elder.name.slice(0, 1)}*` });
    expect(await papers.check(first.code)).toEqual({
      number,
      title: '申请回执',
      issuedOn: '2026-03-10',
      state: 'accepted',
    });
    expect(await papers.check(second.code)).toMatchObject({ title: '受理凭证', issuedOn: '2026-03-11' });
    const forged = `${second.code.slice(0, -1)}${second.code.endsWith('A') ? 'B' : 'A'}`;
    expect([
      await papers.check(forged),
      await papers.check(`2${first.code.slice(1)}`),
      await papers.check('x'),
    ]).toEqual([null, null, null]);
    await expect(papers.forOfficer(number, theirs, 'receipt')).rejects.toMatchObject({ code: 'case.notFound' });
  });

  it('tells of papers to come later, by when, and what happens when they do not', async () => {
    const { number, residentId } = await take(application());
    const later = { materials: ['bank-card'], pledged: true };
    await transact((tx) => cases.accept(tx, number, ours, at('2026-03-11T10:00'), later));
    const { sections } = await papers.forResident(number, residentId, 'receipt');
    const lines = sections.find((one) => one.heading.includes('容缺'))?.lines ?? [];
    expect(lines[0]).toBe('1. 银行储蓄卡');
    expect(lines[1]).toMatch(/^最晚2026年3月\d+日补交。.*按撤回申请处理/);
  });

  it('is a notice that names everything, and a decline with where to go', async () => {
    const asked = await take(application());
    const missing = ['户口簿', '照片'];
    await transact((tx) => cases.requestCorrection(tx, asked.number, ours, { missing, reason: '没有附上' }, now));
    const notice = await papers.forOfficer(asked.number, ours, 'notice');
    expect(JSON.stringify(notice.sections)).toMatch(/1\. 户口簿.*2\. 照片.*没有附上.*2026年3月31日/);
    const declined = await take(application());
    await transact((tx) =>
      course.decline(tx, declined.number, ours, { reason: '不归我们管', authority: '区医保局' }, now),
    );
    const paper = await papers.forOfficer(declined.number, ours, 'decline');
    expect(JSON.stringify(paper.sections)).toMatch(/不归我们管.*区医保局.*行政复议/);
  });

  it('is a transfer slip that lists everything once, and to whom the result went', async () => {
    const idCard = await transact((tx) => sampleFile(tx, 'officer', ours.id, now));
    const slipFile = await transact((tx) => sampleFile(tx, 'officer', ours.id, now));
    const { number } = await take(
      application({ materials: [{ materialId: 'id-card', fileId: idCard }], onPaper: ['id-card', 'proxy-letter'] }),
    );
    await expect(take(application({ onPaper: ['passport'] }))).rejects.toMatchObject({
      errors: [{ at: 'onPaper[0]' }],
    });
    await transact((tx) => cases.accept(tx, number, ours, now));
    await transact((tx) => course.decide(tx, number, ours, 'granted', now));
    const receiver = { name: '王小明', relation: '儿子', evidenceFileId: slipFile };
    await transact((tx) => handOver.deliver(tx, number, ours, { way: 'window', receiver }, now));
    const slip = await papers.transferSlip(number, ours);
    expect(slip).toMatchObject({
      number,
      source: 'window',
      applicant: `${elder.name.slice(0, 1)}*`,
      materials: {
        present: [
          { name: '老人居民身份证', files: 1, onPaper: true },
          { name: '代办委托书', files: 0, onPaper: true },
        ],
        missing: ['银行储蓄卡'],
      },
      handOvers: [{ receiver: '王*', relation: '儿子' }],
    });
    expect(JSON.stringify(slip)).not.toContain('王小明');
    expect(JSON.stringify((await papers.forOfficer(number, ours, 'receipt')).sections)).toContain(
      '2. 代办委托书（纸质）',
    );
    await expect(cases.fileOf(number, ours, slipFile)).resolves.toBeUndefined();
    const [kept] = await db.database.sql<{ receiver: Buffer }>('select receiver from casework_hand_over');
    expect(kept?.receiver.includes('王小明')).toBe(false);
  });
});

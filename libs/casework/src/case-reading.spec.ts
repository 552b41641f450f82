import { Test } from '@nestjs/testing';
import { newId } from '@linli/kernel';
import { Directory1780000001000, directoryRows, type Officer } from '@linli/directory';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { CaseQuery } from './case-reading.service';
import type { CaseDetail } from './case-view';
import { CaseService } from './case.service';
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
let resident: string;
let stranger: string;
/** Shanghai time. */
const at = (text: string): Date => new Date(`${text}+08:00`);
const now = at('2026-03-10T10:00');
const clerk = sampleOfficer('clerk', { subdistrictId: 's1' });
const closing = { outcome: 'resolved', publicReply: '已劝阻夜间施工', evidence: ['现场照片'] } as const;

const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
const apply = (changes: Parameters<typeof application>[0] = {}, when = now): Promise<CaseDetail> =>
  transact((tx) => cases.submit(tx, application({ residentId: resident, ...changes }), when));
const tell = (changes: Parameters<typeof report>[0] = {}, when = now): Promise<CaseDetail> =>
  transact((tx) => cases.submit(tx, report({ residentId: resident, ...changes }), when));
const numbers = async (officer: Officer, query: CaseQuery = {}): Promise<string[]> =>
  (await cases.list(officer, query, 50, null)).items.map((row) => row.number);

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
  db.clock.set(now);
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  cases = module.get(CaseService);
  await transact(sampleDistrict);
  [resident, stranger] = await transact(
    async (tx) => [await sampleResident(tx, now), await sampleResident(tx, now)] as const,
  );
});
beforeEach(async () => {
  await db.database.sql(
    'truncate casework_dispatch, casework_file, casework_step, casework_notice, casework_case cascade',
  );
});
afterAll(() => db.close());

describe('who sees what', () => {
  const agentFor = { name: '欧阳桂英', idNumber: '110105194512310020', relation: '母亲' };

  it('the owner sees the case whole, officers see it masked', async () => {
    const filed = await apply({ agentFor });
    expect(await cases.forResident(filed.number, resident)).toEqual(filed);
    expect(filed.answers).toEqual([
      { id: 'isSelf', label: '是否本人申请', value: '否' },
      { id: 'bankName', label: '开户银行', value: '邻安银行' },
      { id: 'bankAccount', label: '银行卡号', value: '6222020200012345678' },
    ]);
    const seen = await cases.forOfficer(filed.number, clerk);
    expect(seen).toMatchObject({
      applicant: { name: '欧*', phone: '139****5678', idNumber: '110105********0020', address: '甲街道梧桐路****' },
      agentFor: { name: '欧*', idNumber: '110105********0020', relation: '母亲' },
      answers: [{ value: '否' }, { value: '邻安银行' }, { value: '622202*********5678' }],
      toBring: ['老人居民身份证', '银行储蓄卡'],
    });
    const told = await tell();
    expect((await cases.forOfficer(told.number, clerk)).text).toBe('楼下半夜施工，吵得睡不着，我电话139****5678');
    expect(told.text).toContain('13912345678');
  });

  it('a correction is masked in the timeline, and the public reply stays whole', async () => {
    const { number } = await apply();
    await transact((tx) =>
      cases.requestCorrection(tx, number, clerk, { missing: ['户口簿'], reason: '请打0990-5550301' }, now),
    );
    await transact((tx) =>
      cases.correctByResident(tx, number, resident, { text: '打我13912345678', channel: 'api' }, now),
    );
    const words = (await cases.forOfficer(number, clerk)).timeline.map((step) => step.words);
    expect(words[1]).toContain('0990-5550301');
    expect(words[2]).toContain('打我139****5678');
  });

  it('a reveal shows everything against a reason that is audited', async () => {
    const { number, id } = await apply({ agentFor });
    const reveal = (officer: Officer, reason: string): Promise<object> =>
      transact((tx) => cases.reveal(tx, number, officer, reason, now));
    expect(await reveal(clerk, '电话核实 13912345678')).toEqual({
      applicant: { ...elder, phone: '13912345678', idNumber: '110105194512310020' },
      agentFor,
      answers: [expect.anything(), expect.anything(), expect.objectContaining({ value: '6222020200012345678' })],
      text: null,
      place: null,
    });
    await expect(reveal(clerk, ' ')).rejects.toMatchObject({ code: 'case.invalid', errors: [{ at: 'reason' }] });
    await expect(reveal(sampleOfficer('assessor'), '看看')).rejects.toMatchObject({ code: 'case.notFound' });
    const rows = await db.database.sql(`select actor_id, detail from platform_audit where action = 'case.reveal'`);
    expect(rows).toEqual([{ actor_id: clerk.id, detail: { number, reason: '电话核实 139****5678' } }]);
    expect(id).toBeDefined();
  });

  it('nothing personal can be read in any row', async () => {
    const { number } = await apply({ agentFor });
    await transact((tx) =>
      cases.requestCorrection(tx, number, clerk, { missing: ['欧阳桂英的户口簿'], reason: '欧阳桂英' }, now),
    );
    await transact((tx) => cases.correctByResident(tx, number, resident, { text: '梧桐路18号', channel: 'api' }, now));
    await transact((tx) => cases.accept(tx, number, clerk, now));
    await transact((tx) => cases.close(tx, number, clerk, { ...closing, publicReply: '欧阳桂英，您好' }, now));
    await tell({ place: { words: '梧桐路18号' } });
    const tables = ['casework_case', 'casework_notice', 'casework_step', 'casework_file', 'platform_audit'];
    const dumps = await Promise.all(
      tables.map((table) => db.database.sql<{ row: string }>(`select row_to_json(t)::text as row from ${table} t`)),
    );
    const text = dumps
      .flat()
      .map(({ row }) => row)
      .join('\n');
    // bytea is written as hex: the words must not hide there in plain either.
    for (const secret of ['欧阳桂英', '13912345678', '1945', '梧桐路', '6222020200012345678', '半夜施工', '邻安银行']) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('hex'));
    }
    expect(dumps[0]).toHaveLength(2);
  });

  it('files are shown with their case, evidence to officers only', async () => {
    const [paper, photo, other] = await transact(
      async (tx) =>
        [
          await sampleFile(tx, 'resident', resident, now),
          await sampleFile(tx, 'officer', clerk.id, now),
          await sampleFile(tx, 'resident', stranger, now),
        ] as const,
    );
    const { number } = await tell({ fileIds: [paper] });
    await tell({ residentId: stranger, fileIds: [other] });
    await transact((tx) => cases.accept(tx, number, clerk, now));
    await transact((tx) => cases.close(tx, number, clerk, { ...closing, evidence: [photo, '照片'] }, now));
    const owner = { residentId: resident };
    await cases.fileOf(number, owner, paper);
    await cases.fileOf(number, clerk, paper);
    await cases.fileOf(number, clerk, photo);
    const afar = sampleOfficer('clerk', { subdistrictId: 's2' });
    for (const [asker, file] of [
      [owner, photo],
      [owner, other],
      [{ residentId: stranger }, paper],
      [afar, paper],
      [clerk, 'x'],
      [clerk, other],
    ] as const) {
      await expect(cases.fileOf(number, asker, file)).rejects.toMatchObject({ code: 'file.notFound' });
    }
    expect((await cases.forOfficer(number, clerk)).fileIds).toEqual([paper]);
  });
});

describe('lists', () => {
  it('reach as far as the officer does', async () => {
    const here = (await apply()).number;
    const hereUrban = (await tell()).number;
    const there = (await tell({ subdistrictId: 's2' })).number;
    const sees = async (officer: Officer): Promise<string[]> => {
      const listed = await numbers(officer);
      for (const number of [here, hereUrban, there]) {
        const opened = await cases.forOfficer(number, officer).then(
          () => true,
          () => false,
        );
        expect(opened).toBe(listed.includes(number));
      }
      return listed.sort();
    };
    expect(await sees(clerk)).toEqual([here, hereUrban]);
    expect(await sees(sampleOfficer('dispatcher', { subdistrictId: 's2' }))).toEqual([there]);
    expect(await sees(sampleOfficer('department', { departmentId: 'urban', subdistrictId: 's1' }))).toEqual([
      hereUrban,
      there,
    ]);
    expect(await sees(sampleOfficer('department'))).toEqual([]);
    expect(await sees(sampleOfficer('supervisor'))).toEqual([here, hereUrban, there]);
    expect(await sees(sampleOfficer('admin', { subdistrictId: 's1' }))).toEqual([here, hereUrban]);
    for (const role of ['assessor', 'community', 'grid'] as const) expect(await sees(sampleOfficer(role))).toEqual([]);
  });

  it('are narrowed by state, by when they are due, and to one officer', async () => {
    const accept = async (filedOn: string, acceptedOn: string): Promise<string> => {
      const { number } = await tell({}, at(filedOn));
      return (await transact((tx) => cases.accept(tx, number, clerk, at(acceptedOn)))).number;
    };
    const overdue = await accept('2026-02-27T10:00', '2026-03-02T10:00');
    const today = await accept('2026-03-02T10:00', '2026-03-03T10:00');
    const soon = await accept('2026-03-02T10:00', '2026-03-06T10:00');
    const waiting = (await apply()).number;
    const asked = (await apply()).number;
    const other = sampleOfficer('clerk');
    await transact((tx) => cases.requestCorrection(tx, asked, other, { missing: ['户口簿'], reason: '缺' }, now));
    const corrected = (await apply()).number;
    await transact((tx) => cases.requestCorrection(tx, corrected, other, { missing: ['户口簿'], reason: '缺' }, now));
    await transact((tx) => cases.correctByOfficer(tx, corrected, other, { channel: 'api' }, now));
    const closed = await accept('2026-02-27T10:00', '2026-03-02T10:00');
    await transact((tx) => cases.close(tx, closed, clerk, closing, now));

    expect(await numbers(clerk)).toEqual([overdue, today, soon, waiting, corrected, asked]);
    expect(await numbers(clerk, { due: 'overdue' })).toEqual([overdue]);
    expect(await numbers(clerk, { due: 'today' })).toEqual([today]);
    expect(await numbers(clerk, { due: 'soon' })).toEqual([soon]);
    expect(await numbers(clerk, { state: 'submitted' })).toEqual([waiting, corrected]);
    expect(await numbers(clerk, { state: 'awaitingCorrection' })).toEqual([asked]);
    expect(await numbers(clerk, { state: 'closed' })).toEqual([closed]);
    expect(await numbers(clerk, { state: 'suspended' })).toEqual([]);
    expect(await numbers(clerk, { mine: true })).toEqual([overdue, today, soon]);
    expect(await numbers(other, { mine: true, state: 'submitted' })).toEqual([corrected]);
    expect((await cases.list(clerk, { state: 'awaitingCorrection' }, 1, null)).items).toMatchObject([
      { applicant: '欧*', answerBy: '2026-03-31', department: '区民政局', state: 'awaitingCorrection' },
    ]);
  });

  it('go on page by page without gap or repetition, also where all are due on one day', async () => {
    const filed = await Promise.all(Array.from({ length: 7 }, () => apply()));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<CaseService['list']>> = await cases.list(clerk, {}, 3, cursor);
      seen.push(...page.items.map((row) => row.number));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect([...seen].sort()).toEqual(filed.map((one) => one.number).sort());
    await expect(cases.list(clerk, {}, 3, 'x')).rejects.toMatchObject({ code: 'request.cursorInvalid' });
  });

  it('of a resident hold their own cases, newest first', async () => {
    const first = (await apply({}, at('2026-03-01T10:00'))).number;
    const second = (await tell({}, at('2026-03-02T10:00'))).number;
    const third = (await apply({}, at('2026-03-03T10:00'))).number;
    await tell({ residentId: stranger });
    await transact((tx) =>
      cases.requestCorrection(tx, third, clerk, { missing: ['户口簿'], reason: '缺' }, at('2026-03-04T10:00')),
    );
    const page = await cases.summariesOf(db.database, resident, 2, null);
    expect(page.items).toMatchObject([
      { number: third, missing: ['户口簿'], answerBy: '2026-03-25' },
      { number: second, missing: [] },
    ]);
    const rest = await cases.summariesOf(db.database, resident, 2, page.nextCursor);
    expect(rest).toMatchObject({ items: [{ number: first }], nextCursor: null });
  });
});

describe('the check of the tables', () => {
  it('finds nothing in sound ones and each kind of damage in others', async () => {
    const { number, id } = await apply();
    const other = await apply();
    await transact((tx) =>
      cases.requestCorrection(tx, other.number, clerk, { missing: ['户口簿'], reason: '缺' }, now),
    );
    expect(await cases.checkIntegrity()).toEqual([]);
    await db.database.sql(
      `update casework_case set state = 'withdrawn', withdrawn_at = now(), withdrawal_deemed = false, lapses_on = null where id = $1`,
      [id],
    );
    await db.database.sql(
      'delete from platform_outbox where id = (select event_id from casework_step where case_id = $1)',
      [id],
    );
    await db.database.sql('update casework_case set revision = 3 where id = $1', [other.id]);
    await db.database.sql('delete from casework_notice where case_id = $1', [other.id]);
    await db.database.sql('alter table casework_case drop constraint casework_case_number_key');
    await db.database.sql(
      `insert into casework_case (id, number, kind, state, revision, resident_id, subdistrict_id, department_id,
        department_name, entry_id, version_id, title, channel, submitted_at, accept_on, due_on, statutory_on, provisional,
        lapses_on, particulars)
      select $1, number, kind, 'submitted', 1, resident_id, subdistrict_id, department_id, department_name, entry_id, version_id,
        title, channel, submitted_at, accept_on, due_on, statutory_on, provisional, accept_on, particulars
      from casework_case where id = $2`,
      [newId(), id],
    );
    const problems = await cases.checkIntegrity();
    expect(problems).toHaveLength(5);
    expect(problems).toContain(`1 numbers given twice, such as ${number}`);
    expect(problems.at(-1)).toBe(`1 cases with a step of the last day but no event of it, such as ${number}`);
  });
});

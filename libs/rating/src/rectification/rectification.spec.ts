import { Test } from '@nestjs/testing';
import type { EventPayloads, Finding, Grade } from '@linli/contracts';
import { newId } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { OverdueAlarms1780000060320 } from '../overdue-alarms.migration';
import { RatingCare1780000030000 } from '../rating-care.migration';
import { Rating1780000005000 } from '../rating.migration';
import { RatingModule } from '../rating.module';
import { RatingService } from '../rating.service';
import type { Asker } from '../reach';
import { sampleOfficer, samplePlatform, sampleService } from '../samples.module';
import { RatingAppeals } from './appeals.service';
import { OverdueAlarms } from './overdue-alarms.service';
import type { Rectification } from './rectification.store';
import { Rectifications } from './rectifications.service';

/** Tuesday; contact by Wednesday, put right by the next Tuesday. */
const rated = new Date('2026-03-10T03:00:00Z');
const days = (count: number): Date => new Date(rated.getTime() + count * 86_400_000);
const clerk = sampleOfficer();
const dispatcher = sampleOfficer('dispatcher');
const supervisor = sampleOfficer('supervisor', { subdistrictId: null });

let db: TestDatabase;
let ratings: RatingService;
let rectifications: Rectifications;
let appeals: RatingAppeals;
let alarms: OverdueAlarms;

beforeAll(async () => {
  db = await testDatabase({
    rows: [],
    migrations: [Rating1780000005000, RatingCare1780000030000, OverdueAlarms1780000060320],
  });
  const rooms = await Test.createTestingModule({ imports: [samplePlatform(db), RatingModule] }).compile();
  ratings = rooms.get(RatingService);
  rectifications = rooms.get(Rectifications);
  appeals = rooms.get(RatingAppeals);
  alarms = rooms.get(OverdueAlarms);
});
afterAll(() => db.close());
beforeEach(() => db.database.sql('truncate rating_service_event, platform_outbox, platform_audit cascade'));

const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
async function bad(
  more: { grade?: Grade; text?: string; anonymous?: boolean } = {},
): Promise<{ id: string; ratingId: string; serviceEventId: string; residentId: string }> {
  const service = sampleService();
  const { residentId } = service;
  const serviceEventId = await write((tx) => ratings.openServiceEvent(tx, service));
  const draft = { serviceEventId, grade: 'dissatisfied', channel: 'api', ...more } as const;
  const { id: ratingId } = await write((tx) => ratings.rate(tx, { residentId }, draft, rated));
  const [row] = await db.database.sql<{ id: string }>('select id from rating_rectification where rating_id = $1', [
    ratingId,
  ]);
  return { id: row?.id ?? '', ratingId, serviceEventId, residentId };
}
const verify = (id: string, by: Asker, finding: Finding, complexity: 'simple' | 'complex' = 'simple', at = days(0)) =>
  write((tx) => rectifications.verify(tx, id, by, { finding, complexity, note: '核对了记录' }, at));
const confirm = (id: string, by: Asker, finding: Finding) =>
  write((tx) => rectifications.confirm(tx, id, by, finding, '看了双方材料', days(1)));
const contact = (id: string, at = days(1)) =>
  write((tx) => rectifications.contact(tx, id, clerk, '电话里说等了两小时', at));
const reply = (id: string, at = days(2)) => write((tx) => rectifications.reply(tx, id, clerk, '已增开一个窗口。', at));
const callBack = (id: string, by: Asker, at = days(3)) =>
  write((tx) =>
    rectifications.callBack(tx, id, by, { grade: 'satisfied', calledAt: days(3), seconds: 80, note: '好多了' }, at),
  );
const events = (type: string): Promise<Record<string, unknown>[]> =>
  db.database
    .sql<{ payload: Record<string, unknown> }>('select payload from platform_outbox where type = $1 order by id', [
      type,
    ])
    .then((rows) => rows.map(({ payload }) => payload));

describe('a bad rating', () => {
  it.each([
    ['dissatisfied', 1],
    ['veryDissatisfied', 1],
    ['fairlySatisfied', 0],
  ] as const)('%s opens %d rectification in its transaction', async (grade, count) => {
    await bad({ grade });
    const opened = await events('rectification.opened');
    expect(opened).toHaveLength(count);
    if (count === 1) expect(opened[0]).toMatchObject({ grade, contactBy: '2026-03-11', rectifyBy: '2026-03-17' });
  });

  it('is verified by two, the resident contacted, answered, and asked again; both grades stand', async () => {
    const { id, ratingId, serviceEventId, residentId } = await bad({ text: '等太久' });
    expect((await verify(id, clerk, 'true')).state).toBe('verifying');
    await expect(verify(id, clerk, 'true')).rejects.toMatchObject({ code: 'rectification.samePerson' });
    expect((await verify(id, dispatcher, 'true')).state).toBe('rectifying');
    await expect(reply(id)).rejects.toMatchObject({ code: 'rectification.notContacted' });
    await contact(id);
    expect((await reply(id)).state).toBe('replied');
    await expect(callBack(id, clerk)).rejects.toMatchObject({ code: 'rectification.samePerson' });
    const closed = await callBack(id, dispatcher);
    expect(closed).toMatchObject({ state: 'closed', grade: 'dissatisfied', afterGrade: 'satisfied', inTime: true });
    expect(await ratings.ofServiceEvent(serviceEventId, residentId)).toMatchObject({ grade: 'dissatisfied' });
    expect(await events('rectification.verified')).toMatchObject([{ finding: 'true' }]);
    expect(await events('rectification.contacted')).toMatchObject([{ inTime: true }]);
    expect(await events('rectification.rectified')).toMatchObject([{ inTime: true }]);
    expect(await events('rectification.closed')).toMatchObject([
      { ratingId, finding: 'true', inTime: true, grade: 'dissatisfied', afterGrade: 'satisfied' },
    ]);
    expect(await events('rating.excluded')).toEqual([]);
    expect(await ratings.checkIntegrity()).toEqual([]);
    const raw = await db.database.sql<{ row: string }>(
      'select rating_rectification::text as row from rating_rectification',
    );
    expect(raw[0]?.row).not.toMatch(/两小时|窗口|核对|好多了/);
  });

  it('found mistaken or malicious is set aside only by a third person, on record', async () => {
    const { id } = await bad();
    await verify(id, clerk, 'malicious');
    expect((await verify(id, dispatcher, 'malicious')).state).toBe('confirming');
    expect(await events('rating.excluded')).toEqual([]);
    await expect(confirm(id, dispatcher, 'malicious')).rejects.toMatchObject({ code: 'rectification.samePerson' });
    const closed = await confirm(id, supervisor, 'malicious');
    expect(closed).toMatchObject({ state: 'closed', finding: 'malicious', grade: 'dissatisfied', inTime: true });
    expect(await events('rating.excluded')).toMatchObject([{ reasonCode: 'malicious' }]);
    const audited = await db.database.sql<{ action: string }>(
      `select action from platform_audit where action like 'rectification.%' order by id`,
    );
    expect(audited.map(({ action }) => action)).toEqual([
      'rectification.verify',
      'rectification.verify',
      'rectification.confirm',
    ]);
  });

  it('goes on when the supervisor does not agree, or when the two do not', async () => {
    const { id } = await bad();
    await verify(id, clerk, 'true');
    expect((await verify(id, dispatcher, 'mistaken')).state).toBe('confirming');
    expect(await confirm(id, supervisor, 'true')).toMatchObject({ state: 'rectifying', finding: 'true' });
    expect(await events('rating.excluded')).toEqual([]);
  });

  it('cannot be decided by one person even past the code', async () => {
    const { id } = await bad();
    await verify(id, clerk, 'malicious');
    const alone = [
      [`second_by = first_by`, 'rating_rectification_two_verify'],
      [`confirmed_by = first_by`, 'rating_rectification_third_confirms'],
      [`finding = 'malicious'`, 'rating_rectification_set_aside_confirmed'],
    ] as const;
    for (const [set, constraint] of alone)
      await expect(db.database.sql(`update rating_rectification set ${set} where id = $1`, [id])).rejects.toMatchObject(
        {
          constraint,
        },
      );
  });

  it('verified by two at once keeps both', async () => {
    const { id } = await bad();
    const both = await Promise.all([verify(id, clerk, 'true'), verify(id, dispatcher, 'true')]);
    expect(both.map(({ state }) => state).sort()).toEqual(['rectifying', 'verifying']);
  });

  it('given anonymously is put right without looking for anybody', async () => {
    const { id } = await bad({ anonymous: true });
    await verify(id, clerk, 'true');
    await verify(id, dispatcher, 'true');
    await expect(contact(id)).rejects.toMatchObject({ code: 'rectification.anonymous' });
    const look = write((tx) => rectifications.startReveal(tx, id, clerk, '联系', days(1)));
    await expect(look).rejects.toMatchObject({ code: 'rectification.anonymous' });
    expect(await reply(id)).toMatchObject({ state: 'closed', afterGrade: null });
  });

  it('shows its contact to who verifies it alone, and says so in the audit trail', async () => {
    const { id } = await bad();
    const look = (by: Asker) => write((tx) => rectifications.startReveal(tx, id, by, '电话核实', days(0)));
    await expect(look(clerk)).rejects.toMatchObject({ code: 'rectification.notVerifier' });
    await verify(id, clerk, 'true');
    expect(await look(clerk)).toBe('2600000017');
    await expect(look(supervisor)).rejects.toMatchObject({ code: 'rectification.notVerifier' });
    const rows = await db.database.sql(`select actor_id from platform_audit where action = 'rectification.reveal'`);
    expect(rows).toEqual([{ actor_id: clerk.id }]);
  });
});

describe('its days', () => {
  it('are longer for what is complex, and are missed once each', async () => {
    const { id } = await bad();
    expect(await rectifications.sweep(days(1))).toBe(0);
    expect(await rectifications.sweep(days(2))).toBe(1);
    expect(await verify(id, clerk, 'true', 'complex', days(2))).toMatchObject({ rectifyBy: '2026-03-31' });
    expect(await verify(id, dispatcher, 'true', 'simple', days(2))).toMatchObject({ rectifyBy: '2026-03-31' });
    expect(await rectifications.sweep(days(21))).toBe(0);
    const swept = await Promise.all([rectifications.sweep(days(22)), rectifications.sweep(days(22))]);
    expect(swept.sort()).toEqual([0, 1]);
    expect((await events('rectification.overdue')).map(({ step }) => step)).toEqual(['contact', 'rectify']);
    await contact(id, days(22));
    await reply(id, days(22));
    expect(await events('rectification.contacted')).toMatchObject([{ inTime: false }]);
    expect(await callBack(id, dispatcher, days(23))).toMatchObject({ inTime: false, rectifyOverdue: true });
  });

  it('missed are put before those above, once a step, until somebody takes note; verify misses none', async () => {
    const { id } = await bad();
    db.clock.set(days(3));
    const problems = async (): Promise<string> => (await ratings.checkIntegrity()).join('\n');
    expect(await problems()).toMatch(/1 days of a rectification that passed unnoticed/);
    await rectifications.sweep(days(2));
    expect(await problems()).toMatch(/1 missed days of a rectification that nobody above was told of/);
    const [overdue] = (await events('rectification.overdue')) as unknown as EventPayloads['rectification.overdue'][];
    const [first, second] = [
      await write((tx) => alarms.raise(tx, overdue!, days(2))),
      await write((tx) => alarms.raise(tx, overdue!, days(3))),
    ];
    expect(second).toEqual(first);
    expect(first).toMatchObject({ rectificationId: id, step: 'contact', dueOn: '2026-03-11', done: false });
    expect(await problems()).not.toMatch(/rectification that/);
    const leader = sampleOfficer('leader');
    const elsewhere = sampleOfficer('leader', { subdistrictId: 's2' });
    expect((await alarms.list(leader, false, 10, null)).items).toEqual([first]);
    expect((await alarms.list(supervisor, false, 10, null)).items).toHaveLength(1);
    expect((await alarms.list(elsewhere, false, 10, null)).items).toEqual([]);
    const note = (by: Asker) => write((tx) => alarms.note(tx, first.id, by, '已约谈窗口负责人', days(3)));
    await expect(note(elsewhere)).rejects.toMatchObject({ code: 'rectification.notFound' });
    await note(leader);
    await expect(note(supervisor)).rejects.toMatchObject({ code: 'rectification.wrongState' });
    expect((await alarms.list(leader, false, 10, null)).items).toEqual([]);
    await contact(id, days(3));
    const [noted] = (await alarms.list(leader, true, 10, null)).items;
    expect(noted).toMatchObject({ id: first.id, done: true, note: '已约谈窗口负责人' });
  });

  it('order the list, page by page, within reach alone', async () => {
    const made: Rectification[] = [];
    for (let count = 0; count < 3; count += 1) made.push(await rectifications.read((await bad()).id, clerk));
    const first = await rectifications.list(clerk, 'verifying', 2, null);
    const second = await rectifications.list(clerk, 'verifying', 2, first.nextCursor);
    const seen = [...first.items, ...second.items].map(({ rectificationId }) => rectificationId);
    expect(seen).toEqual(made.map(({ rectificationId }) => rectificationId));
    expect(second.nextCursor).toBeNull();
    const department = sampleOfficer('department', { departmentId: 'civil', subdistrictId: null });
    expect((await rectifications.list(department, 'verifying', 9, null)).items).toHaveLength(3);
    const others = [
      sampleOfficer('clerk', { subdistrictId: 's2' }),
      sampleOfficer('department', { departmentId: 'urban', subdistrictId: null }),
      sampleOfficer('assessor'),
    ];
    for (const other of others) {
      expect((await rectifications.list(other, 'verifying', 9, null)).items).toEqual([]);
      const read = rectifications.read(made[0]?.rectificationId ?? '', other);
      await expect(read).rejects.toMatchObject({ code: 'rectification.notFound' });
    }
    await expect(rectifications.list(clerk, 'verifying', 9, 'nonsense')).rejects.toMatchObject({
      code: 'request.cursorInvalid',
    });
  });
});

describe('an appeal', () => {
  const file = (ratingId: string, by: Asker) =>
    write((tx) => appeals.file(tx, by, { ratingId, evidence: '当天系统停电', fileIds: [] }, days(4)));
  const decide = (id: string, by: Asker, decision: 'upheld' | 'rejected') =>
    write((tx) => appeals.decide(tx, id, by, { decision, reason: '查了停电公告' }, days(5)));
  const unit = sampleOfficer('department', { departmentId: 'civil', subdistrictId: null });

  it('of the rated unit is decided by another, and shows both grades', async () => {
    const { id, ratingId } = await bad();
    await verify(id, clerk, 'true');
    await verify(id, dispatcher, 'true');
    await contact(id);
    await reply(id);
    await callBack(id, dispatcher);
    const appeal = await file(ratingId, unit);
    expect(appeal).toMatchObject({ grade: 'dissatisfied', afterGrade: 'satisfied', decision: null });
    await expect(file(ratingId, unit)).rejects.toMatchObject({ code: 'rating.alreadyAppealed' });
    await expect(decide(appeal.id, unit, 'upheld')).rejects.toMatchObject({ code: 'rating.samePerson' });
    expect(await decide(appeal.id, supervisor, 'upheld')).toMatchObject({ decision: 'upheld', reason: '查了停电公告' });
    await expect(decide(appeal.id, supervisor, 'rejected')).rejects.toMatchObject({ code: 'rating.appealDecided' });
    expect(await events('rating.excluded')).toMatchObject([{ ratingId, reasonCode: 'appealUpheld' }]);
    expect((await appeals.list(unit, true, 9, null)).items).toEqual([]);
    expect((await appeals.list(unit, false, 9, null)).items).toHaveLength(1);
  });

  it('of others is refused, and a rejected one leaves the figures alone', async () => {
    const { ratingId } = await bad();
    await expect(file(ratingId, supervisor)).rejects.toMatchObject({ code: 'rating.appealNotYours' });
    const urban = sampleOfficer('department', { departmentId: 'urban', subdistrictId: null });
    await expect(file(ratingId, urban)).rejects.toMatchObject({ code: 'rating.notFound' });
    await expect(file(newId(), unit)).rejects.toMatchObject({ code: 'rating.notFound' });
    const { id } = await file(ratingId, unit);
    await decide(id, supervisor, 'rejected');
    expect(await events('rating.excluded')).toEqual([]);
  });
});

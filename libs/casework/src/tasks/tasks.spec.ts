import type { TestingModule } from '@nestjs/testing';
import { newId } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { sampleDistrict, sampleOfficer } from '../samples.module';
import { CaseworkIntegrityStore } from '../supervision/casework-integrity.store';
import { sampleRoom, sampleSchema } from '../supervision/samples.module';
import { checkResult, taskKinds, type Task } from './task';
import { TaskList } from './task-list.service';
import { Tasks, type TaskWish } from './tasks.service';

const at = (text: string): Date => new Date(`${text}+08:00`);
const now = at('2026-03-10T09:00');
const leader = sampleOfficer('leader', { subdistrictId: 's1' });
const elsewhere = sampleOfficer('leader', { subdistrictId: 's2' });
const civil = sampleOfficer('department', { departmentId: 'civil' });
const urban = sampleOfficer('department', { departmentId: 'urban' });
const wish: TaskWish = {
  kind: 'proposalReply',
  subdistrictId: 's1',
  owner: { id: 'civil', name: '区民政局' },
  title: '增设老年食堂',
  detail: '联席会议提出',
  dueOn: '2026-03-20',
  wanted: 1,
};

let db: TestDatabase;
let room: TestingModule;
let tasks: Tasks;
let reading: TaskList;
const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
const add = (changes: Partial<TaskWish> = {}): Promise<Task> =>
  transact((tx) => tasks.add(tx, leader, { ...wish, ...changes }, now));

beforeAll(async () => {
  db = await testDatabase(sampleSchema);
  room = await sampleRoom(db);
  tasks = room.get(Tasks);
  reading = room.get(TaskList);
  await transact(sampleDistrict);
});
afterAll(() => db.close());

describe('what a task must show', () => {
  it.each(taskKinds)('%s is not done without it', (kind) => {
    expect(() => checkResult(kind, '', [])).toThrow('task.invalid');
    expect(() => checkResult(kind, '已经安排开工', [newId()])).not.toThrow();
  });
});

describe('a task', () => {
  it('is replied to in writing, published, and then read by everybody', async () => {
    const { id } = await add();
    const finish = (result: string, by = civil): Promise<Task> =>
      transact((tx) => tasks.finish(tx, id, by, { result, fileIds: [] }, at('2026-03-21T09:00')));
    await expect(finish('行')).rejects.toMatchObject({ code: 'task.invalid' });
    await expect(finish('已列入计划', urban)).rejects.toMatchObject({ code: 'task.notFound' });
    await expect(transact((tx) => tasks.publish(tx, id, leader, now))).rejects.toMatchObject({
      code: 'task.wrongState',
    });
    expect(await finish('已列入今年实事项目')).toMatchObject({ state: 'done', inTime: false });
    expect((await reading.published(10, null)).items).toEqual([]);
    await expect(transact((tx) => tasks.publish(tx, id, elsewhere, now))).rejects.toMatchObject({
      code: 'task.notFound',
    });
    await transact((tx) => tasks.publish(tx, id, leader, now));
    expect((await reading.published(10, null)).items).toMatchObject([{ id, title: '增设老年食堂' }]);
  });

  it('for volunteers has as many takers as it wants, each once, whoever presses at once', async () => {
    const { id } = await add({ kind: 'volunteer', wanted: 3 });
    const people = Array.from({ length: 12 }, () => newId());
    const take = (who: string): Promise<Task> =>
      transact((tx) => tasks.take(tx, id, { kind: 'resident', id: who }, now));
    expect((await reading.volunteering('s1', 10, null, now)).items.map((one) => one.id)).toContain(id);
    const [first] = people;
    await take(first ?? '');
    await expect(take(first ?? '')).rejects.toMatchObject({ code: 'task.alreadyTaken' });
    const rest = await Promise.allSettled(people.slice(1).map(take));
    expect(rest.filter((one) => one.status === 'fulfilled')).toHaveLength(2);
    const codes = rest.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    expect(new Set(codes)).toEqual(new Set(['task.full']));
    expect(await reading.read(id, leader)).toMatchObject({ state: 'taken', taken: 3 });
    expect((await reading.volunteering('s1', 10, null, now)).items.map((one) => one.id)).not.toContain(id);
    expect(await room.get(CaseworkIntegrityStore).problems()).toEqual([]);
  });

  it('is no resident’s to take unless it is for volunteers', async () => {
    const { id } = await add();
    const taker = { kind: 'resident', id: newId() } as const;
    await expect(transact((tx) => tasks.take(tx, id, taker, now))).rejects.toMatchObject({ code: 'task.notFound' });
  });

  it('is changed while open, dropped while undone, and listed by owner and place', async () => {
    const { id } = await add({ kind: 'resolution' });
    const changed = await transact((tx) => tasks.change(tx, id, leader, { title: '改期', dueOn: '2026-03-05' }, now));
    expect(changed).toMatchObject({ title: '改期', dueOn: '2026-03-05', detail: wish.detail });
    await expect(transact((tx) => tasks.change(tx, id, leader, { dueOn: '2026-02-30' }, now))).rejects.toMatchObject({
      code: 'task.invalid',
    });
    const open = { state: 'open', kind: null } as const;
    expect((await reading.list(civil, open, 10, null)).items[0]?.id).toBe(id);
    expect((await reading.list(urban, open, 10, null)).items).toEqual([]);
    const first = await reading.list(leader, open, 1, null);
    const second = await reading.list(leader, open, 1, first.nextCursor);
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
    expect(await transact((tx) => tasks.drop(tx, id, leader, now))).toMatchObject({ state: 'dropped' });
    await expect(transact((tx) => tasks.drop(tx, id, leader, now))).rejects.toMatchObject({ code: 'task.wrongState' });
  });
});

import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { newId } from '@linli/kernel';
import { Database, dataSourceOptions, type Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { Officer } from '@linli/directory';
import { CaseService } from '../case.service';
import { application, report } from '../samples';
import { sampleDistrict, sampleOfficer, sampleResident } from '../samples.module';
import { CaseworkIntegrityStore } from '../supervision/casework-integrity.store';
import { manyCases, sampleRoom, sampleSchema } from '../supervision/samples.module';
import { isForElder } from './priority';
import type { Claim } from './claim.store';
import { WorkQueue } from './work-queue.service';

const at = (text: string): Date => new Date(`${text}+08:00`);
const now = at('2026-03-10T09:00');
const claimers = 50;
const waiting = 1000;

let db: TestDatabase;
let sources: DataSource[];
let queues: WorkQueue[];
let databases: Database[];
let room: TestingModule;
let resident: string;
const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);

async function officer(changes: Partial<Officer> = {}): Promise<Officer> {
  const made = sampleOfficer('dispatcher', changes);
  await db.database.sql(
    `insert into directory_officer (id, account, name, role, password_hash, created_at) values ($1, $2, '', $3, '', $4)`,
    [made.id, `o${newId()}`, made.role, now],
  );
  return made;
}
const clean = (): Promise<unknown> =>
  db.database.sql('truncate casework_claim, casework_priority, casework_step, casework_file, casework_case cascade');

beforeAll(async () => {
  db = await testDatabase(sampleSchema);
  room = await sampleRoom(db);
  sources = await Promise.all(
    [1, 2, 3, 4].map(() => new DataSource(dataSourceOptions(db.url, sampleSchema, 6)).initialize()),
  );
  databases = sources.map((source) => new Database(source));
  const rooms = await Promise.all(databases.map((database) => sampleRoom({ ...db, database })));
  queues = rooms.map((one) => one.get(WorkQueue));
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, now));
});
afterAll(async () => {
  await Promise.all(sources.map((source) => source.destroy()));
  await db.close();
});
beforeEach(clean);

const claim = (by: Officer, when = now, entryIds: string[] | null = null): Promise<Claim | null> =>
  transact((tx) => room.get(WorkQueue).claim(tx, by, entryIds, when));

describe('the work queue', () => {
  it(`hands ${waiting} cases to ${claimers} officers over four pools, each once, the oldest first`, async () => {
    await transact((tx) => manyCases(tx, { count: waiting, residentId: resident, dueFrom: '2026-03-01', days: 9 }));
    const officers = await Promise.all(Array.from({ length: claimers }, () => officer()));
    const taken: string[] = [];
    await Promise.all(
      officers.map(async (one, index) => {
        const pool = index % queues.length;
        for (;;) {
          const got = await databases[pool]?.transact((tx) => queues[pool]!.claim(tx, one, null, now));
          if (!got) return;
          taken.push(got.number);
        }
      }),
    );
    expect(taken).toHaveLength(waiting);
    expect(new Set(taken).size).toBe(waiting);
    const held = await db.database.sql<{ total: number }>('select count(*)::int as total from casework_claim');
    expect(held[0]?.total).toBe(waiting);
    expect(await room.get(CaseworkIntegrityStore).problems()).toEqual([]);
  }, 90_000);

  it('gives nothing out of reach, and only what the officer can handle', async () => {
    await transact((tx) => room.get(CaseService).submit(tx, report({ residentId: resident }), now));
    expect(await claim(await officer({ subdistrictId: 's2' }))).toBeNull();
    expect(await claim(await officer({ role: 'department', departmentId: 'civil' }))).toBeNull();
    expect(await claim(await officer({ role: 'grid', subdistrictId: 's1' }))).toBeNull();
    expect(await claim(await officer(), now, ['elder-allowance'])).toBeNull();
    expect(await claim(await officer({ role: 'department', departmentId: 'urban' }), now, ['noise'])).not.toBeNull();
  });

  it('a lease ends, can be renewed and given back', async () => {
    const { number } = await transact((tx) => room.get(CaseService).submit(tx, report({ residentId: resident }), now));
    const [one, other] = [await officer(), await officer()];
    expect(await claim(one)).toMatchObject({ number, until: at('2026-03-10T09:10') });
    expect(await claim(other, at('2026-03-10T09:09'))).toBeNull();
    const renewed = await transact((tx) => room.get(WorkQueue).renew(tx, number, one, at('2026-03-10T09:09')));
    expect(renewed.until).toEqual(at('2026-03-10T09:19'));
    expect(await claim(other, at('2026-03-10T09:12'))).toBeNull();
    expect(await claim(other, at('2026-03-10T09:20'))).toMatchObject({ number });
    await expect(
      transact((tx) => room.get(WorkQueue).renew(tx, number, one, at('2026-03-10T09:21'))),
    ).rejects.toMatchObject({ code: 'workQueue.notClaimed' });
    expect(await room.get(WorkQueue).mine(one, at('2026-03-10T09:21'))).toEqual([]);
    await transact((tx) => room.get(WorkQueue).release(tx, number, other, at('2026-03-10T09:22')));
    expect(await claim(one, at('2026-03-10T09:22'))).toMatchObject({ number });
  });

  it('lets those come first whom the law lets, but not for ever', async () => {
    const file = async (when: string): Promise<string> =>
      (await transact((tx) => room.get(CaseService).submit(tx, report({ residentId: resident }), at(when)))).number;
    const oldest = await file('2026-03-02T09:00');
    const older = await file('2026-03-09T09:00');
    const favoured = await file('2026-03-10T08:00');
    const by = await officer();
    await transact((tx) => room.get(WorkQueue).prioritise(tx, favoured, by, 'disabled', now));
    const order = [await claim(by), await claim(by), await claim(by)].map((one) => one?.number);
    expect(order).toEqual([oldest, favoured, older]);
  });

  it('knows the very old by their own number, not by that of whoever files for them', async () => {
    const draft = application({ residentId: resident });
    const { number } = await transact((tx) => room.get(CaseService).submit(tx, draft, now));
    expect(await claim(await officer())).toMatchObject({ number, priority: 'elder' });
    const young = { applicant: { name: '王五', idNumber: '110105200001010016' }, agentFor: null };
    expect(isForElder(young, '2026-03-10' as never)).toBe(false);
    expect(isForElder({ applicant: draft.applicant, agentFor: { name: '李六' } }, '2026-03-10' as never)).toBe(false);
  });
});

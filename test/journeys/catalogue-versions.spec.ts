import { createHash } from 'node:crypto';
import { Test } from '@nestjs/testing';
import * as fc from 'fast-check';
import { CaseService, CaseworkModule } from '@linli/casework';
import { CatalogueModule, CatalogueService, DraftReading, DraftService, PublicationSweep } from '@linli/catalogue';
import type { CatalogueEntry } from '@linli/contracts';
import { newId, Refusal } from '@linli/kernel';
import { schema } from '@linli/journeys';
import { CALENDAR, Clock, Database, FieldCipher, loadCalendar, type Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';

/** One thing somebody does; `who` is one of three officers, `entry` one of two. */
type Act =
  | {
      readonly do: 'open' | 'submit' | 'approve' | 'sendBack' | 'withdraw';
      readonly entry: number;
      readonly who: number;
    }
  | {
      readonly do: 'edit';
      readonly entry: number;
      readonly who: number;
      readonly days: number;
      readonly rebase: boolean;
    }
  | { readonly do: 'schedule'; readonly entry: number; readonly who: number; readonly minutes: number }
  | { readonly do: 'import'; readonly entry: number; readonly days: number }
  | { readonly do: 'withdrawItem' | 'case'; readonly entry: number }
  | { readonly do: 'wait'; readonly minutes: number };

/** A case with what it was promised when it was opened. */
interface Promised {
  readonly number: string;
  readonly entry: CatalogueEntry;
  readonly dueOn: string;
  readonly statutoryOn: string;
}

const officers = [
  { id: newId(), role: 'department', departmentId: 'civil' },
  { id: newId(), role: 'department', departmentId: 'civil' },
  { id: newId(), role: 'supervisor', departmentId: null },
] as const;

let db: TestDatabase;
let cases: CaseService;
let catalogue: CatalogueService;
let drafts: DraftService;
let reading: DraftReading;
let sweep: PublicationSweep;
let residentId: string;
let run = 0;

const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
const idOf = (entry: number): string => `run-${run}-${entry}`;
/** Words that differ by their promise and their materials. */
const words = (id: string, days: number): object => ({
  aliases: [],
  category: '试验',
  department: '区民政局',
  guide: {
    applicant: ['name', 'phone'],
    audience: '居民',
    basis: ['《试验办法》第一条'],
    committedLimit: { days, unit: 'workingDay' },
    complaintPhone: '0990-5550002',
    conditions: ['居住本区'],
    enquiryPhone: '0990-5550001',
    fee: '不收费',
    form: [],
    handling: 'committed',
    hours: '工作日',
    materials: [{ deferrable: false, id: `paper-${days}`, issuedBy: '本人', name: `材料${days}`, required: true }],
    online: true,
    place: '大厅',
    result: '发放',
    statutoryLimit: { days: 20, unit: 'workingDay' },
    steps: ['申请', '受理', '决定'],
  },
  id,
  keywords: [],
  kind: 'item',
  name: '试验事项',
  summary: `承诺${days}天`,
});

beforeAll(async () => {
  db = await testDatabase(schema);
  const parts = [
    { provide: Database, useValue: db.database },
    { provide: FieldCipher, useValue: db.cipher },
    { provide: Clock, useValue: db.clock },
    { provide: CALENDAR, useFactory: loadCalendar },
  ];
  const platform = {
    module: class Ground {},
    global: true,
    providers: parts,
    exports: parts.map((one) => one.provide),
  };
  const module = await Test.createTestingModule({ imports: [platform, CatalogueModule, CaseworkModule] }).compile();
  [cases, catalogue, drafts] = [module.get(CaseService), module.get(CatalogueService), module.get(DraftService)];
  [reading, sweep] = [module.get(DraftReading), module.get(PublicationSweep)];
  residentId = newId();
  await transact(async (tx) => {
    await tx.sql(`insert into directory_subdistrict (id, code, name, lat, lng) values ('s1', '1', '甲街道', 30, 120)`);
    await tx.sql(
      `insert into directory_department (id, name, level, phone) values ('civil', '区民政局', 'district', '')`,
    );
    await tx.sql('insert into directory_resident (id, created_at) values ($1, now())', [residentId]);
  });
}, 60_000);
afterAll(() => db.close());

async function draftOf(entry: number): Promise<string> {
  const [row] = await db.database.sql<{ id: string }>(
    'select id from catalogue_draft where entry_id = $1 order by id desc limit 1',
    [idOf(entry)],
  );
  return row?.id ?? newId();
}

async function openCase(entry: number): Promise<Promised | null> {
  await catalogue.refresh();
  const published = catalogue.entry(idOf(entry));
  if (!published) return null;
  const base = { kind: 'item', residentId, subdistrictId: 's1', channel: 'api' } as const;
  const nothing = { answers: {}, materials: [], fileIds: [], mediaIds: [] };
  const applicant = { name: '王桂芳', phone: '13912345678' };
  const now = db.clock.now();
  const kase = await transact((tx) => cases.submit(tx, { ...base, ...nothing, applicant, entry: published }, now));
  return { number: kase.number, entry: published, dueOn: kase.dueOn, statutoryOn: kase.statutoryOn };
}

async function edit(act: Extract<Act, { do: 'edit' }>): Promise<void> {
  const id = await draftOf(act.entry);
  const [officer, now] = [officers[act.who] ?? officers[0], db.clock.now()];
  const seen = await reading.detail(officer, id);
  const text = {
    entry: words(idOf(act.entry), act.days),
    ...(act.rebase ? { baseVersion: seen.publishedVersion } : {}),
  };
  await transact((tx) => drafts.edit(tx, officer, { id, revision: seen.revision }, text, now));
}

async function perform(act: Act): Promise<void> {
  const now = db.clock.now();
  if (act.do === 'wait') {
    db.clock.advance(act.minutes * 60_000);
    await Promise.all([sweep.publishDue(db.clock.now()), sweep.publishDue(db.clock.now())]);
    return;
  }
  const officer = ('who' in act ? officers[act.who] : undefined) ?? officers[2];
  if (act.do === 'edit') return edit(act);
  if (act.do === 'import') {
    const content = JSON.stringify(words(idOf(act.entry), act.days));
    const hash = createHash('sha256').update(content).digest();
    await transact((tx) => catalogue.publish(tx, [{ id: idOf(act.entry), departmentId: 'civil', content, hash }]));
    return;
  }
  const id = await draftOf(act.entry);
  const entry = words(idOf(act.entry), 9);
  await transact<unknown>((tx) => {
    switch (act.do) {
      case 'open':
        return drafts.open(tx, officer, { entry }, now);
      case 'submit':
        return drafts.submit(tx, officer, { id }, now);
      case 'approve':
        return drafts.approve(tx, officer, { id }, now);
      case 'sendBack':
        return drafts.sendBack(tx, officer, { id }, ['再想想'], now);
      case 'schedule':
        return drafts.schedule(tx, officer, { id }, new Date(now.getTime() + act.minutes * 60_000), now);
      case 'withdraw':
        return drafts.withdraw(tx, officer, { id }, '不要了', now);
      default:
        return drafts.withdrawPublished(tx, officer, idOf(act.entry), '废止', now);
    }
  });
}

/** What was done, and every case that was opened on the way. A refusal is an answer; anything else thrown is a bug. */
async function play(acts: readonly Act[], reached: Set<string>): Promise<Promised[]> {
  const promised: Promised[] = [];
  let before = await standing();
  for (const act of acts) {
    try {
      if (act.do === 'case') promised.push(...[await openCase(act.entry)].filter((one) => one !== null));
      else await perform(act);
      reached.add(act.do);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    const after = await standing();
    expect(after.revision - before.revision).toBe(after.published === before.published ? 0 : 1);
    before = after;
  }
  return promised;
}

async function standing(): Promise<{ revision: number; published: string }> {
  const [row] = await db.database.sql<{ revision: number; published: string }>(
    `select revision, (select coalesce(string_agg(id::text, ',' order by id), '') from catalogue_version
       where state = 'published') as published from catalogue_revision`,
  );
  if (!row) throw new Error('the catalogue has no revision');
  return row;
}

/** Everything that must never be, as SQL that finds it. */
const never: Readonly<Record<string, string>> = {
  'two published versions of an entry': `select entry_id from catalogue_version where state = 'published'
    group by entry_id having count(*) > 1`,
  'a gap between versions': `select entry_id from catalogue_version group by entry_id
    having min(version) <> 1 or max(version) <> count(*)`,
  'a version that ended before or after the next began': `select v.id from catalogue_version v
    join catalogue_version n on n.entry_id = v.entry_id and n.version = v.version + 1
    where v.state = 'published' or v.ended_at > n.published_at or (v.state = 'replaced' and v.ended_at <> n.published_at)`,
  'a draft reviewed by somebody who wrote in it': `select s.draft_id from catalogue_draft_step s
    join catalogue_draft_step w on w.draft_id = s.draft_id and w.what in ('open', 'edit') and w.revision < s.revision
    where s.what = 'approve' and s.officer_id = w.officer_id`,
  'a published draft without its version': `select d.id from catalogue_draft d left join catalogue_version v on v.id = d.id
    where (d.state = 'published') <> (v.id is not null) or d.version <> v.version or d.content <> v.content`,
  'a draft published over what its reviewer did not see': `select d.id from catalogue_draft d
    left join catalogue_version p on p.entry_id = d.entry_id and p.version = d.version - 1 where d.state = 'published'
    and case when p.state = 'replaced' then p.version else 0 end is distinct from coalesce(d.base_version, 0)`,
};

async function keptAsPromised({ number, entry, dueOn, statutoryOn }: Promised): Promise<void> {
  const [kept] = await db.database.sql<{ entry: CatalogueEntry; due_on: string; statutory_on: string }>(
    `select e.entry, c.due_on, c.statutory_on from casework_case c join casework_entry e on e.version_id = c.version_id
     where c.number = $1 and c.version_id = $2`,
    [number, entry.versionId],
  );
  expect(kept).toMatchObject({ due_on: dueOn, statutory_on: statutoryOn, entry: { version: entry.version } });
  expect(kept?.entry.guide).toEqual(entry.guide);
  expect((await catalogue.version(entry.versionId))?.guide).toEqual(entry.guide);
}

const entry = fc.nat(1);
const who = fc.nat(2);
const days = fc.integer({ min: 1, max: 6 });
const rare = <T>(arbitrary: fc.Arbitrary<T>): { arbitrary: fc.Arbitrary<T>; weight: number } => ({
  arbitrary,
  weight: 1,
});
const often = <T>(arbitrary: fc.Arbitrary<T>): { arbitrary: fc.Arbitrary<T>; weight: number } => ({
  arbitrary,
  weight: 4,
});
const act = (name: 'open' | 'submit' | 'approve' | 'sendBack' | 'withdraw'): fc.Arbitrary<Act> =>
  fc.record({ do: fc.constant(name), entry, who });
const one: fc.Arbitrary<Act> = fc.oneof(
  often(act('open')),
  often(act('submit')),
  often(act('approve')),
  rare(act('sendBack')),
  rare(act('withdraw')),
  often(fc.record({ do: fc.constant('edit' as const), entry, who, days, rebase: fc.boolean() })),
  often(fc.record({ do: fc.constant('schedule' as const), entry, who, minutes: fc.integer({ min: -1, max: 20 }) })),
  rare(fc.record({ do: fc.constant('import' as const), entry, days })),
  rare(fc.record({ do: fc.constant('withdrawItem' as const), entry })),
  often(fc.record({ do: fc.constant('case' as const), entry })),
  often(fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(15) })),
);
/** The whole way to the public, so that chance need not find it step by step. */
const way = fc.record({ entry, days, minutes: fc.nat(10) }).map(({ minutes, ...of }): Act[] => [
  { do: 'open', who: 0, ...of },
  { do: 'edit', who: 0, rebase: true, ...of },
  { do: 'submit', who: 0, ...of },
  { do: 'approve', who: 2, ...of },
  { do: 'schedule', who: 1, minutes, ...of },
]);
const acts = fc
  .array(fc.oneof({ arbitrary: one.map((act) => [act]), weight: 6 }, { arbitrary: way, weight: 1 }), {
    minLength: 15,
    maxLength: 45,
    size: 'max',
  })
  .map((lists): Act[] => lists.flat());

describe('whatever officers, imports and the clock do to a catalogue', () => {
  it('cases keep what they were promised, and versions follow one another without a gap', async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(acts, async (list) => {
        run += 1;
        const promised = await play(list, reached);
        for (const [what, sql] of Object.entries(never)) expect([what, await db.database.sql(sql)]).toEqual([what, []]);
        for (const one of promised) await keptAsPromised(one);
      }),
      { numRuns: 40, endOnFailure: true },
    );
    const [published] = await db.database.sql<{ count: number }>(
      `select count(*)::int as count from catalogue_draft where state = 'published'`,
    );
    expect(published?.count).toBeGreaterThan(20);
    expect([...reached].sort()).toEqual([
      'approve',
      'case',
      'edit',
      'import',
      'open',
      'schedule',
      'sendBack',
      'submit',
      'wait',
      'withdraw',
      'withdrawItem',
    ]);
  }, 150_000);
});

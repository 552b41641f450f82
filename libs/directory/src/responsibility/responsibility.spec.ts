import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueEntry } from '@linli/contracts';
import { newId, Refusal, type LocalDate } from '@linli/kernel';
import { projectRoot } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { DirectoryService } from '../directory.service';
import { directoryRows } from '../directory.row';
import { CatalogueImport1780000013000 } from '../catalogue-import.migration';
import { Directory1780000001000 } from '../directory.migration';
import { Population1780000060310 } from '../population.migration';
import type { OfficerRole } from '../roles';
import type { AdmissionActor, AdmissionDraft } from './admission';
import { AdmissionService } from './admission.service';
import { AdmissionStore } from './admission.store';
import { mayBeResponsible } from './assignment-check';
import { AssignmentFactsStore } from './assignment-facts.store';
import { ListReadingStore } from './list-reading.store';
import { ListStore } from './list.store';
import type { Matter } from './matter';
import { Responsibility1780000011000 } from './responsibility.migration';
import { ResponsibilityService } from './responsibility.service';
import type { ListFileEntry, ResponsibilityFile } from './responsibility-file';
import { UnitStore } from './unit.store';

const demo = join(projectRoot(), 'config/demo');
const jsonOf = (path: string): unknown => JSON.parse(readFileSync(join(demo, path), 'utf8'));
const entries = new Map(
  readdirSync(join(demo, 'catalogue'))
    .flatMap((name) => jsonOf(`catalogue/${name}`) as (Omit<CatalogueEntry, 'department'> & { department: string })[])
    .map((entry) => [entry.id, { ...entry, department: { id: '-', name: entry.department } }]),
);
const day = (text: string): LocalDate => text as LocalDate;
const powers = jsonOf('powers-62.json') as ResponsibilityFile;

describe('the list of 62 powers', () => {
  it('holds 1 licence, 1 penalty, 1 benefit, 4 inspections, 6 confirmations and 49 others', () => {
    const counts: Record<string, number> = {};
    for (const { powerType = '' } of powers.lists[0]!.entries) counts[powerType] = (counts[powerType] ?? 0) + 1;
    expect(counts).toEqual({ licence: 1, penalty: 1, benefit: 1, inspection: 4, confirmation: 6, otherPower: 49 });
    expect(powers.lists[0]!.entries).toHaveLength(62);
  });
});

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  let service: ResponsibilityService;
  let reading: ListReadingStore;
  let facts: AssignmentFactsStore;
  let admissions: AdmissionService;
  const officers = new Map<string, AdmissionActor>();
  const by = { kind: 'system', id: 'spec' } as const;

  const load = (json: unknown) => db.database.transact((tx) => service.import(tx, json, entries, by, db.clock.now()));
  const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
    const error: unknown = await work.then(
      () => new Error('was not refused'),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof Refusal)) throw error;
    return error;
  };

  beforeAll(async () => {
    db = await testDatabase({
      rows: directoryRows,
      migrations: [
        Directory1780000001000,
        CatalogueImport1780000013000,
        Responsibility1780000011000,
        Population1780000060310,
      ],
    });
    const directory = new DirectoryService(db.database);
    await db.database.transact((tx) => directory.save(tx, directory.read(jsonOf('directory.json'))));
    const units = new UnitStore(db.database);
    const store = new AdmissionStore(db.database);
    const lists = new ListStore();
    facts = new AssignmentFactsStore(db.database);
    reading = new ListReadingStore(db.database, units);
    admissions = new AdmissionService(store, lists, facts, units);
    service = new ResponsibilityService(lists, store, facts);
    const make = async (account: string, role: OfficerRole, extra: Partial<AdmissionActor> = {}): Promise<void> => {
      const actor = { id: newId(), role, departmentId: null, subdistrictId: null, ...extra };
      officers.set(account, actor);
      await db.database.sql(
        `insert into directory_officer (id, account, name, role, department_id, subdistrict_id, password_hash, created_at)
         values ($1, $2, $2, $3, $4, $5, '-', now())`,
        [actor.id, account, role, actor.departmentId, actor.subdistrictId],
      );
    };
    await make('admin', 'admin');
    await make('supervisor', 'supervisor');
    await make('leader.guihua', 'leader', { subdistrictId: 'guihua' });
    for (const id of ['civil-affairs', 'housing-bureau', 'disabled-federation', 'party-service-centre'])
      await make(`dept.${id}`, 'department', { departmentId: id });
  });
  afterAll(() => db.close());

  it('takes the demo files whole, and the same files again change nothing', async () => {
    expect(await load(jsonOf('responsibility.json'))).toMatchObject({ lists: 5, changed: 5, admissions: 4 });
    expect(await load(powers)).toMatchObject({ lists: 1, rows: 62, changed: 1 });
    expect(await load(jsonOf('responsibility.json'))).toMatchObject({ changed: 0, admissions: 0 });
    expect(await load(powers)).toMatchObject({ changed: 0 });
    expect((await reading.lists(day('2026-03-10'), 10, null)).items).toHaveLength(6);
    const page = await reading.rows('powers', 'guihua', day('2026-03-10'), 40, null);
    const rest = await reading.rows('powers', 'guihua', day('2026-03-10'), 40, page.nextCursor);
    expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([40, 22, null]);
    expect((await reading.rows('powers', 'guixiang', day('2026-03-10'), 40, null)).items).toEqual([]);
    expect((await reading.rows('powers', 'guihua', day('2025-12-31'), 40, null)).items).toEqual([]);
  });

  it('names every bad row by its place and keeps nothing of the file', async () => {
    const list = powers.lists[0]!;
    const row = list.entries[1]!;
    const bad = {
      lists: [
        {
          ...list,
          id: 'bad',
          kind: 'duties',
          level: 'community',
          entries: [
            { ...row, key: 'a', powerType: undefined, matter: { entry: 'no-such-thing' } },
            { ...row, key: 'b', powerType: undefined, matter: { entry: 'dibao', category: '社会救助' } },
            { ...row, key: 'c', responsible: { level: 'subdistrict', office: 'civil-affairs' } },
            {
              ...row,
              key: 'd',
              powerType: undefined,
              responsible: { level: 'community' },
              matter: { text: '拆违劝导' },
            },
            { ...row, key: 'd', powerType: undefined, basis: '不达标的一票否决' },
          ],
        },
        { ...list, effectiveOn: '2026-01-01', entries: list.entries.slice(1) },
      ],
    };
    const { code, errors } = await refusal(load(bad));
    expect(code).toBe('responsibility.invalid');
    const places = errors.map((one) => one.at);
    for (const at of [
      'lists[0] (bad).entries[0] (a).matter.entry',
      'lists[0] (bad).entries[1] (b).matter',
      'lists[0] (bad).entries[2] (c).responsible.level',
      'lists[0] (bad).entries[2] (c).powerType',
      'lists[0] (bad).entries[3] (d).responsible',
      'lists[0] (bad).entries[4] (d).key',
      'lists[0] (bad).entries[4] (d)',
      'lists[1] (subdistrict-powers).effectiveOn',
    ])
      expect(places).toContain(at);
    expect((await refusal(load({ lists: [{ id: 7 }] }))).errors.length).toBeGreaterThan(3);
    expect((await reading.lists(day('2026-03-10'), 10, null)).items).toHaveLength(6);
  });

  it('keeps versions by their dates and a log that cannot be rewritten', async () => {
    const list = powers.lists[0]!;
    const changed: ListFileEntry[] = [
      {
        ...list,
        effectiveOn: '2026-06-01',
        reason: '取消一项，修改一项依据',
        entries: list.entries.slice(0, -1).map((row, at) => (at === 3 ? { ...row, basis: '新的依据' } : row)),
      },
    ];
    expect(await load({ lists: changed })).toMatchObject({ changed: 1 });
    expect((await reading.rows('powers', null, day('2026-05-31'), 100, null)).items).toHaveLength(62);
    expect((await reading.rows('powers', null, day('2026-06-01'), 100, null)).items).toHaveLength(61);
    const { items } = await reading.adjustments('subdistrict-powers', 2, null);
    expect(items.map(({ change, key, reason }) => [change, key, reason])).toEqual(
      expect.arrayContaining([
        ['removed', 'q-62', '取消一项，修改一项依据'],
        ['changed', 'q-04', '取消一项，修改一项依据'],
      ]),
    );
    expect((await reading.versions('subdistrict-powers', 10, null)).items.map((one) => one.endsOn)).toEqual([
      null,
      '2026-06-01',
    ]);
    await expect(db.database.sql(`update responsibility_adjustment set reason = ''`)).rejects.toThrow(/appended/);
    await expect(db.database.sql('delete from responsibility_adjustment')).rejects.toThrow(/appended/);
  });

  const matter = (name: string): Matter => ({
    entryId: null,
    name,
    kind: 'item',
    category: '',
    type: null,
    home: { level: 'district', id: 'civil-affairs', name: '区民政局' },
  });
  const draftOf = (text: string, extra: Partial<AdmissionDraft> = {}): AdmissionDraft => ({
    kind: 'admission',
    matter: { entryId: null, category: null, text },
    title: text,
    fromUnit: 'civil-affairs',
    toLevel: 'subdistrict',
    toUnit: 'guihua',
    documentNo: '准入1号',
    supportNote: '经费随事走',
    effectiveOn: day('2026-04-01'),
    endsOn: null,
    ...extra,
  });
  const as = (account: string): AdmissionActor => officers.get(account)!;
  const propose = (account: string, draft: AdmissionDraft) =>
    db.database.transact((tx) => admissions.propose(tx, as(account), draft, matter(draft.title), db.clock.now()));
  const approve = (account: string, id: string) =>
    db.database.transact((tx) =>
      admissions.approve(tx, as(account), id, async (one) => matter(one.title), db.clock.now()),
    );
  const answer = async (text: string, on: string) => {
    const known = await facts.factsOf(matter(text), day(on), { subdistrictId: 'guihua', communityId: null });
    const street = { level: 'subdistrict', id: 'guihua', name: '桂花街道' } as const;
    const unit = { kind: 'subdistrict', subdistrictId: 'guihua', ...street } as const;
    const place = { subdistrict: street, communityId: null };
    return mayBeResponsible({ ...known, unit, matter: matter(text), place, role: 'lead', on: day(on) });
  };

  it('admits by two persons, from a date until it is revoked', async () => {
    const { id } = await propose('dept.civil-affairs', draftOf('两人'));
    expect(await answer('两人', '2026-04-01')).toMatchObject({ allowed: false });
    expect((await refusal(approve('leader.guihua', id))).code).toBe('auth.roleMissing');
    const own = await propose('admin', draftOf('自己'));
    expect((await refusal(approve('admin', own.id))).code).toBe('responsibility.samePerson');
    await expect(
      db.database.sql(
        `update responsibility_admission set state = 'approved', approved_by = proposed_by, approved_at = now()
         where id = $1`,
        [own.id],
      ),
    ).rejects.toThrow(/two_persons/);
    expect(await approve('supervisor', id)).toMatchObject({ state: 'approved' });
    expect(await answer('两人', '2026-03-31')).toMatchObject({ allowed: false, reason: 'admissionNotYet' });
    expect(await answer('两人', '2026-04-01')).toMatchObject({ allowed: true, record: { id } });
    const end = { on: day('2026-05-01'), reason: '收回' };
    await db.database.transact((tx) => admissions.revoke(tx, as('supervisor'), id, end, db.clock.now()));
    expect(await answer('两人', '2026-04-30')).toMatchObject({ allowed: true });
    expect(await answer('两人', '2026-05-01')).toMatchObject({ allowed: false, reason: 'admissionEnded' });
    expect((await refusal(approve('supervisor', id))).code).toBe('responsibility.admissionState');
  });

  it.each<[string, AdmissionDraft, string]>([
    [
      'a department gives no task to a community',
      draftOf('甲', { toLevel: 'community', toUnit: 'guixiang' }),
      'responsibility.admissionInvalid',
    ],
    ['another department proposes nothing of it', draftOf('甲', { fromUnit: 'housing-bureau' }), 'auth.roleMissing'],
    ['nothing ends before it begins', draftOf('甲', { endsOn: day('2026-04-01') }), 'responsibility.admissionInvalid'],
    ['no veto is set', draftOf('甲', { supportNote: '一票否决' }), 'responsibility.admissionInvalid'],
    ['an unknown unit takes nothing', draftOf('甲', { toUnit: 'nowhere' }), 'directory.notFound'],
  ])('%s', async (_what, draft, code) => {
    expect((await refusal(propose('dept.civil-affairs', draft))).code).toBe(code);
  });

  it('lets one of two racing approvals through when they overlap, "all" against "one" included', async () => {
    const first = await propose('dept.civil-affairs', draftOf('抢先', { toUnit: null }));
    const second = await propose('dept.civil-affairs', draftOf('抢先', { effectiveOn: day('2026-09-01') }));
    const outcomes = await Promise.allSettled([approve('admin', first.id), approve('supervisor', second.id)]);
    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((one) => one.status === 'rejected');
    expect((lost?.reason as Refusal).code).toBe('responsibility.admissionOverlaps');
  });

  it('guards communities and caps what they carry, under two approvals at once', async () => {
    const toCommunity = (text: string): AdmissionDraft =>
      draftOf(text, { fromUnit: 'party-service-centre', toLevel: 'community', toUnit: 'guixiang' });
    const guarded = await refusal(propose('dept.party-service-centre', toCommunity('沿街环境整治')));
    expect(guarded.code).toBe('responsibility.communityGuard');
    // One admission to every community stands in the demo already.
    await db.database.sql('update responsibility_setting set community_cap = 2');
    const [one, two] = [
      await propose('dept.party-service-centre', toCommunity('任务一')),
      await propose('dept.party-service-centre', toCommunity('任务二')),
    ];
    const outcomes = await Promise.allSettled([approve('admin', one.id), approve('leader.guihua', two.id)]);
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((each) => each.status === 'rejected');
    expect((lost?.reason as Refusal).code).toBe('responsibility.capReached');
  });

  it('lists admissions page by page', async () => {
    const filter = { state: 'approved' as const, toUnit: null };
    const first = await admissions.page(filter, 2, null);
    const second = await admissions.page(filter, 2, first.nextCursor);
    const ids = [...first.items, ...second.items].map((one) => one.id);
    expect(new Set(ids).size).toBe(4);
    expect((await refusal(admissions.page(filter, 2, 'rubbish'))).code).toBe('request.cursorInvalid');
  });
});

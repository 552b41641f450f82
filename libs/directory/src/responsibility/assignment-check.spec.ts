import type { EntryKind } from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';
import { mayBeResponsible, type AssignmentQuestion } from './assignment-check';
import { naturesOf, type Matter, type Nature } from './matter';
import type { AdmissionFact, ListFact } from './responsibility-list';
import type { NamedUnit, Unit } from './unit';
import { nearestResponsible } from './who-handles';

const day = (text: string): LocalDate => text as LocalDate;
const street: NamedUnit = { level: 'subdistrict', id: 'guihua', name: '桂花街道' };
const bureau: NamedUnit = { level: 'district', id: 'civil-affairs', name: '区民政局' };
const office: NamedUnit = { level: 'subdistrict', id: 'social-affairs', name: '街道社会事务办公室' };
const committee: NamedUnit = { level: 'community', id: 'community-committee', name: '社区居民委员会' };
const shop: NamedUnit = { level: 'provider', id: 'repair-point', name: '社区便民维修点' };

/** Every kind and level a unit can have. */
const units = {
  'a city department': {
    kind: 'department',
    level: 'city',
    id: 'water-company',
    name: '市自来水公司',
    subdistrictId: null,
  },
  'a district department': { kind: 'department', ...bureau, subdistrictId: null },
  'a subdistrict': { kind: 'subdistrict', ...street, subdistrictId: 'guihua' },
  'a subdistrict office': { kind: 'department', ...office, subdistrictId: null },
  'a community': { kind: 'community', level: 'community', id: 'guixiang', name: '桂香社区', subdistrictId: 'guihua' },
  'a community office': { kind: 'department', ...committee, subdistrictId: null },
  'a provider': { kind: 'department', ...shop, subdistrictId: null },
} as const satisfies Record<string, Unit>;
type UnitName = keyof typeof units;
const unitNames = Object.keys(units) as UnitName[];

const kinds: readonly EntryKind[] = ['item', 'service', 'report'];
const guardedNames: Readonly<Record<Nature, string>> = {
  enforcement: '无证经营查处',
  demolition: '违法建设',
  environment: '背街小巷环境整治',
  cityManagement: '占道经营与流动摊贩',
};
const guarded = Object.keys(guardedNames) as Nature[];

function matterOf(extra: Partial<Matter> = {}): Matter {
  return { entryId: 'thing', name: '某件事', kind: 'item', category: '某类', type: null, home: null, ...extra };
}

function listOf(extra: Partial<ListFact> = {}): ListFact {
  return {
    listId: 'list',
    kind: 'duties',
    title: '职责任务清单',
    ownerLevel: 'subdistrict',
    ownerId: null,
    effectiveOn: day('2026-01-01'),
    until: null,
    key: 'a',
    matter: { entryId: 'thing', category: null, text: null },
    level: 'subdistrict',
    office: null,
    role: 'lead',
    part: null,
    ...extra,
  };
}

function admissionOf(extra: Partial<AdmissionFact> = {}): AdmissionFact {
  return {
    id: 'one',
    kind: 'admission',
    title: '准入',
    matter: { entryId: 'thing', category: null, text: null },
    fromUnitId: 'civil-affairs',
    toLevel: 'subdistrict',
    toUnitId: null,
    documentNo: '1号',
    effectiveOn: day('2026-01-01'),
    until: null,
    position: 1,
    ...extra,
  };
}

function ask(unit: Unit, extra: Partial<AssignmentQuestion> = {}): ReturnType<typeof mayBeResponsible> {
  return mayBeResponsible({
    unit,
    matter: matterOf(),
    place: { subdistrict: street, communityId: null },
    role: 'lead',
    on: day('2026-03-10'),
    lists: [],
    admissions: [],
    guards: [],
    communityCap: 10,
    ...extra,
  });
}

const reasonOf = (answer: ReturnType<typeof mayBeResponsible>): string => (answer.allowed ? 'allowed' : answer.reason);
const everything = unitNames.flatMap((unit) =>
  kinds.flatMap((kind) => [null, ...guarded].map((nature) => [unit, kind, nature] as const)),
);

describe('nothing can be assigned outside the lists', () => {
  it.each(everything)('%s, %s, %s: refused where no record names it', (unit, kind, nature) => {
    const matter = matterOf({ kind, name: nature === null ? '某件事' : guardedNames[nature], home: null });
    for (const role of ['lead', 'support'] as const) {
      const answer = ask(units[unit], { matter, role });
      expect(answer.allowed).toBe(false);
      if (!answer.allowed) expect(answer.sentence).toMatch(/^[^。]*。/);
    }
  });

  it.each(everything)('%s, %s, %s: a record of another matter or another level opens nothing', (unit, kind, nature) => {
    const matter = matterOf({ kind, name: nature === null ? '某件事' : guardedNames[nature], home: bureau });
    const level = units[unit].level;
    const others = (['subdistrict', 'community'] as const).filter((one) => one !== level);
    const answer = ask(units[unit], {
      matter,
      lists: others.map((one) => listOf({ ownerLevel: one, level: one })),
      admissions: others.map((one) => admissionOf({ toLevel: one })),
    });
    expect(answer.allowed).toBe(units[unit].id === bureau.id);
  });

  const opened = unitNames.filter((name) => units[name].level === 'subdistrict' || units[name].level === 'community');
  it.each(everything.filter(([unit]) => opened.includes(unit)))(
    '%s, %s, %s: a list in force opens it, except what communities never answer for',
    (unit, kind, nature) => {
      const { level } = units[unit];
      const matter = matterOf({ kind, name: nature === null ? '某件事' : guardedNames[nature] });
      const answer = ask(units[unit], { matter, lists: [listOf({ ownerLevel: level, level })] });
      const guardHolds = level === 'community' && nature !== null;
      expect(reasonOf(answer)).toBe(guardHolds ? 'communityGuard' : 'allowed');
    },
  );
});

describe('communities', () => {
  const community = units['a community'];
  const everyRecord = {
    lists: [listOf({ ownerLevel: 'community', level: 'community' })],
    admissions: [admissionOf({ toLevel: 'community' })],
  } as const;

  it.each(guarded.flatMap((nature) => (['lead', 'support'] as const).map((role) => [nature, role] as const)))(
    'never answer for %s as %s, whatever list or admission says',
    (nature, role) => {
      const matter = matterOf({ name: guardedNames[nature], home: bureau });
      for (const unit of [community, units['a community office']])
        expect(ask(unit, { ...everyRecord, matter, role })).toMatchObject({
          allowed: false,
          reason: 'communityGuard',
          whoInstead: bureau,
        });
    },
  );

  it('are guarded by what the district adds, and by the type of a power', () => {
    const matter = matterOf({ category: '楼道' });
    expect(ask(community, { ...everyRecord, matter }).allowed).toBe(true);
    const guards = [{ nature: 'environment', category: '楼道', entryId: null } as const];
    expect(reasonOf(ask(community, { ...everyRecord, matter, guards }))).toBe('communityGuard');
    expect(naturesOf(matterOf({ type: 'penalty' }), [])).toEqual(['enforcement']);
    expect(naturesOf(matterOf({ type: 'benefit' }), [])).toEqual([]);
  });

  it('carry no more admitted duties than the cap', () => {
    const at = (position: number): string =>
      reasonOf(ask(community, { admissions: [admissionOf({ toLevel: 'community', position })], communityCap: 3 }));
    expect([at(3), at(4)]).toEqual(['allowed', 'capReached']);
  });
});

describe('a duty that comes down', () => {
  const subdistrict = units['a subdistrict'];
  const matter = matterOf({ home: bureau });

  it('needs an admission: the list alone makes the subdistrict support, not lead', () => {
    const lists = [listOf()];
    expect(ask(subdistrict, { matter, lists })).toMatchObject({ reason: 'admissionMissing', whoInstead: bureau });
    expect(ask(subdistrict, { matter, lists, role: 'support' }).allowed).toBe(true);
    expect(ask(subdistrict, { matter, lists, admissions: [admissionOf()] })).toMatchObject({
      allowed: true,
      from: '2026-01-01',
      record: { kind: 'admission', id: 'one', title: '准入（1号）' },
    });
  });

  it.each([
    ['the day before it begins', '2026-01-31', 'admissionNotYet'],
    ['the day it begins', '2026-02-01', 'allowed'],
    ['the last day', '2026-05-31', 'allowed'],
    ['the day it ends', '2026-06-01', 'admissionEnded'],
  ])('holds from its date until its end: %s', (_what, on, expected) => {
    const admissions = [admissionOf({ effectiveOn: day('2026-02-01'), until: day('2026-06-01') })];
    expect(reasonOf(ask(subdistrict, { matter, admissions, on: day(on) }))).toBe(expected);
  });

  it('for one subdistrict opens no other', () => {
    const admissions = [admissionOf({ toUnitId: 'wutong' })];
    expect(reasonOf(ask(subdistrict, { matter, admissions }))).toBe('notOnList');
  });

  it('as a delegation leaves the department from that day on, in that subdistrict', () => {
    const admissions = [admissionOf({ kind: 'delegation', toUnitId: 'guihua', effectiveOn: day('2026-02-01') })];
    const department = units['a district department'];
    const other = { subdistrict: { ...street, id: 'wutong' }, communityId: null };
    expect(ask(department, { matter, admissions })).toMatchObject({ reason: 'delegated', whoInstead: street });
    expect(ask(department, { matter, admissions, on: day('2026-01-31') }).allowed).toBe(true);
    expect(ask(department, { matter, admissions, place: other }).allowed).toBe(true);
    expect(ask(subdistrict, { matter, admissions })).toMatchObject({ record: { kind: 'delegation' } });
  });
});

describe('lists', () => {
  const subdistrict = units['a subdistrict'];

  it.each<[string, Partial<ListFact>, string]>([
    ['that begins later', { effectiveOn: day('2026-04-01') }, 'listNotYet'],
    ['of another subdistrict', { ownerId: 'wutong' }, 'notOnList'],
    ['that makes it support', { role: 'support' }, 'supportOnly'],
    ['that names it', {}, 'allowed'],
    ['that names its own', { ownerId: 'guihua' }, 'allowed'],
  ])('one %s', (_what, extra, expected) => {
    expect(reasonOf(ask(subdistrict, { lists: [listOf(extra)] }))).toBe(expected);
  });

  it('take a matter back: only a later admission opens it again', () => {
    const taken = listOf({ part: 'withdrawn', level: 'district', office: bureau, key: 'w', kind: 'performance' });
    expect(ask(subdistrict, { lists: [listOf(), taken] })).toMatchObject({ reason: 'withdrawn', whoInstead: bureau });
    const old = admissionOf({ effectiveOn: day('2025-12-31') });
    expect(reasonOf(ask(subdistrict, { lists: [taken], admissions: [old] }))).toBe('withdrawn');
    expect(ask(subdistrict, { lists: [taken], admissions: [admissionOf()] }).allowed).toBe(true);
    expect(ask(units['a district department'], { lists: [taken] }).allowed).toBe(true);
  });

  it('that name an office refuse the other offices and name it', () => {
    const lists = [listOf({ office })];
    const other: Unit = { ...units['a subdistrict office'], id: 'party-building', name: '街道党建办公室' };
    expect(ask(units['a subdistrict office'], { lists }).allowed).toBe(true);
    expect(ask(other, { lists })).toMatchObject({ reason: 'otherUnit', whoInstead: office });
    expect(ask(units['a subdistrict'], { lists })).toMatchObject({ office });
  });
});

describe('who handles this', () => {
  const near = [units['a community'], units['a subdistrict'], units['a district department']];
  const facts = {
    matter: matterOf({ home: bureau }),
    place: { subdistrict: street, communityId: 'guixiang' },
    role: 'lead',
    on: day('2026-03-10'),
    lists: [],
    admissions: [] as AdmissionFact[],
    guards: [],
    communityCap: 10,
  } as const;

  it.each<[string, AdmissionFact[], string]>([
    [
      'the community when it was admitted there',
      [admissionOf({ toLevel: 'community', fromUnitId: 'guihua' })],
      'guixiang',
    ],
    ['the subdistrict when it came down', [admissionOf()], 'guihua'],
    ['the department otherwise', [], 'civil-affairs'],
  ])('is %s', (_what, admissions, id) => {
    const found = nearestResponsible({ ...facts, admissions }, near);
    expect(found?.unit.id).toBe(id);
    expect(found?.passedOver.length).toBe(near.findIndex((unit) => unit.id === id));
  });

  it('is nobody where no record says so', () => {
    expect(nearestResponsible({ ...facts, matter: matterOf() }, near)).toBeNull();
  });
});

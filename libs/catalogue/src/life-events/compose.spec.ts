import type { CatalogueEntry, FormField, Material, ServiceGuide } from '@linli/contracts';
import { composeLifeEvent } from './compose';
import { readLifeEvents } from './entry-file';
import { inOrder } from './order';
import { merged } from './shared-form';

function guideOf(extra: Partial<ServiceGuide> = {}): ServiceGuide {
  return {
    basis: ['试验办法'],
    audience: '居民',
    conditions: ['住在本区'],
    materials: [],
    steps: ['申请'],
    statutoryLimit: { days: 20, unit: 'workingDay' },
    committedLimit: { days: 5, unit: 'workingDay' },
    handling: 'committed',
    fee: '不收费',
    place: '大厅',
    hours: '工作日',
    enquiryPhone: '0990-5550001',
    complaintPhone: '0990-5550002',
    result: '办好',
    online: true,
    applicant: ['name', 'phone'],
    form: [],
    ...extra,
  };
}

function entryOf(id: string, guide?: ServiceGuide): CatalogueEntry {
  return {
    id,
    kind: 'item',
    name: id,
    department: { id: 'office', name: '办公室' },
    category: '试验',
    aliases: [],
    summary: '',
    keywords: [],
    phrasings: [],
    version: 1,
    versionId: id,
    ...(guide ? { guide } : {}),
  };
}

const fieldOf = (id: string, extra: Partial<FormField> = {}): FormField => ({
  id,
  label: id,
  ask: `${id}？`,
  type: 'text',
  required: false,
  ...extra,
});
const materialOf = (id: string, extra: Partial<Material> = {}): Material => ({
  id,
  name: id,
  required: false,
  issuedBy: '公安机关',
  deferrable: true,
  ...extra,
});
const catalogueOf = (guides: Record<string, ServiceGuide>): Map<string, CatalogueEntry> =>
  new Map(Object.entries(guides).map(([id, guide]) => [id, entryOf(id, guide)]));
const event = { id: 'event', name: '一件事', summary: '一起办', items: [{ entry: 'a' }, { entry: 'b' }] };

describe('one form', () => {
  it.each<[string, FormField, FormField, Partial<FormField> | null]>([
    ['the same question', fieldOf('x'), fieldOf('x'), {}],
    ['required by one', fieldOf('x'), fieldOf('x', { required: true }), { required: true }],
    ['bounds of both', fieldOf('x', { min: 2, max: 30 }), fieldOf('x', { min: 4, max: 40 }), { min: 4, max: 30 }],
    ['bounds that exclude each other', fieldOf('x', { max: 3 }), fieldOf('x', { min: 4 }), null],
    ['another type', fieldOf('x'), fieldOf('x', { type: 'date' }), null],
    [
      'the same choices in another order',
      fieldOf('x', { type: 'choice', choices: ['甲', '乙'] }),
      fieldOf('x', { type: 'choice', choices: ['乙', '甲'] }),
      { choices: ['甲', '乙'] },
    ],
    [
      'other choices',
      fieldOf('x', { type: 'choice', choices: ['甲', '乙'] }),
      fieldOf('x', { type: 'choice', choices: ['甲', '丙'] }),
      null,
    ],
  ])('%s', (_what, one, other, expected) => {
    const guide = composeLifeEvent(event, catalogueOf({ a: guideOf({ form: [one] }), b: guideOf({ form: [other] }) }));
    if (expected === null) {
      expect(merged(one, other)).toBeNull();
      expect(guide.form.map(({ key, neededBy }) => [key, neededBy])).toEqual([
        ['x', ['a']],
        ['x#2', ['b']],
      ]);
    } else {
      expect(guide.form).toEqual([{ ...one, ...expected, key: 'x', neededBy: ['a', 'b'] }]);
    }
  });

  it('follows the meanings the bundle gives, and never makes one question of two of the same item', () => {
    const guides = catalogueOf({
      a: guideOf({ form: [fieldOf('childName')] }),
      b: guideOf({ form: [fieldOf('babyName'), fieldOf('name')] }),
    });
    const fields = { 'b.babyName': 'childName', 'b.name': 'childName' };
    expect(composeLifeEvent({ ...event, fields }, guides).form.map((one) => [one.key, one.neededBy])).toEqual([
      ['childName', ['a', 'b']],
      ['childName#2', ['b']],
    ]);
  });
});

describe('one set of materials', () => {
  it('asks for the same one once, as many as the most demanding item wants', () => {
    const guides = catalogueOf({
      a: guideOf({
        materials: [materialOf('photo', { copies: 1, note: '白底' }), materialOf('copy', { name: '复印件' })],
      }),
      b: guideOf({
        materials: [materialOf('picture', { copies: 3, required: true, deferrable: false, note: '白底' })],
      }),
    });
    const { materials } = composeLifeEvent({ ...event, materials: { 'b.picture': 'photo' } }, guides);
    expect(materials).toMatchObject([
      {
        key: 'photo',
        originals: 3,
        copies: 0,
        required: true,
        deferrable: false,
        notes: ['白底'],
        alsoCalled: ['picture'],
        neededBy: ['a', 'b'],
      },
      { key: 'copy', originals: 0, copies: 1, neededBy: ['a'] },
    ]);
  });
});

describe('one time', () => {
  const limits = (days: number, unit: 'workingDay' | 'naturalDay' = 'workingDay'): ServiceGuide =>
    guideOf({ committedLimit: { days, unit } });
  const guides = catalogueOf({ a: limits(5), b: limits(3), c: limits(10, 'naturalDay'), d: limits(7) });

  it.each<[string, Record<string, string[]>, string[], [number, number]]>([
    ['side by side: the slowest item', {}, ['c'], [0, 10]],
    ['a chain adds up', { b: ['a'], d: ['b'] }, ['a', 'b', 'd'], [15, 0]],
    ['days of both kinds are kept apart', { c: ['a'] }, ['a', 'c'], [5, 10]],
    ['two before one: the slower counts', { d: ['a', 'b'] }, ['a', 'd'], [12, 0]],
  ])('%s', (_what, after, path, [workingDays, naturalDays]) => {
    const items = ['d', 'c', 'b', 'a'].map((entry) => ({ entry, after: after[entry] ?? [] }));
    const { time } = composeLifeEvent({ ...event, items }, guides);
    expect(time).toMatchObject({ path, longest: { workingDays, naturalDays } });
    expect(time.oneByOne).toEqual({ workingDays: 15, naturalDays: 10 });
  });

  it('keeps the order that items wait in, and finds those that wait for each other', () => {
    const items = [
      { entry: 'a', after: ['b'] },
      { entry: 'b' },
      { entry: 'c', after: ['d'] },
      { entry: 'd', after: ['c'] },
    ];
    expect(inOrder(items).ordered.map((item) => item.entry)).toEqual(['b', 'a']);
    expect(inOrder(items).cycle.map((item) => item.entry)).toEqual(['c', 'd']);
  });
});

it('counts what is saved, keeps conditions by item, and goes on without an entry that was withdrawn', () => {
  const form = [fieldOf('x')];
  const materials = [materialOf('id-card')];
  const guides = catalogueOf({
    a: guideOf({ form, materials }),
    b: guideOf({ form, materials, conditions: ['满八十'] }),
  });
  const guide = composeLifeEvent({ ...event, items: [...event.items, { entry: 'gone' }] }, guides);
  expect(guide.saved).toMatchObject({ fields: { before: 6, after: 3 }, materials: { before: 2, after: 1 } });
  expect(guide.saved.sentence).toBe('2件事一起办：原来要填6项、交2份材料，现在只填3项、交1份材料。');
  expect(guide.items.map((item) => item.conditions)).toEqual([['住在本区'], ['满八十']]);
  expect(guide.unavailable).toEqual(['gone']);
});

describe('a file of life events', () => {
  const guides = catalogueOf({
    a: guideOf({ form: [fieldOf('x'), fieldOf('born', { type: 'date' })] }),
    b: guideOf({ materials: [materialOf('m')] }),
  });
  guides.set('bare', entryOf('bare'));
  const placesOf = (row: object): string[] =>
    readLifeEvents([{ ...event, ...row }], guides).problems.map((problem) => problem.at);

  it('is taken when whole', () =>
    expect(placesOf({ fields: { 'a.x': 'name' }, materials: { 'b.m': 'paper' } })).toEqual([]));

  it.each<[string, object, string]>([
    ['an unknown entry', { items: [{ entry: 'a' }, { entry: 'nobody' }] }, 'events[0] (event), items[1].entry'],
    ['an entry without guide', { items: [{ entry: 'a' }, { entry: 'bare' }] }, 'events[0] (event), items[1].entry'],
    ['an entry twice', { items: [{ entry: 'a' }, { entry: 'a' }] }, 'events[0] (event), items[1].entry'],
    [
      'an order to nothing',
      { items: [{ entry: 'a', after: ['c'] }, { entry: 'b' }] },
      'events[0] (event), items[0].after',
    ],
    [
      'a cycle',
      {
        items: [
          { entry: 'a', after: ['b'] },
          { entry: 'b', after: ['a'] },
        ],
      },
      'events[0] (event), items',
    ],
    ['one item only', { items: [{ entry: 'a' }] }, 'events[0] (event), items'],
    ['a meaning of no question', { fields: { 'a.y': 'name' } }, 'events[0] (event), fields.a.y'],
    ['one meaning of two types', { fields: { 'a.x': 'k', 'a.born': 'k' } }, 'events[0] (event), fields.a.born'],
    ['a meaning of no material', { materials: { 'a.m': 'paper' } }, 'events[0] (event), materials.a.m'],
    ['an unknown column', { colour: 'red' }, 'events[0] (event), colour'],
  ])('is refused with %s', (_what, row, at) => expect(placesOf(row)).toContain(at));

  it('is refused with an event twice, or without events', () => {
    expect(readLifeEvents([event, event], guides).problems.map((one) => one.at)).toEqual(['events[1] (event), id']);
    expect(readLifeEvents({}, guides).problems.map((one) => one.at)).toEqual(['file']);
    expect(readLifeEvents([7], guides).problems.map((one) => one.at)).toEqual(['events[0], row']);
  });
});

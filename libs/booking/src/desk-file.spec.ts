import { readDeskFile } from './desk-file';

const ground = { subdistricts: new Set(['s1']), departments: new Set(['d1']), desks: new Set(['old']) };
const rules = {
  slotMinutes: 30,
  capacity: 4,
  onHolidays: 'closed',
  weekly: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', breaks: [{ from: '12:00', to: '13:00' }] }],
};
const desk = {
  ...{
    id: 'hall.windows',
    placeId: 'hall',
    placeName: '大厅',
    name: '综合窗口',
    subdistrictId: 's1',
    departmentId: 'd1',
  },
  rules,
};
const offering = { id: 'hall.general', deskId: 'hall.windows', title: '综合业务', serviceId: 'general' };
type Change = Readonly<Record<string, unknown>>;
const file = (ofDesk: Change = {}, ofOffering: Change = {}): unknown => ({
  desks: [{ ...desk, ...ofDesk }],
  offerings: [{ ...offering, ...ofOffering }],
});
const wrong = (json: unknown): string[] =>
  readDeskFile(json, ground).problems.map(({ at, problem }) => `${at}: ${problem}`);

describe('a file of desks', () => {
  it('is read, what an offering does not say is as usual', () => {
    const policy = { horizonWorkingDays: 10, noShows: { most: 2, withinDays: 60, banDays: 14 } };
    const { desks, offerings, problems } = readDeskFile(file({ policy }), ground);
    expect([problems, desks]).toEqual([[], [{ ...desk, policy }]]);
    expect(offerings).toEqual([{ ...offering, partyMost: 1, perDay: 'department', active: true }]);
    expect(wrong({ offerings: [{ ...offering, deskId: 'old' }] })).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no object', [], /file: must be an object/],
    ['an unknown part', { desk: [] }, /file\.desk: is not known/],
    ['no list', { desks: {} }, /desks: must be a list/],
    ['an unknown column', file({ colour: 'red' }), /desks\[0\]\.colour: is not known/],
    ['no name', file({ name: ' ' }), /desks\[0\]\.name: must be a text/],
    ['a foreign subdistrict', file({ subdistrictId: 's9' }), /is no subdistrict/],
    ['a foreign department', file({ departmentId: 'd9' }), /is no department/],
    ['no rules', file({ rules: undefined }), /rules: is missing/],
    ['no week', file({ rules: { ...rules, weekly: undefined } }), /weekly: is missing/],
    ['a week without hours', file({ rules: { ...rules, weekly: [{ weekdays: [1] }] } }), /weekly: each needs/],
    ['no weekday', file({ rules: { ...rules, weekly: [{ weekdays: [], from: '09:00', to: '10:00' }] } }), /each needs/],
    [
      'a day that is none',
      file({ rules: { ...rules, weekly: [{ weekdays: [7], from: '09:00', to: '10:00' }] } }),
      /星期/,
    ],
    [
      'hours of another clock',
      file({ rules: { ...rules, weekly: [{ weekdays: [1], from: '09:00Z', to: '10:00' }] } }),
      /09:00 这样/,
    ],
    [
      'hours that end first',
      file({ rules: { ...rules, weekly: [{ weekdays: [1], from: '19:00', to: '10:00' }] } }),
      /晚于开始/,
    ],
    ['no seat', file({ rules: { ...rules, capacity: 0 } }), /名额/],
    [
      'a closure without an end',
      file({ rules: { ...rules, closures: [{ from: '2026-03-10' }] } }),
      /closures: each needs/,
    ],
    [
      'a closure on no day',
      file({ rules: { ...rules, closures: [{ from: '2026-02-30', to: '2026-02-30' }] } }),
      /停办/,
    ],
    ['an extra day without hours', file({ rules: { ...rules, extra: [{ on: '2026-03-10' }] } }), /extra: each needs/],
    ['a word for holidays', file({ rules: { ...rules, onHolidays: 'sometimes' } }), /onHolidays: must be/],
    ['a policy nobody knows', file({ policy: { patience: 1 } }), /policy\.patience: is not known/],
    [
      'a horizon of no day',
      file({ policy: { horizonWorkingDays: 0 } }),
      /horizonWorkingDays: must be a whole number from 1/,
    ],
    ['half a ban', file({ policy: { noShows: { most: 3 } } }), /noShows: needs most, withinDays and banDays/],
    ['a ban for ever', file({ policy: { noShows: { most: 3, withinDays: 90, banDays: 9999 } } }), /banDays: must be/],
    ['an offering of no desk', file({}, { deskId: 'nowhere' }), /"nowhere" is no desk/],
    ['an offering for nobody', file({}, { partyMost: 0 }), /至少是 1/],
    ['an offering with a strange id', file({}, { id: 'a b' }), /编号只能用/],
    ['a limit nobody knows', file({}, { perDay: 'week' }), /perDay: must be one of/],
    ['half active', file({}, { active: 'yes' }), /active: must be true or false/],
    ['a desk twice', { desks: [desk, desk] }, /"hall.windows" stands there twice/],
  ])('with %s is refused by its place', (_, json, words) => {
    expect(wrong(json)).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
  });
});

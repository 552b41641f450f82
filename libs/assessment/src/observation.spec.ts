import type { DomainEvent } from '@linli/contracts';
import { callbackObservations, readCallbacks } from './callback';
import { observationsOf } from './observation';

const at = new Date('2026-08-31T16:00:00Z');
const facts = {
  ...{ caseId: 'c', number: '2600000017', subdistrictId: 's1', department: { id: 'civil', name: '区民政局' } },
  ...{ dispatchId: 'd', unit: { id: 'water', name: '水务局' } },
};
const call = {
  callId: 'j',
  caller: { id: 's1', name: '甲街道' },
  subdistrictId: 's1',
  unit: facts.unit,
  caseNumber: null,
};
const event = (type: string, payload: object): DomainEvent =>
  ({ id: 'e', type, at, payload }) as unknown as DomainEvent;

const sheets: Readonly<Record<string, string>> = { s1: 'subdistricts', o1: 'officers' };

describe('an event', () => {
  const counted = (type: string, payload: object): unknown =>
    observationsOf(event(type, payload)).map((one) => [one.direction, one.subject.id, one.facts]);

  it.each([
    ['task.given', { ...facts, owner: { id: 'c1', name: '社区' } }, { c1: { tasksGiven: 1 } }],
    ['task.given', { ...facts, owner: { id: 's1', name: '街道' } }, { s1: { tasksGiven: 1 } }],
    [
      'case.accepted',
      { ...facts, kind: 'report', late: false },
      { civil: { accepted: 1, reportsAccepted: 1 }, s1: { accepted: 1, reportsAccepted: 1 } },
    ],
    ['case.accepted', { ...facts, late: false }, { civil: { accepted: 1 }, s1: { accepted: 1 } }],
    [
      'case.accepted',
      { ...facts, late: true },
      { civil: { accepted: 1, acceptedBySilence: 1 }, s1: { accepted: 1, acceptedBySilence: 1 } },
    ],
    [
      'case.closed',
      { ...facts, onTime: true },
      { civil: { closed: 1, closedOnTime: 1 }, s1: { closed: 1, closedOnTime: 1 } },
    ],
    ['case.closed', { ...facts, onTime: false }, { civil: { closed: 1 }, s1: { closed: 1 } }],
    [
      'case.closed',
      { ...facts, onTime: true, officerId: 'o1' },
      { civil: { closed: 1, closedOnTime: 1 }, s1: { closed: 1, closedOnTime: 1 }, o1: { closed: 1 } },
    ],
    [
      'case.reopened',
      { ...facts, closedBy: 'o1', officerId: 'o2' },
      { civil: { reopened: 1 }, s1: { reopened: 1 }, o1: { reopened: 1 } },
    ],
    ['case.reopened', { ...facts, closedBy: null }, { civil: { reopened: 1 }, s1: { reopened: 1 } }],
    ['case.dispatched', facts, { water: { dispatched: 1 }, s1: { dispatched: 1 } }],
    ['case.dispatched', { ...facts, unit: { id: 's1', name: '甲街道' } }, { s1: { dispatched: 1 } }],
    [
      'case.dispatched',
      { ...facts, role: 'support' },
      { water: { dispatched: 1, supportAsked: 1 }, s1: { dispatched: 1 } },
    ],
    ['case.supportRecorded', { ...facts, role: 'support', first: true }, { water: { supportGiven: 1 } }],
    ['case.supportRecorded', { ...facts, role: 'support', first: false }, {}],
    ['case.signedFor', { ...facts, inTime: true }, { water: { signedForInTime: 1 } }],
    ['case.signedFor', { ...facts, inTime: false }, {}],
    ['case.ruled', { ...facts, upheld: true }, { water: { sendBackUpheld: 1 }, s1: { sendBackUpheld: 1 } }],
    ['case.ruled', { ...facts, upheld: false }, {}],
    [
      'jointCall.called',
      { ...call, units: [call.unit, { id: 'fire', name: '消防' }] },
      { water: { called: 1 }, fire: { called: 1 } },
    ],
    ['jointCall.answered', { ...call, inTime: true, accepted: true }, { water: { callAnswered: 1, callAccepted: 1 } }],
    ['jointCall.answered', { ...call, inTime: false, accepted: false }, {}],
    ['jointCall.arrived', { ...call, inTime: true }, { water: { arrivedInTime: 1 } }],
    [
      'jointCall.rated',
      { ...call, by: 'caller', quality: 0.75 },
      { water: { cooperationRated: 1, cooperationQuality: 0.75 } },
    ],
    [
      'jointCall.rated',
      { ...call, by: 'unit', quality: 0.5 },
      { s1: { cooperationRated: 1, cooperationQuality: 0.5 } },
    ],
    [
      'rectification.rectified',
      { ...facts, inTime: true },
      { civil: { rectificationsEnded: 1, rectifiedInTime: 1 }, s1: { rectificationsEnded: 1, rectifiedInTime: 1 } },
    ],
    ['rectification.rectified', { ...facts, inTime: false }, {}],
    [
      'rectification.overdue',
      { ...facts, step: 'rectify' },
      { civil: { rectificationsEnded: 1 }, s1: { rectificationsEnded: 1 } },
    ],
    ['rectification.overdue', { ...facts, step: 'contact' }, { civil: { contactsEnded: 1 }, s1: { contactsEnded: 1 } }],
    [
      'rectification.contacted',
      { ...facts, inTime: true },
      { civil: { contactsEnded: 1, contactedInTime: 1 }, s1: { contactsEnded: 1, contactedInTime: 1 } },
    ],
    ['rectification.contacted', { ...facts, inTime: false }, {}],
    ['case.begun', facts, {}],
  ])('%s %#', (type, payload, expected) =>
    expect(counted(type, payload)).toEqual(
      Object.entries(expected).map(([id, counts]) => [sheets[id] ?? 'departments', id, counts]),
    ),
  );

  it('counts for the month of its own moment in Shanghai, whatever date a case bears', () => {
    const backDated = { ...facts, onTime: true, acceptOn: '2026-05-01', dueOn: '2026-05-10' };
    expect(observationsOf(event('case.closed', backDated)).map((one) => one.period)).toEqual(['2026-09', '2026-09']);
  });
});

describe('call-backs', () => {
  const known = {
    departments: new Map([['区民政局', { id: 'civil', name: '区民政局' }]]),
    subdistricts: new Map([['甲街道', 's1']]),
  };
  const cells = {
    ...{ 工单编号: 'W1', 回访日期: '2026-08-05', 承办部门: '区民政局', 被反映街道: '甲街道' },
    ...{ 是否有效回访: '是', 是否联系: '是', 是否解决: '否', 是否满意: '基本满意' },
  };
  const read = (more: Record<string, string> = {}): ReturnType<typeof readCallbacks> =>
    readCallbacks([{ at: 'line 2', cells: { ...cells, ...more } }], known);

  it('count once each, and only effective ones', () => {
    const { callbacks, problems, skipped } = read();
    expect([problems, skipped]).toEqual([[], 0]);
    const [first, second] = callbacks.flatMap(callbackObservations);
    expect(first).toMatchObject({
      ...{ period: '2026-08', direction: 'departments', subject: { id: 'civil' } },
      facts: { callbacks: 1, callbackContacted: 1, callbackFairlySatisfied: 1 },
    });
    expect(second).toMatchObject({ eventId: first!.eventId, direction: 'subdistricts', subject: { id: 's1' } });
    expect(read({ 是否有效回访: '否' })).toEqual({ callbacks: [], problems: [], skipped: 1 });
  });

  it.each(Object.keys(cells).filter((column) => column !== '工单编号'))(
    'without a %s are refused with their place',
    (column) => {
      const { callbacks, problems } = read({ [column]: '？' });
      expect(callbacks).toEqual([]);
      expect(problems).toEqual([{ at: 'line 2', problem: `${column} is missing or not known` }]);
    },
  );
});

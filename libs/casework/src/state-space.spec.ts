import { localDate, Refusal } from '@linli/kernel';
import { loadCalendar } from '@linli/platform';
import type { Case } from './case';
import { close, withdraw } from './closing';
import { correct, deemWithdrawn, deemWithdrawnUnmet } from './correction';
import { begin, bringDeferred, decide, deliver, extend, reopen, resume, suspend } from './course';
import { hasLapsed } from './deadlines';
import { decline } from './declining';
import { file } from './filing';
import { accept, acceptBySilence, requestCorrection } from './review';
import { application, item } from './samples';
import { readyTo } from './standing';
import type { CaseEventType, Step } from './step';

const calendar = loadCalendar();
const start = new Date('2026-02-10T02:00:00Z');
const deferred = { materials: ['bank-card'], pledged: true };
const brought = [{ fileId: 'f', materialId: 'bank-card', evidence: false }];

type Move = (kase: Case, now: Date) => Step<Case, CaseEventType>;

/** Everything anybody may try, and what silence does. */
const moves: Readonly<Record<string, Move>> = {
  accept: (kase, now) => accept(readyTo('accept', kase), 'clerk', now, calendar),
  acceptDeferred: (kase, now) => accept(readyTo('accept', kase), 'clerk', now, calendar, deferred),
  notice: (kase, now) =>
    requestCorrection(
      readyTo('requestCorrection', kase),
      { missing: ['户口簿'], reason: '缺' },
      'clerk',
      now,
      calendar,
    ),
  correct: (kase, now) =>
    correct(readyTo('correct', kase), { text: '补上了', channel: 'api' }, 'resident', now, calendar),
  decline: (kase, now) =>
    decline(readyTo('decline', kase), { reason: '不归这里管', authority: '区民政局' }, 'clerk', now),
  withdraw: (kase, now) => withdraw(readyTo('withdraw', kase), now),
  begin: (kase) => begin(readyTo('begin', kase), 'officer'),
  bring: (kase, now) => bringDeferred(readyTo('bringDeferred', kase), brought, now),
  suspend: (kase, now) => suspend(readyTo('suspend', kase), { kind: 'hearing', reason: '等待听证' }, now, calendar),
  resume: (kase, now) => resume(readyTo('resume', kase), now, calendar),
  extend: (kase) => extend(readyTo('extend', kase), { reason: '案情复杂' }, { id: 'chief', mayGrant: true }, calendar),
  decide: (kase, now) => decide(readyTo('decide', kase), 'granted', now),
  deliver: (kase, now) => deliver(readyTo('deliver', kase), 'window', now),
  close: (kase, now) =>
    close(readyTo('close', kase), { outcome: 'granted', publicReply: '办好了', evidence: ['签收单'] }, 'officer', now),
  refuse: (kase, now) =>
    close(readyTo('close', kase), { outcome: 'refused', publicReply: '不符合', evidence: ['决定'] }, 'officer', now),
  reopen: (kase, now) =>
    reopen(readyTo('reopen', kase), '没有解决', { residentId: kase.filing.residentId }, now, calendar),
  silence: (kase, now) => {
    if (!hasLapsed(kase, now)) throw new Refusal('case.wrongState');
    if (kase.state === 'awaitingCorrection') return deemWithdrawn(kase, now);
    if (kase.state === 'accepted' || kase.state === 'inHandling') return deemWithdrawnUnmet(kase, now);
    return acceptBySilence(readyTo('accept', kase), null, now, calendar);
  },
};

const daysBetweenMoves = [0, 1, 9, 3, 0, 20];
const later = (now: Date, days: number): Date => new Date(now.getTime() + days * 86_400_000);

/** What must hold of a case whatever was done to it. */
function check(kase: Case, notices: number, path: string): void {
  const broken = (what: string): Error => new Error(`${what} after ${path}`);
  if (notices > 1) throw broken('a second notice');
  const { acceptOn, dueOn, statutoryOn } = kase.dates;
  const receivedOn = localDate(kase.filing.submittedAt);
  if (acceptOn < receivedOn || dueOn < receivedOn || statutoryOn < dueOn) throw broken('a clock that runs backwards');
  if ('course' in kase && kase.course && kase.state !== 'withdrawn') {
    const open = kase.course.stops.filter((stop) => stop.to === null).length;
    if (open !== (kase.state === 'suspended' ? 1 : 0)) throw broken('a clock that stands without being stopped');
    if (kase.course.stops.some(({ from, to }) => to !== null && to < from))
      throw broken('a stop that ends before it begins');
    if (kase.acceptance.on > dueOn) throw broken('due before it was accepted');
  }
  if (kase.state === 'closed' && kase.closure.evidence.length === 0) throw broken('closed without evidence');
  const unmet = 'course' in kase && kase.course?.deferral?.metOn === null;
  if (kase.state === 'closed' && unmet && kase.closure.outcome === 'granted')
    throw broken('granted with papers to come');
  const touched = !['submitted', 'withdrawn'].includes(kase.state);
  const silent = 'acceptance' in kase && kase.acceptance?.bySilence === true;
  if (touched && !silent && kase.firstReceiverId === null) throw broken('nobody is accountable');
}

function walk(kase: Case, now: Date, depth: number, notices: number, path: string, seen: Map<string, number>): void {
  seen.set(kase.state, (seen.get(kase.state) ?? 0) + 1);
  if (depth === daysBetweenMoves.length) return;
  for (const [name, move] of Object.entries(moves)) {
    let next: Case;
    try {
      next = move(kase, now).next;
    } catch (error) {
      // A step that is not allowed is refused with a code, never with a crash.
      if (!(error instanceof Refusal)) throw error;
      continue;
    }
    const given = notices + (name === 'notice' ? 1 : 0);
    const trail = `${path} ${name}`;
    check(next, given, trail);
    walk(
      { ...next, revision: next.revision + 1 },
      later(now, daysBetweenMoves[depth] ?? 0),
      depth + 1,
      given,
      trail,
      seen,
    );
  }
}

/** One way into every state, by the names of the moves. */
const ways: readonly (readonly [state: Case['state'], moves: string])[] = [
  ['submitted', ''],
  ['awaitingCorrection', 'notice'],
  ['corrected', 'notice correct'],
  ['accepted', 'accept'],
  ['accepted', 'acceptDeferred'],
  ['inHandling', 'acceptDeferred begin'],
  ['suspended', 'accept suspend'],
  ['decided', 'accept decide'],
  ['closed', 'accept close'],
  ['declined', 'decline'],
  ['withdrawn', 'withdraw'],
];

describe('every sequence of six steps', () => {
  const filed = file(application(), item, { id: 'c', number: '2600000013' }, start, calendar).next;
  const reached = new Map<string, number>();

  it.each(ways)('from %s (%s) keeps what must hold', (state, way) => {
    for (const days of [0, 30]) {
      let kase: Case = filed;
      for (const name of way.split(' ').filter((one) => one !== '')) kase = (moves[name] as Move)(kase, start).next;
      expect(kase.state).toBe(state);
      walk(kase, later(start, days), 0, way.includes('notice') ? 1 : 0, `${state}:`, reached);
    }
  });

  it('reaches every state', () => {
    expect([...reached.keys()].sort()).toEqual([...new Set(ways.map(([state]) => state))].sort());
    expect([...reached.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10_000);
  });
});

import type { RefusalCode } from '@linli/kernel';
import { loadCalendar } from '@linli/platform';
import type { Accepted, AwaitingCorrection, Case, Closed, Corrected, Submitted } from './case';
import { close, withdraw } from './closing';
import { correct } from './correction';
import { begin, decide, suspend } from './course';
import { decline } from './declining';
import { file } from './filing';
import { accept, requestCorrection } from './review';
import { application, item } from './samples';
import { readyTo, type ReadyTo, type Verb } from './standing';

const calendar = loadCalendar();
const now = new Date('2026-03-10T02:00:00Z');
const notice = { missing: ['户口簿'], reason: '没有附上' };
const closing = { outcome: 'granted', publicReply: '已发放', evidence: ['已发放'] } as const;
const correction = { text: '补上了', channel: 'api' } as const;

const submitted = file(application(), item, { id: 'c', number: '2600000013' }, now, calendar).next;
const awaiting = requestCorrection(submitted, notice, 'o', now, calendar).next;
const corrected = correct(awaiting, correction, 'resident', now, calendar).next;
const accepted = accept(submitted, 'o', now, calendar).next;
const closed = close(accepted, closing, 'o', now).next;
const withdrawn = withdraw(submitted, now).next;

const verbs: readonly Verb[] = [
  'accept',
  'requestCorrection',
  'correct',
  'decline',
  'withdraw',
  'begin',
  'suspend',
  'resume',
  'extend',
  'decide',
  'deliver',
  'close',
  'reopen',
];
const inHandling = begin(accepted, 'o').next;
const suspended = suspend(inHandling, { kind: 'hearing', reason: '听证' }, now, calendar).next;
const decided = decide(inHandling, 'granted', now).next;
const declined = decline(submitted, { reason: '不归我们管' }, 'o', now).next;

function answer(verb: Verb, kase: Case): RefusalCode | 'allowed' {
  try {
    readyTo(verb, kase);
    return 'allowed';
  } catch (error) {
    return (error as { code: RefusalCode }).code;
  }
}

describe('what may be done in which state', () => {
  it.each<[Case, string]>([
    [submitted, 'accept requestCorrection decline withdraw'],
    [awaiting, 'correct withdraw'],
    [corrected, 'accept decline withdraw'],
    [accepted, 'withdraw begin suspend extend decide close'],
    [inHandling, 'withdraw suspend extend decide close'],
    [suspended, 'withdraw resume extend'],
    [decided, 'deliver close'],
    [closed, 'reopen'],
    [declined, ''],
    [withdrawn, ''],
  ])('$state', (kase, allowed) => {
    expect(verbs.filter((verb) => answer(verb, kase) === 'allowed').join(' ')).toBe(allowed);
  });

  it.each<[Case, Verb, RefusalCode]>([
    [submitted, 'close', 'case.notAccepted'],
    [submitted, 'correct', 'case.noticeNotGiven'],
    [awaiting, 'requestCorrection', 'case.noticeAlreadyGiven'],
    [corrected, 'requestCorrection', 'case.noticeAlreadyGiven'],
    [accepted, 'accept', 'case.alreadyAccepted'],
    [decided, 'decline', 'case.alreadyAccepted'],
    [closed, 'close', 'case.closed'],
    [withdrawn, 'close', 'case.wrongState'],
  ])('$state is refused by name', (kase, verb, code) => expect(answer(verb, kase)).toBe(code));

  it('is known to the compiler: a second notice has no type', () => {
    type Takes<V extends Verb, C extends Case> = C extends ReadyTo<V> ? true : false;
    const notices: [Takes<'requestCorrection', Submitted>, Takes<'requestCorrection', Corrected>] = [true, false];
    const awaiting: Takes<'requestCorrection', AwaitingCorrection> = false;
    const closures: [Takes<'close', Corrected>, Takes<'close', Accepted>, Takes<'close', Closed>] = [
      false,
      true,
      false,
    ];
    expect([...notices, awaiting, ...closures]).toEqual([true, false, false, false, true, false]);
  });
});

import type { RefusalCode } from '@linli/kernel';
import { loadCalendar } from '@linli/platform';
import type { Accepted, AwaitingCorrection, Case, Closed, Corrected, Submitted } from './case';
import { close, withdraw } from './closing';
import { correct } from './correction';
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
const closed = close(accepted, closing, now).next;
const withdrawn = withdraw(submitted, now).next;

const verbs: readonly Verb[] = ['accept', 'requestCorrection', 'correct', 'withdraw', 'close'];

function answer(verb: Verb, kase: Case): RefusalCode | 'allowed' {
  try {
    readyTo(verb, kase);
    return 'allowed';
  } catch (error) {
    return (error as { code: RefusalCode }).code;
  }
}

describe('what may be done in which state', () => {
  it.each<[Case, string[]]>([
    [submitted, ['allowed', 'allowed', 'case.noticeNotGiven', 'allowed', 'case.notAccepted']],
    [awaiting, ['case.wrongState', 'case.noticeAlreadyGiven', 'allowed', 'allowed', 'case.notAccepted']],
    [corrected, ['allowed', 'case.noticeAlreadyGiven', 'case.wrongState', 'allowed', 'case.notAccepted']],
    [accepted, ['case.alreadyAccepted', 'case.alreadyAccepted', 'case.alreadyAccepted', 'allowed', 'allowed']],
    [closed, verbs.map(() => 'case.closed')],
    [withdrawn, verbs.map(() => 'case.wrongState')],
  ])('$state', (kase, answers) => expect(verbs.map((verb) => answer(verb, kase))).toEqual(answers));

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

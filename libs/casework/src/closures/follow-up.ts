import { Refusal, type WorkCalendar } from '@linli/kernel';
import type { Case, Closed } from '../case';
import { reopen } from '../course';
import { givenWords } from '../given-words';
import { factsOf, type Step } from '../step';

/** 回访: what came of calling the resident after closure. */
export interface FollowUp {
  readonly reached: boolean;
  /** What the resident said; needed once reached. */
  readonly solved?: boolean;
  /** What was said, or why nobody was reached. */
  readonly words: string;
}

/**
 * Notes a call-back; a resident who says it is not solved has the case taken up again, against whoever closed it. Nobody
 * calls back about a closure of their own.
 */
export function followUp(
  kase: Closed,
  given: FollowUp,
  officerId: string,
  now: Date,
  calendar: WorkCalendar,
): Step<Case, 'case.followedUp' | 'case.reopened'> {
  if (kase.course.closedBy === officerId) throw new Refusal('case.ownFollowUp');
  const said = givenWords('words', given.words);
  const { reached } = given;
  if (reached && given.solved === undefined)
    throw new Refusal('case.invalid', [{ at: 'solved', problem: '请写明居民说有没有解决' }]);
  const solved = reached ? (given.solved ?? null) : null;
  if (solved === false) return reopen(kase, said, { residentId: kase.filing.residentId }, now, calendar);
  const words = reached ? '我们打电话回访，您说问题已经解决。' : '我们打电话回访，没有联系上您。';
  const payload = { ...factsOf(kase), reached, solved };
  return { next: kase, what: 'followedUp', words, event: 'case.followedUp', payload };
}

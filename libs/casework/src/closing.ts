import { localDate, Refusal, type RefusalDetail } from '@linli/kernel';
import type { CaseOutcome } from '@linli/contracts';
import type { Closed, Withdrawn } from './case';
import { refuseUnmet } from './declining';
import type { ReadyTo } from './standing';
import { factsOf, type Step } from './step';
import { matterWords, outcomeWords } from './wording';

const replyLongest = 2000;
const evidenceMost = 40;
const evidenceLongest = 500;

/** What an officer closes a case with. */
export interface ClosingWords {
  readonly outcome: CaseOutcome;
  /** What the resident is told. */
  readonly publicReply: string;
  /** 对单销账: words or file ids that show it was done. */
  readonly evidence: readonly string[];
}

/** Withdraws at the resident's wish, any time before closure. */
export function withdraw(kase: ReadyTo<'withdraw'>, now: Date): Step<Withdrawn, 'case.withdrawn'> {
  const { filing, dates, firstReceiverId, revision } = kase;
  const next: Withdrawn = {
    state: 'withdrawn',
    filing,
    dates,
    firstReceiverId,
    revision,
    notice: 'notice' in kase ? kase.notice : null,
    acceptance: 'acceptance' in kase ? kase.acceptance : null,
    course: 'course' in kase ? kase.course : null,
    withdrawal: { at: now, deemed: false },
  };
  return {
    next,
    what: 'withdrawn',
    words: `您撤回了这件${matterWords(filing)}。`,
    event: 'case.withdrawn',
    payload: { ...factsOf(next), deemed: false },
  };
}

/** Closes (办结) with an outcome, an answer for the resident and evidence; without evidence nothing is closed. */
export function close(
  kase: ReadyTo<'close'>,
  closing: ClosingWords,
  officerId: string,
  now: Date,
): Step<Closed, 'case.closed'> {
  const { publicReply, evidence } = checkedClosing(closing);
  const { outcome } = closing;
  refuseUnmet(kase.course, outcome);
  const { decision } = kase.course;
  if (decision && decision.outcome !== outcome)
    throw new Refusal('case.invalid', [
      { at: 'outcome', problem: `决定的结果是“${outcomeWords[decision.outcome]}”，办结时不能改` },
    ]);
  // What was decided in time is in time, however long the result takes to be fetched.
  const onTime = decision ? decision.onTime : localDate(now) <= kase.dates.dueOn;
  const { filing, dates, firstReceiverId, revision, notice, acceptance } = kase;
  const course = { ...kase.course, closedBy: officerId };
  const closure = { at: now, outcome, publicReply, evidence, onTime };
  const next: Closed = {
    state: 'closed',
    filing,
    dates,
    firstReceiverId,
    revision,
    notice,
    acceptance,
    course,
    closure,
  };
  return {
    next,
    what: 'closed',
    words: `已办结，结果：${outcomeWords[outcome]}。答复：${publicReply}`,
    event: 'case.closed',
    payload: { ...factsOf(next), outcome, publicReply, onTime },
  };
}

function checkedClosing(closing: ClosingWords): { publicReply: string; evidence: string[] } {
  const evidence = [...new Set(closing.evidence.map((one) => one.trim()).filter((one) => one !== ''))];
  if (evidence.length === 0) throw new Refusal('case.evidenceMissing');
  const publicReply = closing.publicReply.trim();
  const problems: RefusalDetail[] = [];
  if (publicReply === '') problems.push({ at: 'publicReply', problem: '请写明给居民的答复' });
  if (publicReply.length > replyLongest) problems.push({ at: 'publicReply', problem: `答复最多${replyLongest}个字` });
  if (evidence.length > evidenceMost) problems.push({ at: 'evidence', problem: `依据最多${evidenceMost}条` });
  if (evidence.some((one) => one.length > evidenceLongest))
    problems.push({ at: 'evidence', problem: `每条依据最多${evidenceLongest}个字` });
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return { publicReply, evidence };
}

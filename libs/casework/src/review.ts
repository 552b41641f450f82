import { localDate, Refusal, type LocalDate, type RefusalDetail, type WorkCalendar } from '@linli/kernel';
import { freshCourse, type Acceptance, type Accepted, type AwaitingCorrection, type Case } from './case';
import { datesUnder } from './course';
import { answerBy, datesOf, hasLapsed } from './deadlines';
import { deferralOf, deferralWords, type DeferralWish } from './declining';
import { pledgeOf, pledgeWords } from './pledge';
import type { ReadyTo } from './standing';
import { factsOf, type Step } from './step';
import { dayWords, matterWords } from './wording';

type Reviewed = ReadyTo<'accept'>;
type AcceptanceStep = Step<Accepted, 'case.accepted'>;

/** The most a notice may list, and how long its parts may be. */
const missingMost = 40;
const missingLongest = 200;
const reasonLongest = 500;

/** The day everything that was asked for had been received: of the submission, or of the answer to the notice. */
function receivedOn(kase: Reviewed): LocalDate {
  return localDate(kase.state === 'corrected' ? kase.notice.answeredAt : kase.filing.submittedAt);
}

function accepted(kase: Reviewed, acceptance: Acceptance, officerId: string | null, calendar: WorkCalendar): Accepted {
  const { filing, firstReceiverId, revision } = kase;
  const notice = kase.state === 'corrected' ? kase.notice : null;
  const facts = { filing, notice, acceptance };
  return {
    state: 'accepted',
    ...facts,
    dates: datesUnder(facts, freshCourse, calendar),
    firstReceiverId: firstReceiverId ?? officerId,
    revision,
    course: freshCourse,
  };
}

/**
 * Accepts (受理) by an officer's judgement; missing electronic papers do not hinder it. After the last day for a notice
 * the law has accepted already, and the officer's word only records it.
 */
export function accept(
  kase: Reviewed,
  officerId: string,
  now: Date,
  calendar: WorkCalendar,
  deferred?: DeferralWish,
  pledgedFor: readonly string[] = [],
): AcceptanceStep {
  if (hasLapsed(kase, now)) return acceptBySilence(kase, officerId, now, calendar);
  const plain = accepted(kase, { at: now, on: localDate(now), bySilence: false }, officerId, calendar);
  const deferral = deferred ? deferralOf(plain, deferred, now, calendar) : null;
  const { entry } = plain.filing;
  const pledge = pledgeOf(entry, pledgedFor, localDate(now));
  const next: Accepted = { ...plain, course: { ...plain.course, deferral, pledge } };
  return {
    next,
    what: deferral ? 'acceptedWithDeferral' : 'accepted',
    words: `您的${matterWords(next.filing)}已受理，最晚${dayWords(next.dates.dueOn)}办结。${deferralWords(next)}${pledgeWords(entry, pledge)}`,
    event: 'case.accepted',
    payload: { ...factsOf(next), late: false },
  };
}

/** Accepts as of the day of receipt, since nobody said within five working days what is missing (行政许可法 §32(4)). */
export function acceptBySilence(
  kase: Reviewed,
  officerId: string | null,
  now: Date,
  calendar: WorkCalendar,
): AcceptanceStep {
  const on = receivedOn(kase);
  const next = accepted(kase, { at: now, on, bySilence: true }, officerId, calendar);
  const matter = matterWords(next.filing);
  return {
    next,
    what: 'acceptedBySilence',
    words: `我们没有在规定的5个工作日内答复您，按规定，您的${matter}从收到之日（${dayWords(on)}）起就算受理，最晚${dayWords(next.dates.dueOn)}办结。`,
    event: 'case.accepted',
    payload: { ...factsOf(next), late: true },
  };
}

/**
 * Asks once for everything that is missing (一次性告知, 行政许可法 §32(4)) and stops the clock. Refuses after the last day
 * for a notice: the law has accepted by then.
 */
export function requestCorrection(
  kase: ReadyTo<'requestCorrection'>,
  asked: { readonly missing: readonly string[]; readonly reason: string },
  officerId: string,
  now: Date,
  calendar: WorkCalendar,
): Step<AwaitingCorrection, 'case.correctionRequested'> {
  if (hasLapsed(kase, now)) throw new Refusal('case.alreadyAccepted');
  const { missing, reason } = checkedNotice(asked);
  const today = localDate(now);
  const notice = { givenAt: now, missing, reason, answerBy: answerBy(today, calendar) };
  const course = {
    receivedOn: localDate(kase.filing.submittedAt),
    limit: kase.filing.request?.limit,
    pause: { from: today, to: notice.answerBy },
  };
  const next: AwaitingCorrection = {
    ...kase,
    state: 'awaitingCorrection',
    dates: datesOf(kase.filing.entry, course, calendar),
    firstReceiverId: kase.firstReceiverId ?? officerId,
    notice,
  };
  return {
    next,
    what: 'correctionRequested',
    words: `请您最晚${dayWords(notice.answerBy)}补齐：${missing.join('、')}。原因：${reason}`,
    event: 'case.correctionRequested',
    payload: { ...factsOf(next satisfies Case), missing, reason, answerBy: notice.answerBy },
  };
}

function checkedNotice(asked: { readonly missing: readonly string[]; readonly reason: string }): {
  missing: string[];
  reason: string;
} {
  const missing = [...new Set(asked.missing.map((name) => name.trim()).filter((name) => name !== ''))];
  const reason = asked.reason.trim();
  const problems: RefusalDetail[] = [];
  if (missing.length === 0) problems.push({ at: 'missing', problem: '请一次写全缺少的材料，至少一项' });
  if (missing.length > missingMost) problems.push({ at: 'missing', problem: `最多写${missingMost}项` });
  if (missing.some((name) => name.length > missingLongest))
    problems.push({ at: 'missing', problem: `每一项最多${missingLongest}个字` });
  if (reason === '') problems.push({ at: 'reason', problem: '请写明原因，让居民看得懂' });
  if (reason.length > reasonLongest) problems.push({ at: 'reason', problem: `原因最多${reasonLongest}个字` });
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return { missing, reason };
}

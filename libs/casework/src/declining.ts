import { localDate, Refusal, type LocalDate, type WorkCalendar } from '@linli/kernel';
import type { CaseOutcome } from '@linli/contracts';
import type { Accepted, Course, Declined, Deferral } from './case';
import { deferredUntil } from './deadlines';
import { givenWords } from './given-words';
import type { ReadyTo } from './standing';
import { factsOf, type Step } from './step';
import { dayWords, matterWords } from './wording';

const authorityLongest = 100;

/**
 * 不予受理: tells why, and which authority to apply to where it is another's matter (行政许可法 §32(1), (2)).
 */
export function decline(
  kase: ReadyTo<'decline'>,
  given: { readonly reason: string; readonly authority?: string },
  officerId: string,
  now: Date,
): Step<Declined, 'case.declined'> {
  const reason = givenWords('reason', given.reason);
  const authority = given.authority?.trim() ?? '';
  if (authority.length > authorityLongest)
    throw new Refusal('case.invalid', [{ at: 'authority', problem: `最多写${authorityLongest}个字` }]);
  const { filing, dates, firstReceiverId, revision } = kase;
  const declining = { at: now, reason, authority: authority === '' ? null : authority };
  const next: Declined = {
    state: 'declined',
    filing,
    dates,
    firstReceiverId: firstReceiverId ?? officerId,
    revision,
    notice: kase.state === 'corrected' ? kase.notice : null,
    declining,
  };
  const where = declining.authority ? `请向${declining.authority}申请。` : '';
  return {
    next,
    what: 'declined',
    words: `您的${matterWords(filing)}不予受理。原因：${reason}${/[。！？]$/.test(reason) ? '' : '。'}${where}`,
    event: 'case.declined',
    payload: { ...factsOf(next), reason, authority: declining.authority },
  };
}

/** What an officer lets an applicant bring later. */
export interface DeferralWish {
  readonly materials: readonly string[];
  readonly by?: LocalDate;
  /** The applicant has pledged it in writing. */
  readonly pledged: boolean;
}

/**
 * 容缺受理 (安阳市政务服务条例 §24): only papers the guide lists as deferrable, against a written pledge, by a day of its
 * own within the committed limit.
 */
export function deferralOf(
  { filing: { entry }, dates: { dueOn } }: Pick<Accepted, 'filing' | 'dates'>,
  wish: DeferralWish,
  now: Date,
  calendar: WorkCalendar,
): Deferral {
  const materials = [...new Set(wish.materials)];
  const problems = materials.flatMap((id) => {
    const material = entry.guide?.materials.find((one) => one.id === id);
    if (!material) return [{ at: 'deferred', problem: `办事指南里没有“${id}”这份材料` }];
    return material.deferrable ? [] : [{ at: 'deferred', problem: `“${material.name}”不能容缺，要先补齐` }];
  });
  if (materials.length === 0) problems.push({ at: 'deferred', problem: '请写明哪些材料可以后补' });
  if (!wish.pledged) problems.push({ at: 'pledged', problem: '容缺受理要有申请人的书面承诺' });
  const today = localDate(now);
  const usual = deferredUntil(today, calendar);
  const by = wish.by ?? (usual < dueOn ? usual : dueOn);
  if (dueOn <= today) problems.push({ at: 'deferred', problem: '这件今天就要办结，不能容缺，请先补齐材料' });
  else if (by <= today) problems.push({ at: 'by', problem: '补交的日子要在今天以后' });
  else if (by > dueOn) problems.push({ at: 'by', problem: `补交的日子最晚是承诺办结的${dayWords(dueOn)}` });
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return { materials, by, metOn: null };
}

/** What the applicant is told of a deferral beside the acceptance. */
export function deferralWords(kase: Accepted): string {
  const { deferral } = kase.course;
  if (!deferral) return '';
  const names = deferral.materials.map((id) => kase.filing.entry.guide?.materials.find((one) => one.id === id)?.name);
  return `您承诺在${dayWords(deferral.by)}前补交：${names.join('、')}。过期没有补交，就算您撤回申请。`;
}

/** Nothing is granted while papers pledged under 容缺 are still to come; refused or explained it may be. */
export function refuseUnmet({ deferral }: Course, outcome: CaseOutcome): void {
  if (outcome === 'granted' && deferral && deferral.metOn === null) throw new Refusal('case.deferredOutstanding');
}

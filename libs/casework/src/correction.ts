import type { Channel } from '@linli/contracts';
import { localDate, Refusal, type RefusalDetail, type WorkCalendar } from '@linli/kernel';
import type { Accepted, AwaitingCorrection, CaseFile, Corrected, InHandling, Withdrawn } from './case';
import { datesOf, hasLapsed } from './deadlines';
import { filesOf } from './draft-files';
import type { ReadyTo } from './standing';
import { factsOf, type Step } from './step';
import { dayWords, matterWords } from './wording';

/** 补正: what the resident sends, or the window receives, in answer to a notice. */
export interface Correction {
  readonly text?: string;
  readonly materials?: readonly { readonly materialId: string; readonly fileId: string }[];
  readonly fileIds?: readonly string[];
  /** Pictures still lying at WeChat. */
  readonly mediaIds?: readonly string[];
  readonly channel: Channel | 'api';
}

/** The most a resident may write in answer to a notice. */
const textLongest = 2000;

/** Who brings the correction: the resident, or the window that received paper. */
export type Bringer = 'resident' | 'window';

/** The files of a correction. Refuses unknown materials, and a resident's answer that says and brings nothing. */
export function checkCorrection(
  kase: ReadyTo<'correct'>,
  correction: Correction,
  bringer: Bringer,
): { readonly text: string; readonly files: readonly CaseFile[] } {
  const problems: RefusalDetail[] = [];
  const text = correction.text?.trim() ?? '';
  const files = filesOf(correction.materials ?? [], correction.fileIds ?? [], kase.filing.entry.guide, problems);
  const pictures = correction.mediaIds?.length ?? 0;
  if (text.length > textLongest) problems.push({ at: 'text', problem: `最多写${textLongest}个字` });
  if (bringer === 'resident' && text === '' && files.length === 0 && pictures === 0)
    problems.push({ at: 'text', problem: '请写一句说明，或者附上要补的材料' });
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return { text, files };
}

/** Takes the answer to the notice and starts the clock again; refuses one that comes after its last day. */
export function correct(
  kase: ReadyTo<'correct'>,
  correction: Correction,
  bringer: Bringer,
  now: Date,
  calendar: WorkCalendar,
): Step<Corrected, 'case.corrected'> {
  if (hasLapsed(kase, now))
    throw new Refusal('case.wrongState', [
      { at: 'answerBy', problem: `补正的最后一天是${dayWords(kase.notice.answerBy)}，现在已经过了，请重新提交` },
    ]);
  const { filing } = kase;
  const pause = { from: localDate(kase.notice.givenAt), to: localDate(now) };
  const next: Corrected = {
    ...kase,
    state: 'corrected',
    dates: datesOf(
      filing.entry,
      { receivedOn: localDate(filing.submittedAt), limit: filing.request?.limit, pause },
      calendar,
    ),
    notice: { ...kase.notice, answeredAt: now },
  };
  const text = correction.text?.trim() ?? '';
  const said = text === '' ? '' : `说明：${text}`;
  return {
    next,
    what: 'corrected',
    words: `${bringer === 'resident' ? '您补交了材料。' : '窗口收到了您补交的材料。'}${said}`,
    event: 'case.corrected',
    payload: { ...factsOf(next), mediaIds: correction.mediaIds ?? [], channel: correction.channel },
  };
}

/** Takes a notice nobody answered for a withdrawal (安阳市政务服务条例 §36); the resident may file anew. */
export function deemWithdrawn(kase: AwaitingCorrection, now: Date): Step<Withdrawn, 'case.withdrawn'> {
  const next: Withdrawn = {
    ...kase,
    state: 'withdrawn',
    acceptance: null,
    course: null,
    withdrawal: { at: now, deemed: true },
  };
  const matter = matterWords(kase.filing);
  return {
    next,
    what: 'deemedWithdrawn',
    words: `到${dayWords(kase.notice.answerBy)}还没有收到您补交的材料，按规定视为您撤回了这件${matter}。需要的话，可以随时重新提交。`,
    event: 'case.withdrawn',
    payload: { ...factsOf(next), deemed: true },
  };
}

/** Takes pledged papers that never came for a withdrawal (容缺受理, 安阳市政务服务条例 §24). */
export function deemWithdrawnUnmet(kase: Accepted | InHandling, now: Date): Step<Withdrawn, 'case.withdrawn'> {
  const { filing, dates, firstReceiverId, revision, notice, acceptance } = kase;
  const withdrawal = { at: now, deemed: true };
  const next: Withdrawn = {
    state: 'withdrawn',
    filing,
    dates,
    firstReceiverId,
    revision,
    notice,
    acceptance,
    course: kase.course,
    withdrawal,
  };
  const by = kase.course.deferral?.by;
  return {
    next,
    what: 'deemedWithdrawn',
    words: `您承诺${by ? `在${dayWords(by)}前` : ''}补交的材料还没有收到，按约定视为您撤回了这件${matterWords(filing)}。需要的话，可以随时重新提交。`,
    event: 'case.withdrawn',
    payload: { ...factsOf(next), deemed: true },
  };
}

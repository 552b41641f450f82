import type { ApplicationDraft, ReportDraft, RequestType, RequestUrgency } from '@linli/contracts';
import { localDate, Refusal, type WorkCalendar } from '@linli/kernel';
import type { Case } from '../case';
import type { dispatchable } from '../dispatch/dispatch';
import { givenWords } from '../given-words';
import { datesAnew } from '../recount/recount';
import { factsOf, type Step } from '../step';
import type { RequestLimits } from '../supervision/limits';
import { dayWords } from '../wording';
import type { RequestClass } from './request-class';

/** Signs by which a type is told, the first that is found; what says none asks for help. */
const signs: readonly (readonly [type: RequestType, sign: RegExp])[] = [
  ['report', /举报|检举/],
  ['complaint', /投诉/],
  ['suggestion', /建议|希望能|能不能(?:增加|增设|加装|加一|装一|设一)|最好能/],
  ['enquiry', /咨询|请问|想问|问一下|是不是归|归谁管|怎么(?:申请|办理)/],
];

/** What a report asks for, in the resident's words (北京市接诉即办工作条例: 咨询、求助、投诉、举报、建议). */
export function typeIn(text: string): RequestType {
  return signs.find(([, sign]) => sign.test(text))?.[0] ?? 'help';
}

/** The class of a draft; null of an application, whose guide says its limits. */
export function requestOf(
  draft: Pick<ApplicationDraft, 'kind'> | Pick<ReportDraft, 'kind' | 'type' | 'text' | 'entry'>,
  limits: RequestLimits,
): RequestClass | null {
  if (draft.kind === 'item') return null;
  const urgency = limits.byCategory[draft.entry.category] ?? 'ordinary';
  return classOf(draft.type ?? typeIn(draft.text), urgency, limits);
}

function classOf(type: RequestType, urgency: RequestUrgency, limits: RequestLimits): RequestClass {
  const { signHours, answer } = limits.classes[urgency];
  return { type, urgency, limit: answer, signHours };
}

/** What an officer finds a request to be. */
export interface Classification {
  readonly type?: RequestType;
  readonly urgency?: RequestUrgency;
  readonly reason: string;
}

const urgencyWords: Readonly<Record<RequestUrgency, string>> = {
  emergency: '紧急',
  utility: '水电气热等急办',
  ordinary: '一般',
  complex: '复杂疑难',
};

/**
 * Says what a request is and how urgent, and counts its dates by that; refuses a class by which it would have been due
 * before today, and one that changes nothing.
 */
export function classify(
  kase: ReturnType<typeof dispatchable>,
  given: Classification,
  limits: RequestLimits,
  now: Date,
  calendar: WorkCalendar,
): Step<Case, 'case.classified'> {
  const { filing } = kase;
  if (filing.kind !== 'report') throw new Refusal('case.notARequest');
  const before = filing.request ?? classOf('help', 'ordinary', limits);
  const { type = before.type, urgency = before.urgency } = given;
  if (type === before.type && urgency === before.urgency)
    throw new Refusal('case.invalid', [{ at: 'urgency', problem: '分类没有变' }]);
  const reason = givenWords('reason', given.reason);
  const request = urgency === before.urgency ? { ...before, type } : classOf(type, urgency, limits);
  const classed = { ...kase, filing: { ...filing, request } };
  const dates = datesAnew(classed, calendar) ?? kase.dates;
  const dueChanged = dates.dueOn !== kase.dates.dueOn;
  if (dueChanged && dates.dueOn < localDate(now))
    throw new Refusal('case.invalid', [{ at: 'urgency', problem: '按这一类算，期限已经过了，请不要改' }]);
  const next = { ...classed, dates };
  const until = dueChanged ? `，最晚办结的日子改为${dayWords(dates.dueOn)}` : '';
  return {
    next,
    what: 'classified',
    words: `您的诉求按“${urgencyWords[urgency]}”办理${until}。原因：${reason}`,
    event: 'case.classified',
    payload: { ...factsOf(next), type, urgency, reason, dueChanged },
  };
}

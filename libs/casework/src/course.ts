import { localDate, Refusal, type DaySpan, type WorkCalendar } from '@linli/kernel';
import type { CaseOutcome } from '@linli/contracts';
import type {
  Accepted,
  Case,
  CaseFile,
  Closed,
  Course,
  Dates,
  Decided,
  DeliveryWay,
  InHandling,
  StopKind,
  Suspended,
} from './case';
import { datesOf, extensionMost, reopenableUntil } from './deadlines';
import { refuseUnmet } from './declining';
import { givenWords } from './given-words';
import { endOfSpan } from './working-clock';
import type { ReadyTo } from './standing';
import { factsOf, type Step } from './step';
import { dayWords, matterWords, outcomeWords } from './wording';

type Underway = ReadyTo<'extend'>;

/** The least a case taken up again is given (安阳市政务服务条例 §50). */
const reopenedSpan: DaySpan = { days: 5, unit: 'workingDay' };

/**
 * Every date of an accepted case, counted anew from its course. Whatever was left when it was closed, somebody needs days to
 * look at it again once it is taken up.
 */
export function datesUnder(
  kase: Pick<Accepted, 'filing' | 'notice' | 'acceptance'>,
  course: Course,
  calendar: WorkCalendar,
): Dates {
  const { filing, notice, acceptance } = kase;
  const pause = notice && { from: localDate(notice.givenAt), to: localDate(notice.answeredAt) };
  const counted = datesOf(
    filing.entry,
    {
      receivedOn: localDate(filing.submittedAt),
      limit: filing.request?.limit,
      ...(pause && { pause }),
      acceptedOn: acceptance.on,
      stops: course.stops,
      extraDays: course.extension?.grantedBy ? course.extension.days : 0,
    },
    calendar,
  );
  const again = course.reopenedOn.at(-1);
  if (again === undefined) return counted;
  const since = course.stops.filter(({ from }) => from >= again);
  const least = endOfSpan(again, reopenedSpan, since, calendar);
  const dueOn = counted.dueOn < least.on ? least.on : counted.dueOn;
  const statutoryOn = counted.statutoryOn < dueOn ? dueOn : counted.statutoryOn;
  return { ...counted, dueOn, statutoryOn, provisional: counted.provisional || least.provisional };
}

/** Takes an accepted case in hand (办理中). */
export function begin(kase: ReadyTo<'begin'>, officerId: string): Step<InHandling, 'case.begun'> {
  const next: InHandling = { ...kase, state: 'inHandling', firstReceiverId: kase.firstReceiverId ?? officerId };
  const words = `您的${matterWords(kase.filing)}正在办理。`;
  return { next, what: 'begun', words, event: 'case.begun', payload: factsOf(next) };
}

/** 容缺: the papers that had been pledged are there. */
export function bringDeferred(
  kase: ReadyTo<'bringDeferred'>,
  files: readonly CaseFile[],
  now: Date,
): Step<Accepted | InHandling | Suspended, 'case.deferredBrought'> {
  const { deferral } = kase.course;
  if (!deferral || deferral.metOn !== null) throw new Refusal('case.nothingDeferred');
  const brought = new Set(files.map((file) => file.materialId));
  const lacking = deferral.materials.filter((id) => !brought.has(id));
  if (lacking.length > 0) {
    const names = lacking.map((id) => kase.filing.entry.guide?.materials.find((one) => one.id === id)?.name ?? id);
    throw new Refusal('case.invalid', [{ at: 'materials', problem: `还缺：${names.join('、')}` }]);
  }
  const course = { ...kase.course, deferral: { ...deferral, metOn: localDate(now) } };
  const next = { ...kase, course };
  const words = '您承诺补交的材料已经收到。';
  return { next, what: 'deferredBrought', words, event: 'case.deferredBrought', payload: factsOf(next) };
}

const stopWords: Record<StopKind, string> = {
  hearing: '听证',
  inspection: '检验、检测',
  appraisal: '鉴定',
  expertReview: '专家评审',
  other: '需要等待',
};

/** Stops the clock for a special procedure or another reason, which the applicant is told (行政许可法 §45). */
export function suspend(
  kase: ReadyTo<'suspend'>,
  stop: { readonly kind: StopKind; readonly reason: string },
  now: Date,
  calendar: WorkCalendar,
): Step<Suspended, 'case.suspended'> {
  const reason = givenWords('reason', stop.reason);
  const course = { ...kase.course, stops: [...kase.course.stops, { kind: stop.kind, from: localDate(now), to: null }] };
  const next: Suspended = { ...kase, state: 'suspended', course, dates: datesUnder(kase, course, calendar) };
  return {
    next,
    what: 'suspended',
    words: `您的${matterWords(kase.filing)}暂停计时（${stopWords[stop.kind]}）。原因：${reason}。这段时间不算在办理期限里。`,
    event: 'case.suspended',
    payload: { ...factsOf(next), reason },
  };
}

/** Starts the clock again; the days it stood are added to every date. */
export function resume(kase: ReadyTo<'resume'>, now: Date, calendar: WorkCalendar): Step<InHandling, 'case.resumed'> {
  const stops = kase.course.stops.map((stop) => (stop.to === null ? { ...stop, to: localDate(now) } : stop));
  const course = { ...kase.course, stops };
  const next: InHandling = { ...kase, state: 'inHandling', course, dates: datesUnder(kase, course, calendar) };
  const words = `您的${matterWords(kase.filing)}恢复办理，最晚${dayWords(next.dates.dueOn)}办结。`;
  return { next, what: 'resumed', words, event: 'case.resumed', payload: factsOf(next) };
}

/** Who extends: a handler asks, somebody above grants, which may be one call of theirs. */
export interface Extender {
  readonly id: string;
  readonly mayGrant: boolean;
}

/** Extends the limits once (行政许可法 §42): asked for by a handler, granted by somebody above, told with its reason. */
export function extend(
  kase: Underway,
  wish: { readonly days?: number; readonly reason: string },
  by: Extender,
  calendar: WorkCalendar,
): Step<Underway, 'case.extended'> {
  const asked = kase.course.extension;
  if (asked?.grantedBy) throw new Refusal('case.alreadyExtended');
  if (asked && !by.mayGrant) throw new Refusal('case.extensionAsked');
  if (asked && asked.askedBy === by.id) throw new Refusal('case.ownExtension');
  const most = extensionMost(kase.filing.entry);
  const days = wish.days ?? asked?.days ?? most;
  if (days < 1 || days > most)
    throw new Refusal('case.invalid', [{ at: 'days', problem: `最少延长1天，最多延长${most}天` }]);
  const reason = givenWords('reason', wish.reason);
  const extension = { days, askedBy: asked?.askedBy ?? by.id, grantedBy: by.mayGrant ? by.id : null };
  const course = { ...kase.course, extension };
  const next = { ...kase, course, dates: datesUnder(kase, course, calendar) };
  const payload = { ...factsOf(next), days, reason, granted: by.mayGrant };
  const words = by.mayGrant
    ? `经批准，您的${matterWords(kase.filing)}延长${days}天，最晚${dayWords(next.dates.dueOn)}办结。原因：${reason}`
    : `办理人员申请延长${days}天，等待批准。原因：${reason}`;
  return { next, what: by.mayGrant ? 'extended' : 'extensionAsked', words, event: 'case.extended', payload };
}

/** 决定: the matter is decided; what is left is to hand over the result. The clock ends here. */
export function decide(kase: ReadyTo<'decide'>, outcome: CaseOutcome, now: Date): Step<Decided, 'case.decided'> {
  refuseUnmet(kase.course, outcome);
  const decision = { at: now, outcome, onTime: localDate(now) <= kase.dates.dueOn };
  const next: Decided = { ...kase, state: 'decided', course: { ...kase.course, decision } };
  const words = `您的${matterWords(kase.filing)}已经作出决定：${outcomeWords[outcome]}。结果会尽快交到您手里。`;
  const payload = { ...factsOf(next), outcome, onTime: decision.onTime };
  return { next, what: 'decided', words, event: 'case.decided', payload };
}

const wayWords: Record<DeliveryWay, string> = {
  window: '在窗口交给您',
  post: '邮寄给您',
  electronic: '以电子形式发给您',
};

/** 送达: the result was handed over. */
export function deliver(kase: ReadyTo<'deliver'>, way: DeliveryWay, now: Date): Step<Decided, 'case.delivered'> {
  const next: Decided = { ...kase, course: { ...kase.course, delivery: { at: now, way } } };
  const words = `办理结果已经${wayWords[way]}。`;
  return { next, what: 'delivered', words, event: 'case.delivered', payload: { ...factsOf(next), way } };
}

/** Takes a closed case up again, within a month, with new limits from today; counts against whoever closed it. */
export function reopen(
  kase: Closed,
  reason: string,
  by: { readonly residentId: string } | { readonly officerId: string },
  now: Date,
  calendar: WorkCalendar,
): Step<InHandling, 'case.reopened'> {
  const today = localDate(now);
  const until = reopenableUntil(localDate(kase.closure.at), calendar);
  if (today > until) throw new Refusal('case.reopenTooLate');
  const said = givenWords('reason', reason);
  const { closure, ...rest } = kase;
  const stops = [...kase.course.stops, { kind: 'other' as const, from: localDate(closure.at), to: today }];
  const course = {
    ...kase.course,
    stops,
    decision: null,
    delivery: null,
    reopenedOn: [...kase.course.reopenedOn, today],
  };
  const next: InHandling = { ...rest, state: 'inHandling', course, dates: datesUnder(kase, course, calendar) };
  const byResident = 'residentId' in by;
  return {
    next,
    what: 'reopened',
    words: `${byResident ? '您反映问题没有解决' : '经复核'}，这件${matterWords(kase.filing)}重新办理，最晚${dayWords(next.dates.dueOn)}答复您。原因：${said}`,
    event: 'case.reopened',
    payload: { ...factsOf(next satisfies Case), byResident, closedBy: kase.course.closedBy },
  };
}

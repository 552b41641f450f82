import { addDays, localDate, type CountedDate, type DaySpan, type LocalDate, type WorkCalendar } from '@linli/kernel';
import type { Case, Dates, Deferral, PinnedEntry, Stop } from './case';
import { endOfSpan } from './working-clock';

/** 行政许可法 §32(4) with §82: what is missing must be said within five working days of receipt. */
const reviewSpan: DaySpan = { days: 5, unit: 'workingDay' };
/**
 * How long a resident has to answer a notice. The law sets no term (安阳市政务服务条例 §36 lets the notice set it); three
 * weeks are enough to have a paper sent from another province.
 */
const answerSpan: DaySpan = { days: 15, unit: 'workingDay' };
/** 安阳市政务服务条例 §50, for whatever has no guide that promises a limit and no class that sets one. */
const reportSpan: DaySpan = { days: 5, unit: 'workingDay' };
/** How far ahead a case counts as due soon: a site visit and a reply still fit in. */
const soonSpan: DaySpan = { days: 3, unit: 'workingDay' };

/** 容缺: how long the pledged papers may take when the officer names no day. */
const deferralSpan: DaySpan = { days: 10, unit: 'workingDay' };
/** How long after closure a case may be taken up again; a month is enough to see whether a repair holds. */
const reopenSpan: DaySpan = { days: 30, unit: 'naturalDay' };

/** What the dates of a case follow from. */
export interface Facts {
  readonly receivedOn: LocalDate;
  /** By the class of a request. */
  readonly limit?: DaySpan | undefined;
  /** The clock stands from the day of the notice to the day it resumes: the answer, or the last day for one. */
  readonly pause?: { readonly from: LocalDate; readonly to: LocalDate };
  readonly acceptedOn?: LocalDate;
  /** Stretches after acceptance in which the clock stood. */
  readonly stops?: readonly Stop[];
  /** Days granted beyond the limits, in the limits' own unit. */
  readonly extraDays?: number;
}

/** The last day for the answer to a notice given on that day. */
export function answerBy(noticedOn: LocalDate, calendar: WorkCalendar): LocalDate {
  return calendar.addDays(noticedOn, answerSpan).on;
}

/**
 * Every date of a case, counted anew from its facts. Days spent before a notice stay spent, but after the answer there
 * is always one day left to look at it.
 */
export function datesOf(entry: PinnedEntry, facts: Facts, calendar: WorkCalendar): Dates {
  const { receivedOn, limit = reportSpan, pause, acceptedOn, stops = [], extraDays = 0 } = facts;
  const spent = pause ? calendar.workingDaysBetween(receivedOn, pause.from) : 0;
  const left: DaySpan = { days: Math.max(1, reviewSpan.days - spent), unit: 'workingDay' };
  const accept = pause ? calendar.addDays(pause.to, left) : calendar.addDays(receivedOn, reviewSpan);
  const start = acceptedOn ?? accept.on;
  const end = ({ days, unit }: DaySpan): CountedDate =>
    endOfSpan(start, { days: days + extraDays, unit }, stops, calendar);
  const due = end(entry.guide?.committedLimit ?? limit);
  const statutory = end(entry.guide?.statutoryLimit ?? limit);
  return {
    acceptOn: accept.on,
    dueOn: due.on,
    statutoryOn: statutory.on,
    provisional: accept.provisional || due.provisional || statutory.provisional,
  };
}

/** The last day before silence settles the case by itself; null when it waits for nobody. */
export function lapsesOn(kase: Case): LocalDate | null {
  if (kase.state === 'submitted' || kase.state === 'corrected')
    return kase.filing.silenceAccepts === false ? null : kase.dates.acceptOn;
  if (kase.state === 'awaitingCorrection') return kase.notice.answerBy;
  // 容缺: what was pledged and has not come is taken for a withdrawal, whoever is handling the case by then.
  if (kase.state === 'accepted' || kase.state === 'inHandling') return pledgedUntil(kase.course.deferral);
  return null;
}

function pledgedUntil(deferral: Deferral | null): LocalDate | null {
  return deferral && deferral.metOn === null ? deferral.by : null;
}

/** The last day for papers deferred on that day. */
export function deferredUntil(acceptedOn: LocalDate, calendar: WorkCalendar): LocalDate {
  return calendar.addDays(acceptedOn, deferralSpan).on;
}

/** The last day on which a case closed on that day may be taken up again. */
export function reopenableUntil(closedOn: LocalDate, calendar: WorkCalendar): LocalDate {
  return calendar.addDays(closedOn, reopenSpan).on;
}

/**
 * The most days a limit may be extended by, once: ten beyond twenty days, fifteen beyond the forty-five of joint handling
 * (行政许可法 §42); five for what has no guide (安阳市政务服务条例 §50).
 */
export function extensionMost(entry: PinnedEntry): number {
  const { statutoryLimit } = entry.guide ?? {};
  if (!statutoryLimit) return 5;
  return statutoryLimit.days >= 45 ? 15 : 10;
}

/** Whether the day silence settles the case on has come. */
export function hasLapsed(kase: Case, now: Date): boolean {
  const on = lapsesOn(kase);
  return on !== null && localDate(now) > on;
}

/** What officers ask their lists for, by the committed date; the three never overlap. */
export type Due = 'today' | 'soon' | 'overdue';

/** The committed dates that `due` means today, both ends included. */
export function dueBetween(
  due: Due,
  today: LocalDate,
  calendar: WorkCalendar,
): { readonly from: LocalDate | null; readonly to: LocalDate } {
  if (due === 'today') return { from: today, to: today };
  if (due === 'overdue') return { from: null, to: addDays(today, -1) };
  return { from: addDays(today, 1), to: calendar.addDays(today, soonSpan).on };
}

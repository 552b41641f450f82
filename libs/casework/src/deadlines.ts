import { addDays, localDate, type DaySpan, type LocalDate, type WorkCalendar } from '@linli/kernel';
import type { Case, Dates, PinnedEntry } from './case';

/** 行政许可法 §32(4) with §82: what is missing must be said within five working days of receipt. */
const reviewSpan: DaySpan = { days: 5, unit: 'workingDay' };
/**
 * How long a resident has to answer a notice. The law sets no term (安阳市政务服务条例 §36 lets the notice set it); three
 * weeks are enough to have a paper sent from another province.
 */
const answerSpan: DaySpan = { days: 15, unit: 'workingDay' };
/** 安阳市政务服务条例 §50, for whatever has no guide that promises a limit. */
const reportSpan: DaySpan = { days: 5, unit: 'workingDay' };
/** How far ahead a case counts as due soon: a site visit and a reply still fit in. */
const soonSpan: DaySpan = { days: 3, unit: 'workingDay' };

/** What the dates of a case follow from. */
interface Course {
  readonly receivedOn: LocalDate;
  /** The clock stands from the day of the notice to the day it resumes: the answer, or the last day for one. */
  readonly pause?: { readonly from: LocalDate; readonly to: LocalDate };
  readonly acceptedOn?: LocalDate;
}

/** The last day for the answer to a notice given on that day. */
export function answerBy(noticedOn: LocalDate, calendar: WorkCalendar): LocalDate {
  return calendar.addDays(noticedOn, answerSpan).on;
}

/**
 * Every date of a case, counted anew from its facts. Days spent before a notice stay spent, but after the answer there
 * is always one day left to look at it.
 */
export function datesOf(entry: PinnedEntry, course: Course, calendar: WorkCalendar): Dates {
  const { receivedOn, pause, acceptedOn } = course;
  const spent = pause ? calendar.workingDaysBetween(receivedOn, pause.from) : 0;
  const left: DaySpan = { days: Math.max(1, reviewSpan.days - spent), unit: 'workingDay' };
  const accept = pause ? calendar.addDays(pause.to, left) : calendar.addDays(receivedOn, reviewSpan);
  const start = acceptedOn ?? accept.on;
  const due = calendar.addDays(start, entry.guide?.committedLimit ?? reportSpan);
  const statutory = calendar.addDays(start, entry.guide?.statutoryLimit ?? reportSpan);
  return {
    acceptOn: accept.on,
    dueOn: due.on,
    statutoryOn: statutory.on,
    provisional: accept.provisional || due.provisional || statutory.provisional,
  };
}

/** The last day before silence settles the case by itself; null when it waits for nobody. */
export function lapsesOn(kase: Case): LocalDate | null {
  if (kase.state === 'submitted' || kase.state === 'corrected') return kase.dates.acceptOn;
  return kase.state === 'awaitingCorrection' ? kase.notice.answerBy : null;
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

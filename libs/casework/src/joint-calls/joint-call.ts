import type { JointCallFacts } from '@linli/contracts';
import { localDate, addDays, Refusal, startOf, type WorkCalendar } from '@linli/kernel';
import type { CallLimit, Urgency } from '../supervision/limits';

/** A unit that calls or is called: a department of any level, or a subdistrict called back by one. */
export interface CallUnit {
  readonly kind: 'department' | 'subdistrict';
  readonly id: string;
  readonly name: string;
}

export const jointCallStates = ['awaitingSignature', 'called', 'finished', 'confirmed', 'refused'] as const;
/** `finished`: everybody who came is done; `confirmed`: the caller has rated them all. */
export type JointCallState = (typeof jointCallStates)[number];

/** 吹哨: a call for departments to come and help with what the street cannot solve alone, or the other way round. */
export interface JointCall {
  readonly id: string;
  readonly state: JointCallState;
  readonly urgency: Urgency;
  readonly subdistrictId: string;
  readonly caller: CallUnit;
  readonly calledBy: string;
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly calledAt: Date;
  /** When it went out; null while it waits for the signature. */
  readonly sentAt: Date | null;
  readonly signedAt: Date | null;
  readonly granted: boolean | null;
}

/** 报到: what one called unit did about it. */
export interface CalledUnit {
  readonly unit: CallUnit;
  /** Null until the call goes out. */
  readonly answerBy: Date | null;
  readonly arriveBy: Date | null;
  readonly answeredAt: Date | null;
  readonly accepted: boolean | null;
  readonly arrivedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly ratedAt: Date | null;
}

/** The cooperation form, 1–5 each: 及时、有效、态度. */
export interface Cooperation {
  readonly timeliness: number;
  readonly effect: number;
  readonly attitude: number;
}

/** The officer who acts on a call. */
export interface CallActor {
  readonly id: string;
  readonly role: string;
  readonly departmentId: string | null;
  readonly subdistrictId: string | null;
}

export function callFacts(call: JointCall): JointCallFacts {
  const { id: callId, caller, subdistrictId, urgency, caseNumber } = call;
  return { callId, caller: { id: caller.id, name: caller.name }, subdistrictId, urgency, caseNumber };
}

/** By when a unit answers and is there, once the call is out. Working days end with the day. */
export function limitsFrom(
  sentAt: Date,
  limit: CallLimit,
  calendar: WorkCalendar,
): { readonly answerBy: Date; readonly arriveBy: Date } {
  const { amount, unit } = limit.arrival;
  const arriveBy =
    unit === 'hour' ? hoursAfter(sentAt, amount) : startOf(addDays(workingDay(sentAt, amount, calendar), 1));
  return { answerBy: hoursAfter(sentAt, limit.answerHours), arriveBy };
}

function hoursAfter(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * 3_600_000);
}

function workingDay(at: Date, days: number, calendar: WorkCalendar): ReturnType<typeof localDate> {
  return calendar.addDays(localDate(at), { days, unit: 'workingDay' }).on;
}

/** Whether something was done by its time; what has no limit yet cannot be late. */
export function inTime(done: Date, by: Date | null): boolean {
  return by === null || done <= by;
}

/** Who signs: the street's leader for its own calls, a supervisor for those of departments. */
export function maySign(call: Pick<JointCall, 'caller' | 'subdistrictId'>, officer: CallActor): boolean {
  const covers = officer.subdistrictId === null || officer.subdistrictId === call.subdistrictId;
  return covers && officer.role === (call.caller.kind === 'subdistrict' ? 'leader' : 'supervisor');
}

/** Whether an officer acts for a unit: a department's own officers, a subdistrict's people for the subdistrict. */
export function actsFor(unit: CallUnit, officer: CallActor): boolean {
  if (unit.kind === 'department') return officer.role === 'department' && officer.departmentId === unit.id;
  return officer.role !== 'department' && officer.subdistrictId === unit.id;
}

/** Whether an officer may see a call: both sides once it is out, the caller's side and those above before. */
export function maySee(call: JointCall, called: readonly CalledUnit[], officer: CallActor): boolean {
  if (actsFor(call.caller, officer) || maySign(call, officer)) return true;
  if (officer.role === 'supervisor' || officer.role === 'admin')
    return officer.subdistrictId === null || officer.subdistrictId === call.subdistrictId;
  return call.sentAt !== null && called.some(({ unit }) => actsFor(unit, officer));
}

/** An emergency goes out at once and is signed afterwards; so does what the signer calls; all else waits (防止随意吹哨). */
export function goesOutAtOnce(urgency: Urgency, callerSigns: boolean): boolean {
  return urgency === 'emergency' || callerSigns;
}

/** The part of the unit the officer acts for; refuses officers of other units. */
export function partOf(call: JointCall, called: readonly CalledUnit[], officer: CallActor): CalledUnit {
  const mine = called.find(({ unit }) => actsFor(unit, officer));
  if (!mine) throw new Refusal('auth.roleMissing');
  if (call.state === 'refused') throw new Refusal('jointCall.wrongState');
  if (call.sentAt === null) throw new Refusal('jointCall.notSigned');
  return mine;
}

/** Whether a unit that accepted may report arriving, once. */
export function arrivable(mine: CalledUnit): CalledUnit {
  if (mine.accepted !== true || mine.arrivedAt !== null) throw new Refusal('jointCall.wrongState');
  return mine;
}

/** Whether a unit that has arrived may report being done, once. */
export function finishable(mine: CalledUnit): CalledUnit {
  if (mine.arrivedAt === null || mine.finishedAt !== null) throw new Refusal('jointCall.wrongState');
  return mine;
}

/** The state that follows from what the units have done. */
export function stateAfter(call: JointCall, called: readonly CalledUnit[]): JointCallState {
  if (call.state === 'refused' || call.sentAt === null) return call.state;
  if (!called.every((one) => one.accepted === false || one.finishedAt !== null)) return 'called';
  const came = called.filter((one) => one.accepted === true);
  return came.every((one) => one.ratedAt !== null) && came.length > 0 ? 'confirmed' : 'finished';
}

/** 配合质量 as a rate: the mean of the three grades, over five. */
export function qualityOf({ timeliness, effect, attitude }: Cooperation): number {
  return Math.round(((timeliness + effect + attitude) / 15) * 10_000) / 10_000;
}

/** Whether a unit is late by rule: it has not answered, or having said it comes is not there, by its time. */
export function isCallLate(one: CalledUnit, now: Date): boolean {
  if (!inTime(one.answeredAt ?? now, one.answerBy)) return true;
  return one.accepted === true && !inTime(one.arrivedAt ?? now, one.arriveBy);
}

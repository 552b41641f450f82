import type { DispatchFacts } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import type { Case } from '../case';
import { begin } from '../course';
import { givenWords } from '../given-words';
import { factsOf, type Step } from '../step';

export const dispatchRoles = ['lead', 'support'] as const;
export type DispatchRole = (typeof dispatchRoles)[number];

export interface Unit {
  readonly id: string;
  readonly name: string;
  /** A department when left out. */
  readonly kind?: 'community' | 'grid';
}

/** 派单: a case given to a unit, which signs for it or sends it back. */
export interface Dispatch {
  readonly id: string;
  readonly caseId: string;
  readonly unit: Unit;
  readonly role: DispatchRole;
  /** Who was in charge before; takes it back when it is sent back. */
  readonly from: Unit;
  readonly state: 'waiting' | 'signed' | 'sentBack' | 'ended';
  /** Ruled upon: may not be sent back again (潍坊条例 §20–24). */
  readonly binding: boolean;
  readonly dispatchedAt: Date;
  readonly signBy: Date;
  readonly signedAt: Date | null;
}

/** How long a unit has to send back what is not its own (安阳市政务服务条例 §50), and to sign where no class says less: 24 hours. */
const answerHours = 24;
const openStates = ['submitted', 'corrected', 'accepted', 'inHandling', 'awaitingCorrection', 'suspended'] as const;

/** A case that may still be given to somebody. */
export type Dispatchable = Extract<Case, { state: (typeof openStates)[number] }>;

/** The case if it can still be given to somebody. */
export function dispatchable(kase: Case): Dispatchable {
  if (kase.state === 'closed') throw new Refusal('case.closed');
  if (!openStates.some((state) => state === kase.state)) throw new Refusal('case.wrongState');
  return kase as Dispatchable;
}

/** The facts every event about a dispatch carries. */
export function dispatchFacts({ id, unit, role, binding }: Dispatch): DispatchFacts {
  return { dispatchId: id, unit: { id: unit.id, name: unit.name }, role, binding };
}

/**
 * Gives a case to a unit: as lead it takes charge, as support it helps; the first receiver stays accountable. A community
 * or grid works on it for the department in charge, which stays so: it is never made the responsible one.
 */
export function dispatch(
  kase: Dispatchable,
  wish: { readonly id: string; readonly unit: Unit; readonly role: DispatchRole; readonly binding: boolean },
  officerId: string,
  now: Date,
): { readonly made: Dispatch; readonly step: Step<Case, 'case.dispatched'> } {
  const { department } = kase.filing.entry;
  if (wish.role === 'support' && wish.unit.id === department.id) throw new Refusal('case.alreadyDispatched');
  const made: Dispatch = {
    id: wish.id,
    caseId: kase.filing.id,
    unit: wish.unit,
    role: wish.role,
    from: department,
    state: 'waiting',
    binding: wish.binding,
    dispatchedAt: now,
    signBy: later(now, kase.filing.request?.signHours ?? answerHours),
    signedAt: null,
  };
  const next = { ...inCharge(kase, made), firstReceiverId: kase.firstReceiverId ?? officerId };
  const words = wish.role === 'lead' ? `已转给${wish.unit.name}办理。` : `已请${wish.unit.name}协助办理。`;
  const payload = { ...factsOf(next), ...dispatchFacts(made), signBy: made.signBy.toISOString() };
  return { made, step: { next, what: 'dispatched', words, event: 'case.dispatched', payload } };
}

function later(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * 3_600_000);
}

function inCharge(kase: Dispatchable, { role, unit }: Pick<Dispatch, 'role' | 'unit'>): Dispatchable {
  if (role === 'support' || unit.kind !== undefined) return kase;
  return { ...kase, filing: { ...kase.filing, entry: { ...kase.filing.entry, department: unit } } };
}

/** 签收: the unit takes the case; handling begins with its lead's signature. */
export function signFor(
  kase: Dispatchable,
  given: Dispatch,
  officerId: string,
  now: Date,
): Step<Case, 'case.signedFor'> {
  if (given.state === 'signed') throw new Refusal('case.alreadySigned');
  const next = given.role === 'lead' && kase.state === 'accepted' ? begin(kase, officerId).next : kase;
  const payload = { ...factsOf(next), ...dispatchFacts(given), inTime: now <= given.signBy };
  return { next, what: 'signedFor', words: `${given.unit.name}已签收。`, event: 'case.signedFor', payload };
}

/** 退单: within 24 hours, with a reason, and not after a ruling; whoever was in charge before is again. */
export function sendBack(kase: Dispatchable, given: Dispatch, reason: string, now: Date): Step<Case, 'case.sentBack'> {
  if (given.binding) throw new Refusal('case.dispatchBinding');
  if (now > later(given.dispatchedAt, answerHours)) throw new Refusal('case.sendBackTooLate');
  const said = givenWords('reason', reason);
  const next = given.role === 'lead' ? inCharge(kase, { role: 'lead', unit: given.from }) : kase;
  const payload = { ...factsOf(next), ...dispatchFacts(given) };
  const words = `${given.unit.name}退回，原因：${said}`;
  return { next, what: 'sentBack', words, event: 'case.sentBack', payload };
}

/** 派单异议审核: upholds what was sent back, or rules that the unit has to take it. */
export function rule(
  kase: Dispatchable,
  sentBack: Dispatch,
  upheld: boolean,
  reason: string,
): Step<Case, 'case.ruled'> {
  const said = givenWords('reason', reason);
  const payload = { ...factsOf(kase), ...dispatchFacts(sentBack), upheld };
  const words = upheld
    ? `经审核，同意${sentBack.unit.name}退回。${said}`
    : `经审核，由${sentBack.unit.name}办理。${said}`;
  return { next: kase, what: 'ruled', words, event: 'case.ruled', payload };
}

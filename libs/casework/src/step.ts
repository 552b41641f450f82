import type { CaseFacts, CaseState, EventPayloads, EventType } from '@linli/contracts';
import type { Case } from './case';

export type CaseEventType = Extract<EventType, `case.${string}`>;

/** What happened, as kept in the timeline. */
export type StepName =
  | 'submitted'
  | 'correctionRequested'
  | 'corrected'
  | 'accepted'
  | 'acceptedBySilence'
  | 'acceptedWithDeferral'
  | 'deferredBrought'
  | 'declined'
  | 'begun'
  | 'suspended'
  | 'resumed'
  | 'extensionAsked'
  | 'extended'
  | 'decided'
  | 'delivered'
  | 'dispatched'
  | 'signedFor'
  | 'sentBack'
  | 'ruled'
  | 'supportRecorded'
  | 'recounted'
  | 'classified'
  | 'followedUp'
  | 'closed'
  | 'reopened'
  | 'withdrawn'
  | 'deemedWithdrawn';

/** One decision of a rule: the case afterwards, what to write into its timeline, and what to tell the house. */
export interface Step<S extends Case, T extends CaseEventType> {
  readonly next: S;
  readonly what: StepName;
  /** For the resident to read. */
  readonly words: string;
  readonly event: T;
  readonly payload: EventPayloads[T];
}

/** The state as outsiders know it. */
export function outwardState(kase: Case): CaseState {
  return kase.state === 'corrected' ? 'submitted' : kase.state;
}

/** The facts every event of a case carries. */
export function factsOf(kase: Case): CaseFacts {
  const { filing, dates } = kase;
  return {
    caseId: filing.id,
    number: filing.number,
    kind: filing.kind,
    entryId: filing.entry.id,
    title: filing.entry.name,
    state: outwardState(kase),
    residentId: filing.residentId,
    subdistrictId: filing.subdistrictId,
    department: filing.entry.department,
    acceptOn: dates.acceptOn,
    dueOn: dates.dueOn,
  };
}

import { Refusal, type RefusalCode } from '@linli/kernel';
import type { Case } from './case';

/** Which verb is allowed in which state, and how it is refused in the others. A new state must answer for every verb. */
const standing = {
  accept: {
    submitted: 'allowed',
    awaitingCorrection: 'case.wrongState',
    corrected: 'allowed',
    accepted: 'case.alreadyAccepted',
    closed: 'case.closed',
    withdrawn: 'case.wrongState',
  },
  requestCorrection: {
    submitted: 'allowed',
    awaitingCorrection: 'case.noticeAlreadyGiven',
    corrected: 'case.noticeAlreadyGiven',
    accepted: 'case.alreadyAccepted',
    closed: 'case.closed',
    withdrawn: 'case.wrongState',
  },
  correct: {
    submitted: 'case.noticeNotGiven',
    awaitingCorrection: 'allowed',
    corrected: 'case.wrongState',
    accepted: 'case.alreadyAccepted',
    closed: 'case.closed',
    withdrawn: 'case.wrongState',
  },
  withdraw: {
    submitted: 'allowed',
    awaitingCorrection: 'allowed',
    corrected: 'allowed',
    accepted: 'allowed',
    closed: 'case.closed',
    withdrawn: 'case.wrongState',
  },
  close: {
    submitted: 'case.notAccepted',
    awaitingCorrection: 'case.notAccepted',
    corrected: 'case.notAccepted',
    accepted: 'allowed',
    closed: 'case.closed',
    withdrawn: 'case.wrongState',
  },
} as const satisfies Record<string, Record<Case['state'], RefusalCode | 'allowed'>>;

export type Verb = keyof typeof standing;

type AllowedState<V extends Verb> = {
  [S in Case['state']]: (typeof standing)[V][S] extends 'allowed' ? S : never;
}[Case['state']];

/** A case in a state the verb is allowed in. */
export type ReadyTo<V extends Verb> = Extract<Case, { state: AllowedState<V> }>;

/** The case, known to be in a state the verb is allowed in; refuses it otherwise. */
export function readyTo<V extends Verb>(verb: V, kase: Case): ReadyTo<V> {
  const answer: RefusalCode | 'allowed' = standing[verb][kase.state];
  if (answer !== 'allowed') throw new Refusal(answer);
  return kase as ReadyTo<V>;
}

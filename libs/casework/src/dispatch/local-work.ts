import { Refusal, type RefusalCode } from '@linli/kernel';
import type { Dispatch } from './dispatch';

/** What people of a community or grid may do with a case given to them, beside looking at it, signing and sending back. */
export const localActs = ['begin', 'extend', 'close', 'reveal'] as const;
export type LocalAct = (typeof localActs)[number];

type Standing = 'waiting' | 'lead' | 'support';

/** Least privilege: nothing before the signature, and of those who help nothing that the one in charge must answer for. */
const standing: Readonly<Record<LocalAct, Readonly<Record<Standing, RefusalCode | 'allowed'>>>> = {
  begin: { waiting: 'case.notSignedFor', lead: 'allowed', support: 'case.supportOnly' },
  extend: { waiting: 'case.notSignedFor', lead: 'allowed', support: 'case.supportOnly' },
  close: { waiting: 'case.notSignedFor', lead: 'allowed', support: 'case.supportOnly' },
  reveal: { waiting: 'case.notSignedFor', lead: 'allowed', support: 'case.supportOnly' },
};

/** Refuses an act that a community or grid may not do with what it was given. */
export function requireLocal(act: LocalAct, given: Pick<Dispatch, 'state' | 'role'> | null): void {
  if (!given) throw new Refusal('case.notFound');
  const answer = standing[act][given.state === 'signed' ? given.role : 'waiting'];
  if (answer !== 'allowed') throw new Refusal(answer);
}

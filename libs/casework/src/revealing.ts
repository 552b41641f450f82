import type { Applicant, Place, Principal } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import type { CaseDetail } from './case-view';

/** What stays masked until an officer gives a reason. */
export interface RevealedCase {
  readonly applicant: Applicant | null;
  readonly agentFor: Principal | null;
  readonly answers: CaseDetail['answers'];
  readonly text: string | null;
  readonly place: Place | null;
}

const reasonLongest = 200;

/** The reason to look behind the mask; refuses none, and one too long. */
export function checkedReason(reason: string): string {
  const given = reason.trim();
  if (given === '' || given.length > reasonLongest)
    throw new Refusal('case.invalid', [{ at: 'reason', problem: `请写明查看的原因，最多${reasonLongest}个字` }]);
  return given;
}

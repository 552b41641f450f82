import type { Applicant, Principal } from '@linli/contracts';
import { ageOn, identityNumber, type LocalDate } from '@linli/kernel';

export const priorityReasons = ['elder', 'disabled', 'veteran'] as const;
/** Whom the law lets go first: 高龄老人、残疾人、退役军人. */
export type PriorityReason = (typeof priorityReasons)[number];

/** 高龄: from this age on nobody should wait long (老年人权益保障法 §33). */
const elderFrom = 80;

/** Whether the person a case is for is very old, as far as their identity number tells; an agent's own age does not matter. */
export function isForElder(
  { applicant, agentFor }: { readonly applicant: Applicant | null; readonly agentFor: Principal | null },
  today: LocalDate,
): boolean {
  const number = agentFor ? agentFor.idNumber : applicant?.idNumber;
  const known = number === undefined ? null : identityNumber(number);
  return known !== null && ageOn(known.birthday, today) >= elderFrom;
}

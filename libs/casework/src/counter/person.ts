import type { Applicant } from '@linli/contracts';
import { Refusal, type LocalDate, type RefusalDetail } from '@linli/kernel';
import { checkIdNumber, checkPhone } from '../answer-check';
import { checkApplicant } from '../applicant-check';

/** What somebody at the counter is found by: numbers in the one way they are written. */
export interface PersonKey {
  readonly idNumber: string | null;
  readonly phone: string | null;
}

/** Reads the numbers given; refuses wrong ones, all at once. */
export function personKey(
  given: { readonly idNumber?: string; readonly phone?: string },
  at: string,
  today: LocalDate,
): PersonKey {
  const problems: RefusalDetail[] = [];
  const read = (field: 'idNumber' | 'phone', checked: ReturnType<typeof checkPhone> | null): string | null => {
    if (!checked) return null;
    if (checked.ok) return checked.value;
    problems.push({ at: `${at}${field}`, problem: checked.problem });
    return null;
  };
  const idNumber = read('idNumber', given.idNumber ? checkIdNumber(given.idNumber.trim(), today) : null);
  const phone = read('phone', given.phone ? checkPhone(given.phone.trim()) : null);
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return { idNumber, phone };
}

/** Who reports at a counter: kept with the report, since somebody has to be rung back. */
export function checkReporter(given: Applicant, today: LocalDate): Applicant {
  const { applicant, problems } = checkApplicant(given, { applicant: ['idNumber', 'address'] }, false, today);
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return applicant;
}

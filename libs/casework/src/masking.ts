import type { Applicant, Place, Principal } from '@linli/contracts';

/** Numbers long enough to be a phone, an identity or a bank card, with spaces or dashes where people put them. */
const longNumber = /[0-9０-９](?:[ \u3000]?[0-9０-９]){6,}[XxＸ]?|(?<![0-9])1[3-9]\d-\d{4}-\d{4}(?![0-9])/g;
const addressShown = 6;

/** Keeps three and four signs of a phone, six and four of an identity number, the last four of shorter numbers. */
export function maskNumber(number: string): string {
  const signs = number.replace(/[ \u3000-]/g, '');
  const last = signs.slice(-4);
  if (signs.length >= 15) return `${signs.slice(0, 6)}${'*'.repeat(signs.length - 10)}${last}`;
  return signs.length >= 11 ? `${signs.slice(0, 3)}****${last}` : `****${last}`;
}

/** Masks every long number inside words a resident wrote. */
export function maskText(text: string): string {
  return text.replace(longNumber, maskNumber);
}

/** 姓*. */
export function maskName(name: string): string {
  return `${Array.from(name)[0] ?? ''}*`;
}

/** The applicant as lists and pages of officers show them. */
export function maskApplicant(applicant: Applicant): Applicant {
  const { name, phone, idNumber, address } = applicant;
  return {
    name: maskName(name),
    ...(phone !== undefined && { phone: maskNumber(phone) }),
    ...(idNumber !== undefined && { idNumber: maskNumber(idNumber) }),
    ...(address !== undefined && { address: `${Array.from(address).slice(0, addressShown).join('')}****` }),
  };
}

/** The person an agent files for, masked likewise. */
export function maskPrincipal(principal: Principal): Principal {
  const { idNumber } = principal;
  return {
    ...principal,
    name: maskName(principal.name),
    ...(idNumber !== undefined && { idNumber: maskNumber(idNumber) }),
  };
}

/** Where a problem is stays readable, since somebody must go there; numbers within its words do not. */
export function maskPlace(place: Place): Place {
  return { ...place, ...(place.words !== undefined && { words: maskText(place.words) }) };
}

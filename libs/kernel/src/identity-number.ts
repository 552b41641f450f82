import { plainDigits } from './digits';
import { parseLocalDate, type LocalDate } from './local-date';

/** 公民身份号码, or the number of a residence permit built the same way. */
export interface IdentityNumber {
  /** Eighteen signs, the last of which may be `X`. */
  readonly number: string;
  readonly birthday: LocalDate;
  readonly sex: 'male' | 'female';
}

const shape = /^\d{17}[\dX]$/;
/** Provinces of the mainland (GB/T 2260). */
const mainland = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])/;
/** 港澳台居民居住证 begins 81, 82 or 83; 外国人永久居留身份证 begins 9. */
const residencePermit = /^(8[1-3]0000|9\d{5})/;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkSigns = '10X98765432';

function checkSign(number: string): string | undefined {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return checkSigns[sum % 11];
}

/**
 * Reads an eighteen-sign identity number (GB 11643): issuing place, a birth date that exists, check sign. Null when any
 * of them is wrong; whether the birthday lies in the future is the caller's to ask, who knows what day it is.
 */
export function identityNumber(text: string): IdentityNumber | null {
  const number = plainDigits(text);
  if (!shape.test(number) || !(mainland.test(number) || residencePermit.test(number))) return null;
  if (checkSign(number) !== number[17]) return null;
  const birthday = parseLocalDate(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  if (!birthday || birthday < '1850-01-01') return null;
  return { number, birthday, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' };
}

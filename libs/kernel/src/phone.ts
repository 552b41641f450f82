import { plainDigits } from './digits';

const mobile = /^(?:\+?86|0086)?(1[3-9]\d{9})$/;
/** Eight digits after 010 and 02x, seven or eight after the longer area codes. */
const landline = /^(?:(010|02\d)([2-9]\d{7})|(0[3-9]\d{2})([2-9]\d{6,7}))$/;

/**
 * A mainland phone number as one would write it (`13912345678`, `010-88886666`), from any usual way of typing it; null
 * when it is none. A landline needs its area code: seven digits alone could be anything.
 */
export function phoneNumber(text: string): string | null {
  const digits = plainDigits(text);
  const asMobile = mobile.exec(digits);
  if (asMobile) return asMobile[1] ?? null;
  // After the country code an area code is written without its leading nought.
  const parts = landline.exec(digits.replace(/^(\+86|0086)(?=[1-9])/, '0'));
  return parts ? `${parts[1] ?? parts[3]}-${parts[2] ?? parts[4]}` : null;
}

/** Whether the text is a mainland mobile number, or a landline with its area code. */
export function isPhone(text: string): boolean {
  return phoneNumber(text) !== null;
}

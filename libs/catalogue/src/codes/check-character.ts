const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const shape = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/** Whether a text has the shape of a 统一社会信用代码: 18 characters, none of I, O, S, V, Z. */
export function isCreditCode(text: string): boolean {
  return shape.test(text);
}

/** Whether the last character of a 统一社会信用代码 is the one its first 17 demand (GB 32100-2015). */
export function hasCheckCharacter(code: string): boolean {
  if (!isCreditCode(code)) return false;
  let sum = 0;
  let weight = 1;
  for (const char of code.slice(0, 17)) {
    sum += alphabet.indexOf(char) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31] === code[17];
}

const serialDigits = 7;

/** The check digit of Luhn's formula: it finds every single wrong digit and nearly every pair changed over. */
function checkDigit(digits: string): number {
  const sum = Array.from(digits, Number)
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit * 2 : digit))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return (10 - (sum % 10)) % 10;
}

/** 办件编号: two digits of the year, a serial of at least seven that never starts anew, a check digit. Never parsed. */
export function caseNumber(year: string, serial: string): string {
  const digits = `${year.slice(-2)}${serial.padStart(serialDigits, '0')}`;
  return `${digits}${checkDigit(digits)}`;
}

/** Whether the text can be a case number at all; a mistyped one is found here. */
export function isCaseNumber(text: string): boolean {
  return /^\d{10,}$/.test(text) && checkDigit(text.slice(0, -1)) === Number(text.slice(-1));
}

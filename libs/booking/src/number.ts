const serialDigits = 7;

/** The check digit of Luhn's formula: it finds every single wrong digit and nearly every pair changed over. */
function checkDigit(digits: string): number {
  const sum = Array.from(digits, Number)
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? digit * 2 : digit))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return (10 - (sum % 10)) % 10;
}

/** 预约编号: `Y`, two digits of the year, a serial that never starts anew, a check digit. No case has such a number. */
export function bookingNumber(year: string, serial: string): string {
  const digits = `${year.slice(-2)}${serial.padStart(serialDigits, '0')}`;
  return `Y${digits}${checkDigit(digits)}`;
}

/** Whether the text can be a booking's number at all. */
export function isBookingNumber(text: string): boolean {
  return /^Y\d{10,}$/.test(text) && checkDigit(text.slice(1, -1)) === Number(text.slice(-1));
}

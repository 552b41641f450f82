import { localDate, monthOf, Refusal } from '@linli/kernel';

const shape = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Takes a month that has begun, `YYYY-MM` in Asia/Shanghai; refuses others. */
export function checkPeriod(period: string, now: Date): void {
  if (!shape.test(period) || period > monthOf(localDate(now))) throw new Refusal('assessment.periodInvalid');
}

/** Takes a month that is over; refuses others. */
export function checkOver(period: string, now: Date): void {
  if (!shape.test(period) || period >= monthOf(localDate(now))) throw new Refusal('assessment.periodInvalid');
}

/** The months up to and with `last`, oldest first. */
export function monthsUpTo(last: string, count: number): string[] {
  const [year = 0, month = 1] = last.split('-').map(Number);
  return Array.from({ length: count }, (_, at) => {
    const whole = year * 12 + month - 1 - (count - 1 - at);
    return `${Math.floor(whole / 12)}-${String((whole % 12) + 1).padStart(2, '0')}`;
  });
}

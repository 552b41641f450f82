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

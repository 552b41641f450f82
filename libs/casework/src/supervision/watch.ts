import { addDays, type LocalDate, type WorkCalendar } from '@linli/kernel';
import type { CaseworkLimits } from './limits';

export const alertLevels = ['dueSoon', 'overdue', 'escalated'] as const;
/** 预警、超期、升级: how far a case's committed date is away. */
export type AlertLevel = (typeof alertLevels)[number];

/** The committed dates, both ends included, whose cases are at a level today; no date is at two of the first two. */
export interface AlertRange {
  readonly level: AlertLevel;
  readonly from: LocalDate | null;
  readonly to: LocalDate;
}

/** What is to be alerted today, the worst first. */
export function alertRanges(today: LocalDate, limits: CaseworkLimits['watch'], calendar: WorkCalendar): AlertRange[] {
  const soon = calendar.addDays(today, { days: limits.dueSoonWorkingDays, unit: 'workingDay' }).on;
  return [
    { level: 'escalated', from: null, to: lastEscalated(today, limits.escalateAfterWorkingDays, calendar) },
    { level: 'overdue', from: null, to: addDays(today, -1) },
    { level: 'dueSoon', from: today, to: soon },
  ];
}

/** The latest committed date that lies more than `days` working days back. */
function lastEscalated(today: LocalDate, days: number, calendar: WorkCalendar): LocalDate {
  let on = addDays(today, -days - 1);
  while (calendar.workingDaysBetween(on, today) <= days) on = addDays(on, -1);
  return on;
}

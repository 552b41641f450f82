import type { CalendarYear, CountedDate, DaySpan, LocalDate, WorkCalendar } from '@linli/kernel';
import { workCalendar } from '@linli/kernel';

/** The one calendar of a process: whoever holds it counts with the years known now, also with one imported later. */
export class LiveCalendar implements WorkCalendar {
  private current: WorkCalendar;

  constructor(private readonly shipped: readonly CalendarYear[]) {
    this.current = workCalendar(shipped);
  }

  /** Takes in imported years; one that came with the program gives way to its import. */
  take(imported: readonly CalendarYear[]): void {
    const years = new Map([...this.shipped, ...imported].map((one) => [one.year, one]));
    this.current = workCalendar([...years.values()]);
  }

  get coveredUntil(): LocalDate | null {
    return this.current.coveredUntil;
  }

  isWorkingDay(on: LocalDate): boolean {
    return this.current.isWorkingDay(on);
  }

  addDays(from: LocalDate, span: DaySpan): CountedDate {
    return this.current.addDays(from, span);
  }

  workingDaysBetween(from: LocalDate, to: LocalDate): number {
    return this.current.workingDaysBetween(from, to);
  }
}

/** A civil date in Asia/Shanghai, `YYYY-MM-DD`. Branded so that an instant is never passed for a date. */
export type LocalDate = string & { readonly __brand: 'LocalDate' };

const shape = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const shanghaiOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** The civil date in Asia/Shanghai at an instant. China has had no summer time since 1991, so the offset is constant. */
export function localDate(at: Date): LocalDate {
  return new Date(at.getTime() + shanghaiOffsetMs).toISOString().slice(0, 10) as LocalDate;
}

/** Reads `YYYY-MM-DD`; null when the text is no date of the calendar (2026-02-30). */
export function parseLocalDate(text: string): LocalDate | null {
  if (!shape.test(text)) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return at.toISOString().slice(0, 10) === text ? (text as LocalDate) : null;
}

/** The date `days` after (or before, when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10) as LocalDate;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** The weekday, 0 = Sunday … 6 = Saturday. */
export function weekday(date: LocalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** The instant at which the civil date begins in Asia/Shanghai. */
export function startOf(date: LocalDate): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) - shanghaiOffsetMs);
}

/** The month of a date, `YYYY-MM`. */
export function monthOf(date: LocalDate): string {
  return date.slice(0, 7);
}

/** Completed years of age on `today` of someone born on `birthday`. */
export function ageOn(birthday: LocalDate, today: LocalDate): number {
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4));
  return today.slice(5) < birthday.slice(5) ? years - 1 : years;
}

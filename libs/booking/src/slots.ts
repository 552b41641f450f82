import { addDays, localDate, openingWeekday, startOf, weekday, type LocalDate, type WorkCalendar } from '@linli/kernel';
import type { DeskPolicy, DeskRules, Hours } from './desk';

/** 时段: a half-open span of time with its seats. */
export interface Slot {
  readonly start: Date;
  readonly end: Date;
  readonly capacity: number;
}

interface Opening extends Hours {
  readonly capacity: number;
  readonly shut: readonly Hours[];
}

const minuteMs = 60_000;

/** `HH:MM` as minutes since midnight. */
export function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The slots of one civil day, in order and without overlap. */
export function slotsOn(rules: DeskRules, on: LocalDate, calendar: WorkCalendar): Slot[] {
  const midnight = startOf(on).getTime();
  const at = (minutes: number): Date => new Date(midnight + minutes * minuteMs);
  const slots = openingsOn(rules, on, calendar).flatMap(({ from, to, capacity, shut }) => {
    const starts: Slot[] = [];
    for (let begin = minutesOf(from); begin + rules.slotMinutes <= minutesOf(to); begin += rules.slotMinutes) {
      const end = begin + rules.slotMinutes;
      if (!shut.some((one) => minutesOf(one.from) < end && begin < minutesOf(one.to)))
        starts.push({ start: at(begin), end: at(end), capacity });
    }
    return starts;
  });
  return withoutOverlap(slots);
}

function openingsOn(rules: DeskRules, on: LocalDate, calendar: WorkCalendar): Opening[] {
  const closures = (rules.closures ?? []).filter((one) => one.from <= on && on <= one.to);
  const partly = closures.flatMap((one) => one.hours ?? []);
  const extra = (rules.extra ?? [])
    .filter((one) => one.on === on)
    .map(({ from, to, capacity = rules.capacity }) => ({ from, to, capacity, shut: [] }));
  const day = rules.onHolidays === 'open' ? weekday(on) : openingWeekday(on, calendar);
  if (day === null || closures.some((one) => one.hours === undefined)) return extra;
  const weekly = rules.weekly
    .filter((one) => one.weekdays.includes(day))
    .filter((one) => (one.validFrom ?? on) <= on && on <= (one.validTo ?? on))
    .map(({ from, to, breaks = [], capacity = rules.capacity }) => ({
      from,
      to,
      capacity,
      shut: [...breaks, ...partly],
    }));
  return [...extra, ...weekly];
}

function withoutOverlap(slots: readonly Slot[]): Slot[] {
  const kept: Slot[] = [];
  for (const slot of [...slots].sort((a, b) => a.start.getTime() - b.start.getTime())) {
    const last = kept.at(-1);
    if (!last || last.end.getTime() <= slot.start.getTime()) kept.push(slot);
  }
  return kept;
}

/** The last day that can be booked: so many working days after today. */
export function lastDay(policy: DeskPolicy, now: Date, calendar: WorkCalendar): LocalDate {
  return calendar.addDays(localDate(now), { days: policy.horizonWorkingDays, unit: 'workingDay' }).on;
}

/** The earliest start that can still be booked. */
export function earliestStart(policy: DeskPolicy, now: Date): Date {
  return new Date(now.getTime() + policy.lastMinutes * minuteMs);
}

/** The slots between two dates (both included) that can be booked now, by time alone; `slotsOf` may remember those of a day. */
export function openSlots(
  { rules, policy }: { readonly rules: DeskRules; readonly policy: DeskPolicy },
  between: { readonly from: LocalDate; readonly to: LocalDate },
  now: Date,
  calendar: WorkCalendar,
  slotsOf: (on: LocalDate) => readonly Slot[] = (on) => slotsOn(rules, on, calendar),
): Slot[] {
  const today = localDate(now);
  const last = lastDay(policy, now, calendar);
  const from = between.from > today ? between.from : today;
  const to = between.to < last ? between.to : last;
  const earliest = earliestStart(policy, now);
  const slots: Slot[] = [];
  for (let on = from; on <= to; on = addDays(on, 1)) slots.push(...slotsOf(on));
  return slots.filter((slot) => slot.start >= earliest);
}

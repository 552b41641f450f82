import type { Finding } from '@linli/contracts';
import { localDate, Refusal, type LocalDate, type WorkCalendar } from '@linli/kernel';
import type { RatingLimits } from '../limits';

export const rectificationStates = ['verifying', 'confirming', 'rectifying', 'replied', 'closed'] as const;
export type RectificationState = (typeof rectificationStates)[number];

export const complexities = ['simple', 'complex'] as const;
export type Complexity = (typeof complexities)[number];

/** 差评核实整改 as its rules see it; who did what, and what each found. */
export interface Course {
  readonly state: RectificationState;
  readonly anonymous: boolean;
  readonly firstBy: string | null;
  readonly firstFinding: Finding | null;
  readonly secondBy: string | null;
  readonly contactedAt: Date | null;
  readonly repliedBy: string | null;
}

type Limits = RatingLimits['rectification'];

/** The days by which the resident is contacted and the unit has answered, counted in working days from the rating. */
export function daysFor(
  openedAt: Date,
  { anonymous, complexity }: { readonly anonymous: boolean; readonly complexity: Complexity },
  limits: Limits,
  calendar: WorkCalendar,
): { readonly contactBy: LocalDate | null; readonly rectifyBy: LocalDate } {
  const from = localDate(openedAt);
  const after = (days: number): LocalDate => calendar.addDays(from, { days, unit: 'workingDay' }).on;
  return {
    contactBy: anonymous ? null : after(limits.contactWorkingDays),
    rectifyBy: after(complexity === 'complex' ? limits.complexWorkingDays : limits.simpleWorkingDays),
  };
}

/** What one officer's finding does: the first waits for a second; two that agree it is true go on, all else is confirmed. */
export function verify(
  course: Course,
  officerId: string,
  finding: Finding,
): { readonly as: 'first' | 'second'; readonly state: RectificationState; readonly finding: Finding | null } {
  if (course.state !== 'verifying') throw new Refusal('rectification.wrongState');
  if (course.firstBy === null) return { as: 'first', state: 'verifying', finding: null };
  if (course.firstBy === officerId) throw new Refusal('rectification.samePerson');
  const isTrue = finding === 'true' && course.firstFinding === 'true';
  return { as: 'second', state: isTrue ? 'rectifying' : 'confirming', finding: isTrue ? 'true' : null };
}

/** A supervisor's word where the two disagree, or would set the rating aside; a third person, always. */
export function confirm(course: Course, officerId: string, finding: Finding): RectificationState {
  if (course.state !== 'confirming') throw new Refusal('rectification.wrongState');
  if (officerId === course.firstBy || officerId === course.secondBy) throw new Refusal('rectification.samePerson');
  return finding === 'true' ? 'rectifying' : 'closed';
}

/** Whether the resident may be noted as contacted: once, while it is open, and never one who stayed anonymous. */
export function checkContact(course: Course): void {
  if (course.anonymous) throw new Refusal('rectification.anonymous');
  if (course.state === 'closed' || course.contactedAt !== null) throw new Refusal('rectification.wrongState');
}

/** What the reply does; nobody can be called back about an anonymous rating, so it ends there. */
export function reply(course: Course): RectificationState {
  if (course.state !== 'rectifying') throw new Refusal('rectification.wrongState');
  if (course.anonymous) return 'closed';
  if (course.contactedAt === null) throw new Refusal('rectification.notContacted');
  return 'replied';
}

/** The call back is made by another than who replied: nobody asks how they themselves did. */
export function checkCallback(course: Course, officerId: string): void {
  if (course.state !== 'replied') throw new Refusal('rectification.wrongState');
  if (course.repliedBy === officerId) throw new Refusal('rectification.samePerson');
}

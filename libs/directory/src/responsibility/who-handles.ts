import { mayBeResponsible, type Assignable, type AssignmentQuestion } from './assignment-check';
import type { AssignmentRefusal } from './assignment-words';
import type { NamedUnit, Unit } from './unit';

/** Who handles a matter, and who was asked before and may not. */
export interface Handler {
  readonly unit: Unit;
  readonly answer: Assignable;
  readonly passedOver: readonly { readonly unit: NamedUnit; readonly refusal: AssignmentRefusal }[];
}

/**
 * 小事不出村社，大事不出镇街: the nearest unit that may answer. `candidates` come nearest first; null when none may.
 */
export function nearestResponsible(
  facts: Omit<AssignmentQuestion, 'unit'>,
  candidates: readonly Unit[],
): Handler | null {
  const passedOver: { unit: NamedUnit; refusal: AssignmentRefusal }[] = [];
  for (const unit of candidates) {
    const answer = mayBeResponsible({ ...facts, unit });
    if (answer.allowed) return { unit, answer, passedOver };
    const { level, id, name } = unit;
    passedOver.push({ unit: { level, id, name }, refusal: answer });
  }
  return null;
}

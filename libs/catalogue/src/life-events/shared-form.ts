import type { FormField, ServiceGuide } from '@linli/contracts';
import type { LifeEvent, SharedApplicantField, SharedField } from './life-event';

/** An item of the bundle with its guide. */
export interface Part {
  readonly id: string;
  readonly guide: ServiceGuide;
}

interface Draft {
  readonly key: string;
  field: FormField;
  readonly neededBy: string[];
}

/** Who the applicant is, asked once. */
export function sharedApplicant(parts: readonly Part[]): SharedApplicantField[] {
  const fields = [...new Set(parts.flatMap((part) => part.guide.applicant))];
  return fields.map((field) => ({
    field,
    neededBy: parts.filter((part) => part.guide.applicant.includes(field)).map((part) => part.id),
  }));
}

/** The questions of all items: one meaning of one type is asked once, what cannot be answered at once stays apart. */
export function sharedForm(event: Pick<LifeEvent, 'fields'>, parts: readonly Part[]): SharedField[] {
  const drafts: Draft[] = [];
  for (const { id, guide } of parts)
    for (const field of guide.form) {
      const meaning = event.fields?.[`${id}.${field.id}`] ?? field.id;
      const like = drafts.filter((draft) => draft.key === meaning || draft.key.startsWith(`${meaning}#`));
      const fitting = like.find((draft) => merged(draft.field, field) !== null && !draft.neededBy.includes(id));
      if (fitting) {
        fitting.field = merged(fitting.field, field) ?? fitting.field;
        fitting.neededBy.push(id);
      } else {
        const key = like.length === 0 ? meaning : `${meaning}#${like.length + 1}`;
        drafts.push({ key, field, neededBy: [id] });
      }
    }
  return drafts.map(({ key, field, neededBy }) => ({ ...field, key, neededBy }));
}

/** Two questions as one, as strict as both; null when one answer cannot serve both. */
export function merged(one: FormField, other: FormField): FormField | null {
  if (one.type !== other.type || !sameChoices(one.choices, other.choices)) return null;
  const min = strictest([one.min, other.min], Math.max);
  const max = strictest([one.max, other.max], Math.min);
  if (min !== undefined && max !== undefined && min > max) return null;
  const hint = one.hint ?? other.hint;
  return {
    ...one,
    required: one.required || other.required,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function sameChoices(one: readonly string[] = [], other: readonly string[] = []): boolean {
  return one.length === other.length && one.every((choice) => other.includes(choice));
}

function strictest(bounds: readonly (number | undefined)[], pick: (...values: number[]) => number): number | undefined {
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === 0 ? undefined : pick(...known);
}

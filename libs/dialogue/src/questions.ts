import type { ApplicantField, CatalogueEntry, ServiceGuide } from '@linli/contracts';
import { checkAnswer, type Checked, type Question } from './answers';
import type { ApplicationSheet, Conversation } from './conversation';
import { dayInWords } from './dates';
import type { World } from './world';
import * as words from './form-words';

/** An entry that can be applied for here. */
export type OnlineEntry = CatalogueEntry & { readonly guide: ServiceGuide };

export function isOnline(entry: CatalogueEntry | undefined): entry is OnlineEntry {
  return entry?.kind === 'item' && entry.guide?.online === true;
}

/** The subdistrict that needs no asking: named before, or the only one. */
export function settledSubdistrict(conversation: Conversation, world: World): string | null {
  const [only] = world.subdistricts;
  if (world.subdistricts.length === 1 && only) return only.id;
  const known = [conversation.subdistrictId, world.knownSubdistrictId];
  return known.find((id) => world.subdistricts.some((one) => one.id === id)) ?? null;
}

/** Everything an application is asked, in order: where the applicant lives, who they are, what the guide's form needs. */
export function questionsOf(entry: OnlineEntry, world: World): Question[] {
  const { guide } = entry;
  return [
    ...(world.subdistricts.length > 1 ? [subdistrictQuestion(words.askHome, world)] : []),
    ...[...new Set<ApplicantField>([...guide.applicant, 'name', 'phone'])].map((field) =>
      applicantQuestion(field, guide),
    ),
    ...guide.form.map((field) => ({ ...field, id: `answers.${field.id}` })),
  ];
}

/** Which subdistrict: kept is its id, shown is its name. */
export function subdistrictQuestion(ask: string, world: World): Question {
  return {
    id: 'subdistrict',
    label: words.subdistrictLabel,
    ask,
    type: 'choice',
    required: true,
    choices: world.subdistricts.map((one) => one.name),
    values: world.subdistricts.map((one) => one.id),
  };
}

function applicantQuestion(field: ApplicantField, guide: ServiceGuide): Question {
  const { label, ask, hint } = words.applicantQuestions[field];
  const base = { id: `applicant.${field}`, label, ask, hint, required: true };
  switch (field) {
    case 'name':
      return { ...base, type: 'text', shape: 'personName' };
    case 'idNumber':
      return { ...base, type: 'idNumber', ...(guide.age ? { age: guide.age } : {}) };
    case 'phone':
      return { ...base, type: 'phone' };
    case 'address':
      return { ...base, type: 'text', shape: 'address', max: 200 };
  }
}

/** Reads an answer to one of the questions. */
export function check(question: Question, text: string, world: World): Checked {
  return checkAnswer(question, text, world.today);
}

/** An answer as it is shown back: numbers of persons masked, dates in words. */
export function shown(question: Question, value: string, world: World): string {
  if (value === '') return words.leftOut;
  switch (question.type) {
    case 'idNumber':
      return masked(value, 6, 4);
    case 'phone':
      return value.includes('-') ? masked(value, value.indexOf('-') + 1, 4) : masked(value, 3, 4);
    case 'date':
      return dayInWords(value, world.today);
    case 'choice':
      return question.choices?.[question.values?.indexOf(value) ?? -1] ?? value;
    default:
      return value;
  }
}

function masked(value: string, head: number, tail: number): string {
  const hidden = Math.max(0, value.length - head - tail);
  return `${value.slice(0, head)}${'*'.repeat(hidden)}${value.slice(value.length - tail)}`;
}

/** The sheet against the guide as it stands now: answers that no longer hold are dropped. Null when it cannot be applied for any more. */
export function renewed(
  sheet: ApplicationSheet,
  world: World,
): { readonly sheet: ApplicationSheet; readonly entry: OnlineEntry; readonly updated: boolean } | null {
  const entry = world.entry(sheet.entryId);
  if (!isOnline(entry)) return null;
  if (entry.versionId === sheet.versionId) return { sheet, entry, updated: false };
  const answers = Object.fromEntries(
    questionsOf(entry, world).flatMap((question) => {
      const value = sheet.answers[question.id];
      return value !== undefined && holds(question, value, world) ? [[question.id, value]] : [];
    }),
  );
  return { sheet: { ...sheet, answers, versionId: entry.versionId, name: entry.name }, entry, updated: true };
}

function holds(question: Question, value: string, world: World): boolean {
  if (value === '') return !question.required;
  if (question.values) return question.values.includes(value);
  if (question.choices) return question.choices.includes(value);
  const checked = check(question, value, world);
  return checked.ok && checked.value === value;
}

import type { Applicant, Intent } from '@linli/contracts';
import type { Question } from './answers';
import { commandOf, yesOrNo, type Command } from './commands';
import { endOpen, setAside, type ApplicationSheet, type Conversation, type OpenForm } from './conversation';
import { ordinalOf, pick } from './digits';
import { formName } from './form-name';
import { miss } from './officer';
import { check, questionsOf, renewed, settledSubdistrict, shown, type OnlineEntry } from './questions';
import { ask, led, say, type Step } from './step';
import type { World } from './world';
import * as words from './form-words';
import { cancelled } from './words';

type Filling = Extract<OpenForm, { kind: 'filling' }>;
type Confirming = Extract<OpenForm, { kind: 'confirming' }>;

/** Starts an application, or takes up the one of that entry which was left before. */
export function beginApplication(conversation: Conversation, entry: OnlineEntry, world: World): Step {
  const aside = setAside(conversation);
  const left = aside.parked.findLast(
    (form): form is Filling | Confirming =>
      (form.kind === 'filling' || form.kind === 'confirming') && form.sheet.entryId === entry.id,
  );
  if (left) {
    const parked = aside.parked.filter((form) => form !== left);
    return led(words.resumed(entry.name), repeatApplication({ ...aside, parked, mode: left }, left, world));
  }
  if (world.subdistricts.length === 0) return say(aside, words.gone(entry.name, world.hotline));
  const home = settledSubdistrict(conversation, world);
  const answers = home === null ? {} : { subdistrict: home };
  const { id: entryId, versionId, name } = entry;
  const sheet: ApplicationSheet = { entryId, versionId, name, knewHome: home !== null, answers, mediaIds: [] };
  const open = questionsOf(entry, world).filter((question) => !(question.id in answers));
  return led(words.started(name, open.length), goOn(aside, sheet, entry, world));
}

/** The next question without an answer, or the summary. */
function goOn(conversation: Conversation, sheet: ApplicationSheet, entry: OnlineEntry, world: World): Step {
  const next = questionsOf(entry, world).find((question) => sheet.answers[question.id] === undefined);
  if (next) return askQuestion(conversation, sheet, next, entry, world);
  return say(
    { ...conversation, mode: { kind: 'confirming', sheet, amending: false } },
    summary(sheet, questionsOf(entry, world), world),
  );
}

function askQuestion(
  conversation: Conversation,
  sheet: ApplicationSheet,
  question: Question,
  entry: OnlineEntry,
  world: World,
): Step {
  const asked = askedIn(sheet, entry, world);
  const place = asked.findIndex((one) => one.id === question.id) + 1;
  return say(
    { ...conversation, mode: { kind: 'filling', sheet, question: question.id, held: null } },
    words.question(question, Math.max(1, place), asked.length),
  );
}

/** The questions counted aloud. */
function askedIn(sheet: ApplicationSheet, entry: OnlineEntry, world: World): Question[] {
  const questions = questionsOf(entry, world);
  return sheet.knewHome ? questions.filter((one) => one.id !== 'subdistrict') : questions;
}

function summary(sheet: ApplicationSheet, questions: readonly Question[], world: World): string {
  const lines = questions.map((one): [string, string] => [one.label, shown(one, sheet.answers[one.id] ?? '', world)]);
  return words.confirm(sheet.name, lines, sheet.mediaIds.length);
}

/** Says again what stands open: the question, or the summary. */
export function repeatApplication(conversation: Conversation, form: Filling | Confirming, world: World): Step {
  const now = renewed(form.sheet, world);
  if (!now) return say(endOpen(conversation), words.gone(form.sheet.name, world.hotline));
  const { sheet, entry, updated } = now;
  const question =
    form.kind === 'filling' ? questionsOf(entry, world).find((one) => one.id === form.question) : undefined;
  const step = question
    ? askQuestion(conversation, sheet, question, entry, world)
    : goOn(conversation, sheet, entry, world);
  return updated ? led(words.updated, step) : step;
}

/** What words do to an application that is being filled in or confirmed. */
export function hearApplication(
  conversation: Conversation,
  form: Filling | Confirming,
  text: string,
  world: World,
): Step {
  const now = renewed(form.sheet, world);
  if (!now) return say(endOpen(conversation), words.gone(form.sheet.name, world.hotline));
  const { sheet, entry, updated } = now;
  const step =
    form.kind === 'filling'
      ? answer(conversation, { ...form, sheet }, text, entry, world)
      : decide(conversation, { ...form, sheet }, text, entry, world);
  return updated ? led(words.updated, step) : step;
}

function answer(conversation: Conversation, form: Filling, text: string, entry: OnlineEntry, world: World): Step {
  const { sheet } = form;
  const questions = questionsOf(entry, world);
  const question = questions.find((one) => one.id === form.question);
  if (!question) return goOn(conversation, sheet, entry, world);
  const command = commandOf(text);
  if (command === 'back') return previous(conversation, form, questions, entry, world);
  if (command === 'skip' && !question.required && !(question.type === 'yesNo' && check(question, text, world).ok))
    return record(conversation, sheet, question, '', entry, world);
  const checked = check(question, text, world);
  if (checked.ok) return record(conversation, sheet, question, checked.value, entry, world);
  const why = command === 'skip' && question.type !== 'yesNo' ? words.isRequired : checked.why;
  const open = { ...conversation, mode: { ...form, held: null } };
  return miss(open, words.notTaken(why, question, world.hotline), text);
}

function previous(
  conversation: Conversation,
  form: Filling,
  questions: readonly Question[],
  entry: OnlineEntry,
  world: World,
): Step {
  const asked = askedIn(form.sheet, entry, world);
  const before = asked[asked.findIndex((one) => one.id === form.question) - 1];
  if (before) return askQuestion(conversation, form.sheet, before, entry, world);
  const question = questions.find((one) => one.id === form.question);
  return question
    ? led(words.firstQuestion, askQuestion(conversation, form.sheet, question, entry, world))
    : goOn(conversation, form.sheet, entry, world);
}

function record(
  conversation: Conversation,
  sheet: ApplicationSheet,
  question: Question,
  value: string,
  entry: OnlineEntry,
  world: World,
): Step {
  const home = question.id === 'subdistrict' ? { subdistrictId: value } : {};
  const answers = { ...sheet.answers, [question.id]: value };
  return goOn({ ...conversation, ...home }, { ...sheet, answers }, entry, world);
}

function decide(conversation: Conversation, form: Confirming, text: string, entry: OnlineEntry, world: World): Step {
  const questions = questionsOf(entry, world);
  const missing = questions.find((one) => form.sheet.answers[one.id] === undefined);
  if (missing) return goOn(conversation, form.sheet, entry, world);
  const last = questions.at(-1);
  if (commandOf(text) === 'back' && last) return askQuestion(conversation, form.sheet, last, entry, world);
  if (form.amending) return amend(conversation, form, text, questions, entry, world);
  switch (choiceIn(text)) {
    case 0:
      return ask({ ...conversation, mode: form }, openCase(form.sheet, entry, conversation, world));
    case 1:
      return say(
        { ...conversation, mode: { ...form, amending: true } },
        words.whichField(questions.map((one) => one.label)),
      );
    case 2:
      return say(endOpen(conversation), cancelled(formName(form)));
    default: {
      // A field named at the summary is a wish to change it.
      const named = ordinalOf(text) === null ? chosenIn(questions, text) : undefined;
      if (named) return askQuestion(conversation, form.sheet, named, entry, world);
      return miss({ ...conversation, mode: form }, words.notConfirmed(world.hotline), text);
    }
  }
}

/** Which of 提交, 修改, 取消 is meant. */
export function choiceIn(text: string): number | null {
  const chosen = pick(text, words.confirmChoices);
  if (chosen !== null) return chosen;
  const agreed = yesOrNo(text);
  return agreed === null ? null : agreed ? 0 : 1;
}

function amend(
  conversation: Conversation,
  form: Confirming,
  text: string,
  questions: readonly Question[],
  entry: OnlineEntry,
  world: World,
): Step {
  const labels = questions.map((one) => one.label);
  const question = chosenIn(questions, text);
  if (question) return askQuestion(conversation, form.sheet, question, entry, world);
  return miss({ ...conversation, mode: form }, words.whichField(labels), text);
}

function chosenIn(questions: readonly Question[], text: string): Question | undefined {
  const labels = questions.map((one) => one.label);
  return questions[pick(text, labels) ?? -1];
}

function openCase(
  sheet: ApplicationSheet,
  entry: OnlineEntry,
  conversation: Conversation,
  world: World,
): Extract<Intent, { kind: 'openCase' }> {
  const given = (prefix: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(sheet.answers).flatMap(([id, value]) =>
        id.startsWith(prefix) && value !== '' ? [[id.slice(prefix.length), value]] : [],
      ),
    );
  const { name = '', ...facts } = given('applicant.') as Partial<Applicant>;
  return {
    kind: 'openCase',
    entryId: entry.id,
    subdistrictId: sheet.answers['subdistrict'] ?? settledSubdistrict(conversation, world) ?? '',
    applicant: { name, ...facts },
    answers: given('answers.'),
    mediaIds: sheet.mediaIds,
  };
}

/** The commands a question answers by itself, whatever they mean elsewhere: a choice of that very name. */
export function namesChoice(form: OpenForm, command: Command | null, text: string, world: World): boolean {
  if (command === null || form.kind !== 'filling') return false;
  const now = renewed(form.sheet, world);
  const question = now && questionsOf(now.entry, world).find((one) => one.id === form.question);
  return question?.choices?.includes(text.trim()) ?? false;
}

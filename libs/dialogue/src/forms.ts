import type { Place } from '@linli/contracts';
import { commandOf, yesOrNo } from './commands';
import type { Conversation, OpenForm } from './conversation';
import { hearCorrection, repeatCorrection } from './correcting';
import { pick } from './digits';
import { choiceIn, hearApplication, repeatApplication } from './filling';
import { isOpenQuestion, type Question } from './answers';
import { check, questionsOf, renewed } from './questions';
import { hearReport, pictureInReport, placeInReport, repeatReport } from './reporting';
import { led, say, type Step } from './step';
import { fold } from './text';
import type { World } from './world';
import { pictureLimit, pictureTaken, tooManyPictures } from './form-words';
import { correctionTaken } from './report-words';

/** Opens a form again and says what it waits for. */
export function repeatForm(conversation: Conversation, form: OpenForm, world: World): Step {
  const open = { ...conversation, mode: form };
  switch (form.kind) {
    case 'filling':
    case 'confirming':
      return repeatApplication(open, form, world);
    case 'reporting':
      return repeatReport(open, form, world);
    case 'correcting':
      return repeatCorrection(open, form, world);
  }
}

/** Takes up the form that was parked last; null when there is none. */
export function resumeParked(conversation: Conversation, world: World): Step | null {
  const form = conversation.parked.at(-1);
  if (!form) return null;
  return repeatForm({ ...conversation, parked: conversation.parked.slice(0, -1) }, form, world);
}

/** Words said to an open form. */
export function hearForm(conversation: Conversation, form: OpenForm, text: string, world: World): Step {
  const open = { ...conversation, mode: form };
  switch (form.kind) {
    case 'filling':
    case 'confirming':
      return hearApplication(open, form, text, world);
    case 'reporting':
      return hearReport(open, form, text, world);
    case 'correcting':
      return hearCorrection(open, form, text, world);
  }
}

/** A picture sent while a form is open is kept with it. */
export function pictureInForm(conversation: Conversation, form: OpenForm, mediaId: string, world: World): Step {
  const before = form.kind === 'correcting' ? form.mediaIds : form.sheet.mediaIds;
  if (before.length >= pictureLimit) return led(tooManyPictures, repeatForm(conversation, form, world));
  const mediaIds = [...before.filter((id) => id !== mediaId), mediaId];
  if (form.kind === 'reporting') return pictureInReport(conversation, form, mediaIds, world);
  if (form.kind === 'correcting')
    return say({ ...conversation, mode: { ...form, mediaIds } }, correctionTaken(form.texts.length, mediaIds.length));
  const kept = { ...form, sheet: { ...form.sheet, mediaIds } };
  return led(pictureTaken(mediaIds.length), repeatForm(conversation, kept, world));
}

/** A place sent while a form is open: where the problem is, or the address that was asked for. */
export function placeInForm(conversation: Conversation, form: OpenForm, place: Place, world: World): Step {
  if (form.kind === 'reporting') return placeInReport(conversation, form, place, world);
  const named = place.words ?? '';
  const asksPlace = form.kind === 'filling' && form.question === 'applicant.address';
  return asksPlace && named !== '' ? hearForm(conversation, form, named, world) : repeatForm(conversation, form, world);
}

/**
 * Whether words would pass for an answer to what the form waits for. Where free words are asked for, only words that
 * mean no errand of their own do.
 */
export function looksLikeAnswer(form: OpenForm, text: string, world: World): boolean {
  if (commandOf(text) === 'back') return true;
  switch (form.kind) {
    case 'filling':
      return answersQuestion(form, text, world);
    case 'confirming':
      return form.amending ? fold(text).length <= 6 : choiceIn(text) !== null;
    case 'reporting':
      return answersReport(form, text, world);
    case 'correcting':
      return commandOf(text) === 'done' || isNoErrand(text, world);
  }
}

function answersQuestion(form: Extract<OpenForm, { kind: 'filling' }>, text: string, world: World): boolean {
  const question = questionIn(form, world);
  if (!question) return false;
  if (commandOf(text) === 'skip') return true;
  return check(question, text, world).ok && (!isOpenQuestion(question) || isNoErrand(text, world));
}

function questionIn(form: Extract<OpenForm, { kind: 'filling' }>, world: World): Question | null {
  const now = renewed(form.sheet, world);
  return (now && questionsOf(now.entry, world).find((one) => one.id === form.question)) ?? null;
}

function answersReport(form: Extract<OpenForm, { kind: 'reporting' }>, text: string, world: World): boolean {
  switch (form.step) {
    case 'text':
    case 'where':
      return isNoErrand(text, world, form.sheet.entryId);
    case 'picture':
      return commandOf(text) === 'skip' || commandOf(text) === 'done';
    case 'confirm':
      return choiceIn(text) !== null;
    case 'subdistrict':
      return (
        pick(
          text,
          world.subdistricts.map((one) => one.name),
        ) !== null
      );
    case 'amend':
      return fold(text).length <= 4 && yesOrNo(text) === null;
  }
}

/** Whether the words mean no errand, or only the one of that entry. */
function isNoErrand(text: string, world: World, entryId?: string): boolean {
  if (text === '') return false;
  const { decision, candidates } = world.route(text);
  return decision === 'none' || (decision === 'route' && entryId !== undefined && candidates[0]?.id === entryId);
}

/** The other entry that words surely mean, when they cannot be the answer asked for; null when none. */
export function otherErrand(form: OpenForm, text: string, world: World): string | null {
  if (form.kind === 'correcting' || fold(text).length < 5 || takesIt(form, text, world)) return null;
  const { decision, candidates } = world.route(text);
  const [first] = candidates;
  return decision === 'route' && first && first.id !== form.sheet.entryId ? first.id : null;
}

/** Whether the form surely takes the words: a checked answer, or free words where they are asked for (a name is not). */
function takesIt(form: OpenForm, text: string, world: World): boolean {
  if (looksLikeAnswer(form, text, world)) return true;
  if (form.kind === 'reporting') return form.step === 'text' || form.step === 'where';
  if (form.kind !== 'filling') return false;
  const question = questionIn(form, world);
  return question !== null && question.shape !== 'personName' && check(question, text, world).ok;
}

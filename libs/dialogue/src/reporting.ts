import type { CatalogueEntry, Intent, Place } from '@linli/contracts';
import { commandOf } from './commands';
import { endOpen, setAside, type Conversation, type OpenForm, type ReportSheet, type ReportStep } from './conversation';
import { ordinalOf, pick } from './digits';
import { choiceIn } from './filling';
import { formName } from './form-name';
import { miss } from './officer';
import { settledSubdistrict } from './questions';
import { ask, led, say, type Step } from './step';
import { cleanText, fold, shorten } from './text';
import type { World } from './world';
import { cancelled } from './words';
import * as words from './report-words';

type Reporting = Extract<OpenForm, { kind: 'reporting' }>;

/** Letters a first sentence needs to be taken for the whole story, and an answer to be one at all. */
const placeLimit = 200;
const storyLength = 8;
const answerLength = 4;

/** Starts a report with what was said already and with pictures and a place sent just before. */
export function beginReport(conversation: Conversation, entry: CatalogueEntry, said: string, world: World): Step {
  const aside = setAside(conversation);
  if (world.subdistricts.length === 0) return say(aside, words.gone(entry.name, world.hotline));
  const { kept } = conversation;
  const fresh = kept !== null && Date.parse(kept.until) > world.now.getTime() ? kept : null;
  const mediaIds = fresh?.mediaIds ?? [];
  const sheet: ReportSheet = {
    entryId: entry.id,
    name: entry.name,
    text: fold(said).length >= storyLength ? said : '',
    place: fresh?.place ?? null,
    mediaIds,
    pictureSettled: mediaIds.length > 0,
    subdistrictId: null,
  };
  return led(words.started(entry.name), goOn({ ...aside, kept: null }, sheet, world));
}

/** The next step the report still needs. */
function stepOf(sheet: ReportSheet, conversation: Conversation, world: World): ReportStep {
  if (sheet.text === '') return 'text';
  if (sheet.place === null) return 'where';
  if (!sheet.pictureSettled) return 'picture';
  return areaOf(sheet, conversation, world) === null ? 'subdistrict' : 'confirm';
}

/** Where the problem is: as said, as the place names it, else where the resident lives. */
function areaOf(sheet: ReportSheet, conversation: Conversation, world: World): string | null {
  const named = world.subdistricts.filter((one) => sheet.place?.words?.includes(one.name));
  const said =
    world.subdistricts.find((one) => one.id === sheet.subdistrictId) ?? (named.length === 1 ? named[0] : undefined);
  return said?.id ?? settledSubdistrict(conversation, world);
}

function goOn(conversation: Conversation, sheet: ReportSheet, world: World): Step {
  return askStep(conversation, sheet, stepOf(sheet, conversation, world), world);
}

function askStep(conversation: Conversation, sheet: ReportSheet, step: ReportStep, world: World): Step {
  const open = { ...conversation, mode: { kind: 'reporting', sheet, step, held: null } } as const;
  return say(open, wordsOf(step, sheet, conversation, world));
}

function wordsOf(step: ReportStep, sheet: ReportSheet, conversation: Conversation, world: World): string {
  switch (step) {
    case 'text':
      return words.askText;
    case 'where':
      return words.askPlace;
    case 'picture':
      return words.askPicture;
    case 'subdistrict':
      return words.area(world.subdistricts.map((one) => one.name));
    case 'amend':
      return words.whichPart(partsOf(world).map(([, name]) => name));
    case 'confirm':
      return words.confirm({
        name: sheet.name,
        text: sheet.text,
        place: placeInWords(sheet.place),
        area: areaName(sheet, conversation, world),
        pictures: sheet.mediaIds.length,
        department: world.entry(sheet.entryId)?.department.name ?? '',
      });
  }
}

function areaName(sheet: ReportSheet, conversation: Conversation, world: World): string {
  const id = areaOf(sheet, conversation, world);
  return world.subdistricts.length > 1 ? (world.subdistricts.find((one) => one.id === id)?.name ?? '') : '';
}

function placeInWords(place: Place | null): string {
  return place?.words ?? (place ? `${place.lat ?? ''}，${place.lng ?? ''}` : '');
}

function partsOf(world: World): [ReportStep, string][] {
  const { text, where, picture, subdistrict } = words.partNames;
  const always: [ReportStep, string][] = [
    ['text', text],
    ['where', where],
    ['picture', picture],
  ];
  return world.subdistricts.length > 1 ? [...always, ['subdistrict', subdistrict]] : always;
}

/** Says again what stands open. */
export function repeatReport(conversation: Conversation, form: Reporting, world: World): Step {
  if (world.entry(form.sheet.entryId)?.kind !== 'report')
    return say(endOpen(conversation), words.gone(form.sheet.name, world.hotline));
  return askStep(conversation, form.sheet, form.step, world);
}

/** What words do to a report. */
export function hearReport(conversation: Conversation, form: Reporting, text: string, world: World): Step {
  const { sheet, step } = form;
  if (world.entry(sheet.entryId)?.kind !== 'report')
    return say(endOpen(conversation), words.gone(sheet.name, world.hotline));
  if (commandOf(text) === 'back') return goBack(conversation, form, world);
  const open = { ...conversation, mode: { ...form, held: null } };
  switch (step) {
    case 'text':
      if (fold(text).length < answerLength) return miss(open, words.tellMore, text);
      return goOn(conversation, { ...sheet, text }, world);
    case 'where':
      if (fold(text).length < 2 || commandOf(text) === 'skip') return miss(open, words.placeUnclear, text);
      return goOn(conversation, { ...sheet, place: { words: shorten(text, placeLimit) } }, world);
    case 'picture':
      if (commandOf(text) !== 'skip' && commandOf(text) !== 'done') return miss(open, words.onlyPicture, text);
      return goOn(conversation, { ...sheet, pictureSettled: true }, world);
    case 'subdistrict': {
      const names = world.subdistricts.map((one) => one.name);
      const area = world.subdistricts[pick(text, names) ?? -1];
      return area
        ? goOn(conversation, { ...sheet, subdistrictId: area.id }, world)
        : miss(open, words.area(names), text);
    }
    case 'amend':
      return amend(open, sheet, text, world);
    case 'confirm':
      return decide(open, form, text, world);
  }
}

const order: readonly ReportStep[] = ['text', 'where', 'picture', 'subdistrict', 'confirm'];

function goBack(conversation: Conversation, form: Reporting, world: World): Step {
  const before = order[order.indexOf(form.step) - 1] ?? (form.step === 'amend' ? 'confirm' : 'text');
  const skipped = before === 'subdistrict' && world.subdistricts.length <= 1;
  return askStep(conversation, form.sheet, skipped ? 'picture' : before, world);
}

function amend(conversation: Conversation, sheet: ReportSheet, text: string, world: World): Step {
  const names = partsOf(world).map(([, name]) => name);
  return amendPart(conversation, sheet, text, world) ?? miss(conversation, words.whichPart(names), text);
}

/** A part named at the summary is a wish to change it. */
function named(conversation: Conversation, { sheet }: Reporting, text: string, world: World): Step | null {
  return ordinalOf(text) === null ? amendPart(conversation, sheet, text, world) : null;
}

function amendPart(conversation: Conversation, sheet: ReportSheet, text: string, world: World): Step | null {
  const parts = partsOf(world);
  const names = parts.map(([, name]) => name);
  const part = parts[pick(text, names) ?? -1];
  if (!part) return null;
  const [step] = part;
  return askStep(
    conversation,
    step === 'picture' ? { ...sheet, mediaIds: [], pictureSettled: false } : sheet,
    step,
    world,
  );
}

function decide(conversation: Conversation, form: Reporting, text: string, world: World): Step {
  const needed = stepOf(form.sheet, conversation, world);
  if (needed !== 'confirm') return askStep(conversation, form.sheet, needed, world);
  switch (choiceIn(text)) {
    case 0:
      return ask(conversation, openReport(form.sheet, conversation, world));
    case 1:
      return askStep(conversation, form.sheet, 'amend', world);
    case 2:
      return say(endOpen(conversation), cancelled(formName(form)));
    default:
      return named(conversation, form, text, world) ?? miss(conversation, words.notConfirmed(world.hotline), text);
  }
}

function openReport(sheet: ReportSheet, conversation: Conversation, world: World): Intent {
  return {
    kind: 'openReport',
    entryId: sheet.entryId,
    subdistrictId: areaOf(sheet, conversation, world) ?? '',
    text: sheet.text,
    ...(sheet.place ? { place: sheet.place } : {}),
    mediaIds: sheet.mediaIds,
  };
}

/** A place sent while reporting: where the problem is. */
export function placeInReport(conversation: Conversation, form: Reporting, place: Place, world: World): Step {
  if (Object.keys(place).length === 0) return say(conversation, words.askPlace);
  const sheet = { ...form.sheet, place };
  return form.step === 'where' ? goOn(conversation, sheet, world) : askStep(conversation, sheet, form.step, world);
}

/** A picture sent while reporting. */
export function pictureInReport(
  conversation: Conversation,
  form: Reporting,
  mediaIds: readonly string[],
  world: World,
): Step {
  const sheet = { ...form.sheet, mediaIds, pictureSettled: true };
  const lead = words.pictureTaken(mediaIds.length);
  const step =
    form.step === 'picture' ? goOn(conversation, sheet, world) : askStep(conversation, sheet, form.step, world);
  return led(lead, step);
}

/** A place as the channel sends it; a point outside the country is left out. */
export function placeOf(lat: number, lng: number, label: string): Place {
  const named = shorten(cleanText(label), placeLimit);
  const isInCountry = lat >= 3 && lat <= 54 && lng >= 73 && lng <= 136;
  return { ...(isInCountry ? { lat, lng } : {}), ...(named === '' ? {} : { words: named }) };
}

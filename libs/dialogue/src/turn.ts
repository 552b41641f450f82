import type { InboundContent, RouteResult } from '@linli/contracts';
import { hearBooking, hearSlots, hearTaken } from './booking';
import { hearName } from './booking-for';
import { hearMoves } from './booking-moves';
import { hearBrowsing } from './cases';
import { commandOf, isAcknowledgement, type Command } from './commands';
import { newConversation, openForm, setAside, type Conversation, type Mode, type OpenForm } from './conversation';
import { hoursSince } from './elapsed';
import { finish } from './finish';
import { formName, mentioningParked } from './form-name';
import { hearForm, looksLikeAnswer, otherErrand } from './forms';
import { cancelForm, heed } from './heeding';
import { hearForOfficer } from './officer';
import { ordinalOf, pick } from './digits';
import { hearAside } from './asides';
import { hearGrade, hearReason } from './rating-question';
import { hearChoosing, hearReading, present } from './reading';
import { led, quietly, say, type Step } from './step';
import { cleanText, textLimit } from './text';
import { understand } from './understanding';
import { hearWait } from './waiting';
import type { Turn, World } from './world';
import { namesChoice } from './filling';
import * as words from './words';

/** After so long a silence a form is called to mind before words are taken for its answer. */
const silenceHours = 12;
/** After so long a silence what was filled in is forgotten (个人信息保护法 §19: kept no longer than needed). */
const forgetHours = 30 * 24;
const unheard: ReadonlySet<InboundContent['kind']> = new Set([
  'unfollow',
  'revoked',
  'deliveryReport',
  'silent',
] as const);

/** One message of a resident: what is said, what the house is asked to do, and the conversation afterwards. Never throws. */
export function turn(conversation: Conversation, content: InboundContent, world: World): Turn {
  if (unheard.has(content.kind)) return { conversation, replies: [], intent: null };
  const once = routingOnce(world);
  const silence = hoursSince(conversation.lastAt, world.now);
  const forgets = silence >= forgetHours && (openForm(conversation.mode) !== null || conversation.parked.length > 0);
  const step = hear(forgets ? forgotten(conversation) : conversation, content, once);
  return finish(forgets && step.replies.length > 0 ? led(words.forgotten, step) : step, once);
}

function forgotten(conversation: Conversation): Conversation {
  const { mode } = conversation;
  return { ...conversation, mode: openForm(mode) ? newConversation().mode : mode, parked: [] };
}

/** The world with the meaning of each text looked up once in a turn. */
function routingOnce(world: World): World {
  const known = new Map<string, RouteResult>();
  return {
    ...world,
    entry: (id) => world.entry(id),
    route: (text) => {
      const meant = known.get(text) ?? world.route(text);
      known.set(text, meant);
      return meant;
    },
  };
}

function hear(conversation: Conversation, content: InboundContent, world: World): Step {
  if (conversation.mode.kind === 'withHuman') return hearForOfficer(conversation, content, world);
  if (content.kind === 'text') return hearText(conversation, content.text, content.menuId, world);
  if (content.kind === 'voice' && cleanText(content.recognition ?? '') !== '')
    return hearText(conversation, (content.recognition ?? '').replace(/[。，.,]+$/, ''), undefined, world);
  return hearAside(conversation, content, world);
}

function hearText(conversation: Conversation, raw: string, menuId: string | undefined, world: World): Step {
  if (raw.length > textLimit) return quietly(say(conversation, words.tooLong));
  const text = spoken(cleanText(raw), menuId);
  if (text === '') return quietly(say(conversation, words.courtesy));
  const command = commandOf(text);
  const meant = command !== null || isPlainAnswer(conversation, text) ? null : world.route(text);
  if (meant?.decision === 'emergency' && meant.emergency) return emergency(conversation, text, meant.emergency);
  const form = openForm(conversation.mode);
  const heeded = form && namesChoice(form, command, text, world) ? null : heed(conversation, command, text, world);
  return heeded ?? hearWords(conversation, command, text, world);
}

/** A tapped menu line counts by its number when it brought no words of its own. */
function spoken(text: string, menuId: string | undefined): string {
  const tapped = menuId === undefined ? null : ordinalOf(menuId);
  return tapped !== null && (text === '' || ordinalOf(text) !== null) ? String(tapped) : text;
}

const emergencyNumbers = /^1(?:10|19|2[02])$/;

/** Digits alone mean no emergency, except its number when nothing else is asked for. */
function isPlainAnswer(conversation: Conversation, text: string): boolean {
  if (!/^[\d\s\p{P}xX+]*$/u.test(text.normalize('NFKC'))) return false;
  return openForm(conversation.mode) !== null || !emergencyNumbers.test(text.normalize('NFKC').trim());
}

/** In any mode, at once: whom to call. An open form stays and keeps the words, should they have been its answer. */
function emergency(conversation: Conversation, text: string, { call, advice }: { call: string; advice: string }): Step {
  const form = openForm(conversation.mode);
  if (!form) return quietly(say(setAside(conversation), words.emergency(call, advice)));
  const told = `${words.emergency(call, advice)}\n${words.emergencyOpen(formName(form))}`;
  if (form.kind === 'confirming') return quietly(say({ ...conversation, mode: form }, told));
  return quietly(say({ ...conversation, mode: { ...form, held: text } }, `${told}${words.emergencyOrAnswer}`));
}

/** Words that are no command of their own, by what is open. */
function hearWords(conversation: Conversation, command: Command | null, text: string, world: World): Step {
  const { mode } = conversation;
  const free = (): Step =>
    isListOpen(mode) && isAcknowledgement(text)
      ? quietly(say(conversation, words.listOpen))
      : understand(conversation, text, world);
  switch (mode.kind) {
    case 'choosing':
      return hearChoosing(conversation, mode, text, world) ?? free();
    case 'reading':
      return hearReading(conversation, mode, text, world) ?? free();
    case 'browsingCases':
      return hearBrowsing(conversation, mode, text, world) ?? free();
    case 'choosingSlot':
    case 'bookingFor':
    case 'slotFull':
    case 'waitOpen':
    case 'bookingOpen':
    case 'movingBooking':
      return hearAboutBooking(conversation, mode, text, world) ?? free();
    case 'ratingOpen':
      return hearGrade(conversation, mode, text, world) ?? free();
    case 'afterBadRating':
      return hearReason(conversation, mode, text);
    case 'filling':
    case 'confirming':
    case 'reporting':
    case 'correcting':
      return hearOpenForm(conversation, mode, text, world);
    case 'resting':
      return hearResting(conversation, mode.open, text, world);
    case 'reminding':
      return hearReminded(conversation, mode, text, world);
    default:
      return command === null ? free() : quietly(say(conversation, words.nothingOpen));
  }
}

type BookingMode = Extract<
  Mode,
  { kind: 'choosingSlot' | 'bookingFor' | 'slotFull' | 'waitOpen' | 'bookingOpen' | 'movingBooking' }
>;

function hearAboutBooking(conversation: Conversation, mode: BookingMode, text: string, world: World): Step | null {
  switch (mode.kind) {
    case 'choosingSlot':
      return hearSlots(conversation, mode, text, world);
    case 'bookingFor':
      return hearName(conversation, mode, text, world);
    case 'slotFull':
      return hearTaken(conversation, mode, text, world);
    case 'waitOpen':
      return hearWait(conversation, mode, text);
    case 'bookingOpen':
      return hearBooking(conversation, mode, text, world);
    case 'movingBooking':
      return hearMoves(conversation, mode, text, world);
  }
}

function hearOpenForm(conversation: Conversation, form: OpenForm, text: string, world: World): Step {
  const rested = hoursSince(conversation.lastAt, world.now) >= silenceHours;
  if (rested && !looksLikeAnswer(form, text, world)) return remind(conversation, form, text);
  const other = otherErrand(form, text, world);
  if (other !== null)
    return mentioningParked(present({ ...conversation, lastWords: text, alsoWanted: [] }, other, text, [], world));
  return hearForm(conversation, form, text, world);
}

function hearResting(conversation: Conversation, form: OpenForm, text: string, world: World): Step {
  if (looksLikeAnswer(form, text, world)) return hearForm(conversation, form, text, world);
  const rested = hoursSince(conversation.lastAt, world.now) >= silenceHours;
  return rested ? remind(conversation, form, text) : mentioningParked(understand(conversation, text, world));
}

function remind(conversation: Conversation, open: OpenForm, text: string): Step {
  return say({ ...conversation, mode: { kind: 'reminding', open, words: text } }, words.remind(formName(open)));
}

function hearReminded(
  conversation: Conversation,
  mode: { readonly open: OpenForm; readonly words: string },
  text: string,
  world: World,
): Step {
  const chosen = pick(text, ['继续', '取消']);
  if (chosen === 0) return heed(conversation, 'continue', '继续', world) ?? understand(conversation, text, world);
  if (chosen === 1) return cancelForm(conversation, mode.open, mode.words, world);
  if (ordinalOf(text) === null && looksLikeAnswer(mode.open, text, world))
    return hearForm(conversation, mode.open, text, world);
  return mentioningParked(understand(conversation, text, world));
}

const lists: ReadonlySet<Mode['kind']> = new Set([
  ...(['choosing', 'choosingSlot', 'slotFull', 'movingBooking', 'reading', 'browsingCases'] as const),
]);

function isListOpen({ kind }: Mode): boolean {
  return lists.has(kind);
}

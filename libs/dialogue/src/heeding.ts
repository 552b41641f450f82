import { askToArrive } from './arriving';
import { askForCases } from './cases';
import type { Command } from './commands';
import { endOpen, openForm, type Conversation, type Mode, type OpenForm } from './conversation';
import { formName } from './form-name';
import { hearForm, repeatForm, resumeParked } from './forms';
import { handOver } from './officer';
import { rateOnDemand } from './rating-question';
import { ask, led, quietly, say, type Step } from './step';
import { cleanText } from './text';
import { understand } from './understanding';
import type { World } from './world';
import { notNow, passed } from './rating-words';
import * as words from './words';

const ownsCancel: ReadonlySet<Mode['kind']> = new Set(['bookingOpen', 'movingBooking', 'waitOpen'] as const);
const ownsMove: ReadonlySet<Mode['kind']> = new Set([
  'bookingOpen',
  'movingBooking',
  'choosingSlot',
  'slotFull',
] as const);

/** Does what a command means at any moment; null when only what is open knows what to do with it. */
export function heed(conversation: Conversation, command: Command | null, text: string, world: World): Step | null {
  const { mode } = conversation;
  switch (command) {
    case 'progress':
      return askForCases(conversation, 'progress');
    case 'correct':
      return mode.kind === 'browsingCases' || mode.kind === 'correcting'
        ? null
        : askForCases(conversation, 'correction');
    case 'remind':
    case 'reopen':
      return isOnView(conversation) ? null : askForCases(conversation, command === 'remind' ? 'reminder' : 'reopening');
    case 'human':
      return handOver(conversation, 'asked', conversation.lastWords === '' ? text : conversation.lastWords);
    case 'help':
    case 'home':
      return help(conversation, world);
    case 'acceptOffer':
      return openForm(mode) ? null : ask(endOpen(conversation), { kind: 'acceptOffer' });
    case 'cancel':
      // A booking or a wait on view is what is meant.
      return ownsCancel.has(mode.kind) ? null : cancel(conversation, world);
    case 'checkIn':
      return openForm(mode) ? null : askToArrive(conversation, world);
    case 'move':
      return openForm(mode) || ownsMove.has(mode.kind) ? null : askForCases(conversation, 'progress');
    case 'leaveWait':
      return openForm(mode) ? null : ask(endOpen(conversation), { kind: 'leaveWaitlist' });
    case 'continue':
      return goOn(conversation, world);
    case 'wasAnswer':
      return takeHeld(conversation, world);
    case 'later':
      return later(conversation);
    case 'rate':
      return openForm(mode) ? say(conversation, notNow) : rateOnDemand(conversation);
    default:
      return null;
  }
}

/** One case is on view, and it is the one that is meant. */
function isOnView({ mode }: Conversation): boolean {
  return mode.kind === 'browsingCases' && mode.open !== null;
}

function help(conversation: Conversation, world: World): Step {
  const form = openForm(conversation.mode);
  if (!form) return say(endOpen({ ...conversation, alsoWanted: [] }), words.help(world.hotline));
  return say(conversation, `${words.help(world.hotline)}\n${words.kept(formName(form))}`);
}

/** Ends what is open; with nothing open, the form that was set aside. */
function cancel(conversation: Conversation, world: World): Step {
  const { mode, parked } = conversation;
  const form = openForm(mode);
  if (form) return cancelForm(conversation, form, mode.kind === 'reminding' ? mode.words : '', world);
  if (mode.kind === 'ratingOpen' || mode.kind === 'afterBadRating') return quietly(say(endOpen(conversation), passed));
  if (mode.kind !== 'idle') return say({ ...endOpen(conversation), alsoWanted: [] }, words.closed);
  const last = parked.at(-1);
  if (!last) return say(conversation, words.nothingOpen);
  return say({ ...conversation, parked: parked.slice(0, -1) }, words.cancelled(formName(last)));
}

function goOn(conversation: Conversation, world: World): Step | null {
  const { mode } = conversation;
  const form = openForm(mode);
  if (form) return repeatForm(conversation, form, world);
  if (mode.kind === 'reading' && conversation.parked.length === 0) return null;
  if (mode.kind === 'ratingOpen' || mode.kind === 'afterBadRating') return resumed(endOpen(conversation), world);
  return resumed(conversation, world);
}

function resumed(conversation: Conversation, world: World): Step {
  return resumeParked(conversation, world) ?? say(endOpen(conversation), words.nothingOpen);
}

/** Words that sounded like an emergency were the answer after all. */
function takeHeld(conversation: Conversation, world: World): Step | null {
  const form = openForm(conversation.mode);
  if (!form || form.kind === 'confirming' || form.held === null) return null;
  const open: OpenForm = { ...form, held: null };
  return hearForm({ ...conversation, mode: open }, open, form.held, world);
}

function later(conversation: Conversation): Step {
  const form = openForm(conversation.mode);
  if (form)
    return quietly(say({ ...conversation, mode: { kind: 'resting', open: form } }, words.rested(formName(form))));
  return quietly(say(endOpen({ ...conversation, alsoWanted: [] }), words.laterIdle));
}

/** Ends a form without sending anything; what was said meanwhile is looked at afterwards. */
export function cancelForm(conversation: Conversation, form: OpenForm, said: string, world: World): Step {
  const ended = endOpen(conversation);
  const told = words.cancelled(formName(form));
  return cleanText(said) === '' ? say(ended, told) : led(told, understand(ended, said, world));
}

import type { RefusalDetail } from '@linli/kernel';
import type { Outcome } from '@linli/contracts';
import { arrived } from './arriving';
import { booked, bookingLine, moved, showSlots, taken } from './booking';
import { showMoves } from './booking-moves';
import { showCases } from './cases';
import { endOpen, idle, type Conversation } from './conversation';
import { finish } from './finish';
import { mentioningParked } from './form-name';
import { resumeParked } from './forms';
import { questionsOf, isOnline } from './questions';
import { thankForGrade } from './rating-question';
import { led, quietly, say, type Step } from './step';
import { leftWaitlist, waiting } from './waiting';
import { showHandler } from './who';
import type { Turn, World } from './world';
import * as bookingWords from './booking-words';
import * as caseWords from './case-words';
import * as formWords from './form-words';
import * as officerWords from './officer-words';
import { added } from './rating-words';

/** Puts into words what became of an intent, once the house has performed or refused it. */
export function conclude(conversation: Conversation, outcome: Outcome, world: World): Turn {
  return finish(stepAfter(conversation, outcome, world), world);
}

/** The officer has ended the hand-over: Linli is back, and a form that was left is taken up again. */
export function officerLeft(conversation: Conversation, world: World): Turn {
  if (conversation.mode.kind !== 'withHuman') return { conversation, replies: [], intent: null };
  const back = { ...conversation, mode: idle };
  const resumed = resumeParked(back, world);
  return finish(resumed ? led(officerWords.left, resumed) : say(back, officerWords.left), world);
}

type BookingOutcome = Extract<
  Outcome,
  {
    kind:
      | 'slots'
      | 'booked'
      | 'moves'
      | 'bookingMoved'
      | 'waiting'
      | 'leftWaitlist'
      | 'arrived'
      | 'bookingCancelled'
      | 'noOffer';
  }
>;

function stepAfter(conversation: Conversation, outcome: Outcome, world: World): Step {
  switch (outcome.kind) {
    case 'caseOpened':
      return say(endOpen(conversation), formWords.opened(outcome.summary, outcome.toBring, world.today, world.hotline));
    case 'corrected':
      return say(endOpen(conversation), caseWords.corrected(outcome.number));
    case 'withdrawn':
      return say(endOpen(conversation), caseWords.withdrawn(outcome.number));
    case 'reminded':
      return say(endOpen(conversation), caseWords.reminded(outcome.number));
    case 'reopened':
      return say(endOpen(conversation), caseWords.reopened(outcome.number, outcome.dueOn, world.today));
    case 'cases':
      return showCases(conversation, outcome, world);
    case 'handler':
      return showHandler(conversation, outcome, world);
    case 'rated':
      return thankForGrade(conversation, outcome.serviceEventId, outcome.grade);
    case 'addedToRating':
      return say(endOpen(conversation), added);
    case 'handedOver':
      return handedOver(conversation, outcome);
    case 'passedOn':
      return passedOn(conversation);
    case 'tookBack':
      return tookBack(conversation, world);
    case 'refused':
      return refused(conversation, outcome, world);
    default:
      return afterBooking(conversation, outcome, world);
  }
}

function afterBooking(conversation: Conversation, outcome: BookingOutcome, world: World): Step {
  switch (outcome.kind) {
    case 'slots':
      return showSlots(conversation, outcome, world);
    case 'booked':
      return booked(conversation, outcome.booking, world);
    case 'moves':
      return showMoves(conversation, bookingLine(outcome.booking), outcome, world);
    case 'bookingMoved':
      return moved(conversation, outcome.booking, world);
    case 'waiting':
      return waiting(conversation, outcome.wait, world);
    case 'leftWaitlist':
      return leftWaitlist(conversation, outcome.wait, world);
    case 'arrived':
      return arrived(conversation, outcome.booking);
    case 'bookingCancelled':
      return say(endOpen(conversation), bookingWords.cancelled(outcome.number));
    case 'noOffer':
      return say(endOpen(conversation), bookingWords.noOffer);
  }
}

function handedOver(conversation: Conversation, desk: Extract<Outcome, { kind: 'handedOver' }>): Step {
  const { mode } = conversation;
  const reason = mode.kind === 'withHuman' ? mode.reason : 'asked';
  const withHuman = mode.kind === 'withHuman' ? mode : ({ kind: 'withHuman', reason, acknowledged: false } as const);
  return mentioningParked(say({ ...conversation, mode: withHuman }, officerWords.handedOver(reason, desk)));
}

/** Acknowledged once, then silent: the officer speaks. */
function passedOn(conversation: Conversation): Step {
  const { mode } = conversation;
  if (mode.kind !== 'withHuman' || mode.acknowledged) return say(conversation);
  return say({ ...conversation, mode: { ...mode, acknowledged: true } }, officerWords.passedOn);
}

function tookBack(conversation: Conversation, world: World): Step {
  const back = conversation.mode.kind === 'withHuman' ? { ...conversation, mode: idle } : conversation;
  const resumed = back.mode.kind === 'idle' ? resumeParked(back, world) : null;
  return resumed ? led(officerWords.backShort, resumed) : say(back, officerWords.back);
}

/** A refusal leaves a form open to be mended, and ends anything else. */
function refused(
  conversation: Conversation,
  { code, words, errors }: Extract<Outcome, { kind: 'refused' }>,
  world: World,
): Step {
  const { mode } = conversation;
  if (code.startsWith('rating.')) return quietly(say(endOpen(conversation), words));
  const told = formWords.refused(words, problemsOf(conversation, errors, world), world.hotline);
  switch (mode.kind) {
    case 'confirming':
    case 'reporting':
      return quietly(say(conversation, `${told}\n${formWords.mend}`));
    case 'correcting':
      return quietly(say(conversation, told));
    case 'withHuman':
      return quietly(say({ ...conversation, mode: idle }, told));
    case 'choosingSlot':
      return code === 'booking.full' && mode.chosen
        ? taken(conversation, mode, mode.chosen)
        : quietly(say(endOpen(conversation), told));
    case 'movingBooking':
      return quietly(say(endOpen(conversation), `${told}\n${bookingWords.stillBooked}`));
    default:
      return quietly(say(endOpen(conversation), told));
  }
}

/** What the house found wrong, field by field, under the names the resident knows. */
function problemsOf(conversation: Conversation, errors: readonly RefusalDetail[], world: World): string[] {
  const { mode } = conversation;
  const entry = mode.kind === 'confirming' ? world.entry(mode.sheet.entryId) : undefined;
  const questions = isOnline(entry) ? questionsOf(entry, world) : [];
  return errors.flatMap(({ at, problem }) => {
    const label = questions.find((question) => question.id === at)?.label;
    const sentence = /\p{Script=Han}/u.test(problem) ? problem : '';
    return label === undefined && sentence === '' ? [] : [[label, sentence].filter(Boolean).join('：')];
  });
}

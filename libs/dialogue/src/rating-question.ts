import { grades, type Grade, type RatingRequest } from '@linli/contracts';
import { commandOf, isGreeting, isThanks, yesOrNo } from './commands';
import { endOpen, idle, setAside, withoutRating, withRating, type Conversation, type Mode } from './conversation';
import { chineseNumber, ordinalOf } from './digits';
import { ask, quietly, say, type Step } from './step';
import { clipped } from './words';
import { fold } from './text';
import type { World } from './world';
import * as words from './rating-words';

const spoken: ReadonlyMap<string, Grade> = new Map<string, Grade>([
  ...grades.map((grade): [string, Grade] => [words.gradeNames[grade], grade]),
  ...['很满意', '十分满意', '特别满意'].map((word): [string, Grade] => [word, 'verySatisfied']),
  ...['很不满意', '十分不满意', '特别不满意'].map((word): [string, Grade] => [word, 'veryDissatisfied']),
]);

/** The grade a text gives: 5 非常满意 … 1 非常不满意; null when it gives none. `第一个` could mean either end. */
export function gradeOf(text: string): Grade | null {
  const said = fold(text)
    .replace(/^(?:我打|打|我给|给|我评|评|我选|选|回复)/, '')
    .replace(/[吧啊呀了]$/, '');
  const [, digit, name = ''] = /^([1-5一二三四五])?[分星]?(.*)$/.exec(said) ?? [];
  const numbered = digit === undefined ? null : grades[grades.length - (chineseNumber(digit) ?? Number(digit))];
  const named = spoken.get(name) ?? null;
  if (name === '') return numbered ?? null;
  return numbered && numbered !== named ? null : named;
}

/** Whether nothing is open that a digit could belong to, nor anything the resident may still come back to. */
export function isFree(conversation: Conversation): boolean {
  return conversation.mode.kind === 'idle' && conversation.parked.length === 0 && conversation.alsoWanted.length === 0;
}

/** Puts the rating question, and nothing else stays open. */
export function putQuestion(
  conversation: Conversation,
  request: RatingRequest,
): { readonly conversation: Conversation; readonly text: string } {
  return {
    conversation: {
      ...withoutRequest(conversation, request.serviceEventId),
      askedRating: request,
      mode: { kind: 'ratingOpen', reminded: false },
    },
    text: clipped(words.question(request)),
  };
}

/** Asks for a rating now, or lets the question wait (`text` null) while anything is open; each service is asked about once. */
export function askRating(
  conversation: Conversation,
  request: RatingRequest,
): { conversation: Conversation; text: string | null } {
  const { askedRating, ratingsWaiting, ratingsPassed } = conversation;
  const known = [...ratingsWaiting, ...ratingsPassed, ...(askedRating ? [askedRating] : [])];
  if (known.some((one) => one.serviceEventId === request.serviceEventId)) return { conversation, text: null };
  if (isFree(conversation)) return putQuestion(conversation, request);
  return { conversation: { ...conversation, ratingsWaiting: withRating(ratingsWaiting, request) }, text: null };
}

/** The question never arrived: no later digit may answer it, and it is asked again when there is room. */
export function ratingUndelivered(conversation: Conversation, serviceEventId: string): Conversation {
  const { askedRating, ratingsPassed, ratingsWaiting } = conversation;
  const request = [...ratingsPassed, ...(askedRating ? [askedRating] : [])].find(
    (one) => one.serviceEventId === serviceEventId,
  );
  if (!request) return conversation;
  return {
    ...withoutRequest(conversation, serviceEventId),
    ratingsWaiting: [request, ...withoutRating(ratingsWaiting, serviceEventId)],
  };
}

/** Rated through another door: neither asked nor offered any more. */
export function ratingGivenElsewhere(conversation: Conversation, serviceEventId: string): Conversation {
  return withoutRequest(conversation, serviceEventId);
}

function withoutRequest(conversation: Conversation, serviceEventId: string): Conversation {
  const { askedRating, ...rest } = conversation;
  const isOpen = askedRating?.serviceEventId === serviceEventId;
  return {
    ...rest,
    ...(askedRating && !isOpen ? { askedRating } : {}),
    mode: isOpen && rest.mode.kind === 'ratingOpen' ? idle : rest.mode,
    ratingsWaiting: withoutRating(rest.ratingsWaiting, serviceEventId),
    ratingsPassed: withoutRating(rest.ratingsPassed, serviceEventId),
  };
}

/** 「评价」: brings up a question that waits, else the last one left unanswered. */
export function rateOnDemand(conversation: Conversation): Step {
  const aside = endOpen(conversation);
  const request = aside.ratingsWaiting[0] ?? aside.ratingsPassed.at(-1);
  if (!request) return say(aside, words.noneWaiting);
  if (aside.parked.length > 0) return say(aside, words.notNow);
  const asked = putQuestion(aside, request);
  return quietly(say(asked.conversation, asked.text));
}

/** What words do to an open rating question; null when they are a new wish: the question is closed then. */
export function hearGrade(
  conversation: Conversation,
  mode: Extract<Mode, { kind: 'ratingOpen' }>,
  text: string,
  world: World,
): Step | null {
  const request = conversation.askedRating;
  if (!request) return null;
  const grade = gradeOf(text);
  if (grade) {
    const { serviceEventId } = request;
    return ask(withoutRequest(conversation, serviceEventId), { kind: 'rate', serviceEventId, grade });
  }
  const command = commandOf(text);
  if (ordinalOf(text) === 0 || command === 'skip' || /^不(?:想)?评/.test(fold(text)) || isThanks(text))
    return quietly(say(setAside(conversation), words.passed));
  const isWish = isGreeting(text) || fold(text) === '' || world.route(text).decision !== 'none';
  if (ordinalOf(text) === null && isWish) return null;
  if (mode.reminded) return quietly(say(setAside(conversation), words.passed));
  return say({ ...conversation, mode: { ...mode, reminded: true } }, words.again(request));
}

/** The sentence after a bad grade, or a nought. */
export function hearReason(
  conversation: Conversation,
  mode: Extract<Mode, { kind: 'afterBadRating' }>,
  text: string,
): Step {
  const number = ordinalOf(text);
  const declines = number === 0 || commandOf(text) === 'skip' || (fold(text).length <= 3 && yesOrNo(text) === false);
  if (declines || isThanks(text)) return say({ ...conversation, mode: idle }, words.reasonKept);
  if (number !== null || fold(text) === '') return say(conversation, words.wordsPlease);
  return ask(conversation, { kind: 'addToRating', serviceEventId: mode.serviceEventId, text });
}

/** After a grade was taken: thanks, and after a bad one the question why. */
export function thankForGrade(conversation: Conversation, serviceEventId: string, grade: Grade): Step {
  const bad = grade === 'dissatisfied' || grade === 'veryDissatisfied';
  if (!bad) return say({ ...conversation, mode: idle }, words.thanks(grade));
  return say({ ...conversation, mode: { kind: 'afterBadRating', serviceEventId } }, words.badAsked(grade));
}

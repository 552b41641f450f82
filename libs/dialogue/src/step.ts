import type { Intent } from '@linli/contracts';
import type { Conversation } from './conversation';
import { replyLimit } from './text';

/** What a rule makes of a message, before the turn adds what waits and checks the limits. */
export interface Step {
  readonly conversation: Conversation;
  readonly replies: readonly string[];
  readonly intent: Intent | null;
  /** Not understood or refused by a check: counts towards a human. */
  readonly missed: boolean;
  /** Nothing that waits may be added now. */
  readonly quiet: boolean;
}

/** Says something and asks for nothing. */
export function say(conversation: Conversation, ...replies: readonly string[]): Step {
  return { conversation, replies, intent: null, missed: false, quiet: false };
}

/** Asks the house for something; the words follow when it is done. */
export function ask(conversation: Conversation, intent: Intent, ...replies: readonly string[]): Step {
  return { conversation, replies, intent, missed: false, quiet: false };
}

/** The step, with nothing that waits added to it. */
export function quietly(step: Step): Step {
  return { ...step, quiet: true };
}

/** The step with words before its own, in one reply with its first. */
export function led(lead: string, step: Step): Step {
  const [first, ...rest] = step.replies;
  return { ...step, replies: first === undefined ? [lead] : [`${lead}\n${first}`, ...rest] };
}

/** The step with a sentence after its own: in its last reply when there is room, once. */
export function trailed(step: Step, sentence: string): Step {
  const last = step.replies.at(-1) ?? '';
  if (last === '' || last.includes(sentence)) return step;
  const both = `${last}\n${sentence}`;
  return both.length <= replyLimit
    ? { ...step, replies: [...step.replies.slice(0, -1), both] }
    : { ...step, replies: [...step.replies, sentence] };
}

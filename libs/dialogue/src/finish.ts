import type { Conversation } from './conversation';
import { mentioningParked } from './form-name';
import { isFree, putQuestion } from './rating-question';
import type { Step } from './step';
import type { Turn, World } from './world';
import * as words from './words';

/** Ends a turn: what waited is brought up when nothing is open, and every reply is held to its limit. */
export function finish(step: Step, world: World): Turn {
  const { conversation, replies } = step.quiet || step.missed || step.intent ? step : withWaiting(step);
  return {
    conversation: {
      ...conversation,
      wrongAnswers: step.missed ? conversation.wrongAnswers : 0,
      lastAt: world.now.toISOString(),
    },
    replies: replies.map(words.clipped).filter((reply) => reply !== ''),
    intent: step.intent,
  };
}

type Said = Pick<Step, 'conversation' | 'replies'>;

/** Further wishes first, then the form that was set aside, then a rating: one at a time. */
function withWaiting(step: Step): Said {
  const { conversation, replies } = step;
  if (conversation.mode.kind !== 'idle' || replies.length === 0) return step;
  if (conversation.alsoWanted.length > 0) return offerWishes(conversation, replies);
  if (conversation.parked.length > 0) return mentioningParked(step);
  const [request] = conversation.ratingsWaiting;
  if (!request || !isFree(conversation)) return step;
  const asked = putQuestion(conversation, request);
  return { conversation: asked.conversation, replies: [...replies, asked.text] };
}

function offerWishes(conversation: Conversation, replies: readonly string[]): Said {
  const { alsoWanted: candidates } = conversation;
  const list = words.alsoWanted(
    candidates.map((one) => one.name),
    words.notNow,
  );
  const mode = { kind: 'choosing', candidates, words: '', none: words.notNow } as const;
  return { conversation: { ...conversation, alsoWanted: [], mode }, replies: [...replies, list] };
}

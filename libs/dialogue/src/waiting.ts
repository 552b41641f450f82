import type { WaitSummary } from '@linli/contracts';
import { commandOf } from './commands';
import { endOpen, type Conversation, type Mode } from './conversation';
import { ask, say, type Step } from './step';
import type { World } from './world';
import * as words from './wait-words';
import { closed } from './words';

/** 候补: says where in the line the resident stands; 取消 now means this. */
export function waiting(conversation: Conversation, wait: WaitSummary, world: World): Step {
  return say(
    { ...endOpen(conversation), mode: { kind: 'waitOpen', waitId: wait.id } },
    words.waiting(wait, world.today),
  );
}

/** What words do while a wait is on view; null when they mean something else. */
export function hearWait(
  conversation: Conversation,
  { waitId }: Extract<Mode, { kind: 'waitOpen' }>,
  text: string,
): Step | null {
  const command = commandOf(text);
  if (command === 'cancel') return ask(conversation, { kind: 'leaveWaitlist', id: waitId });
  return command === 'back' ? say(endOpen(conversation), closed) : null;
}

export function leftWaitlist(conversation: Conversation, wait: WaitSummary | null, world: World): Step {
  return say(endOpen(conversation), wait === null ? words.noWait : words.left(wait, world.today));
}

import type { Conversation } from './conversation';
import { keptPoint } from './kept';
import { ask, type Step } from './step';
import { wantedTime } from './wanted-time';
import type { World } from './world';

/** Asks for the free times of a service: at the time the words wish for, near the place that was sent a moment ago. */
export function listSlots(
  conversation: Conversation,
  serviceId: string,
  said: string,
  world: World,
  party = partyOf(conversation),
): Step {
  const near = keptPoint(conversation, world);
  const within = wantedTime(said, world.today, world.now);
  return ask(conversation, {
    kind: 'listSlots',
    serviceId,
    ...(near === null ? {} : { near }),
    ...(within === null ? {} : { within }),
    ...(party === 1 ? {} : { party }),
  });
}

/** How many the list that is open is for. */
function partyOf({ mode }: Conversation): number {
  return mode.kind === 'choosingSlot' || mode.kind === 'slotFull' ? (mode.party ?? 1) : 1;
}

import type { RouteCandidate, RouteResult } from '@linli/contracts';
import { isGreeting, isThanks } from './commands';
import { setAside, type Choice, type Conversation } from './conversation';
import { ordinalOf } from './digits';
import { handOver, miss } from './officer';
import { present } from './reading';
import { quietly, say, type Step } from './step';
import { fold } from './text';
import type { World } from './world';
import * as words from './words';

const listLimit = 5;

/** What free words mean, whatever was open: it is set aside. */
export function understand(conversation: Conversation, text: string, world: World): Step {
  const aside = { ...setAside(conversation), alsoWanted: [] };
  if (isGreeting(text)) return say(aside, words.greeting(world.hotline));
  if (isThanks(text)) return say(aside, words.thanked);
  if (fold(text) === '') return quietly(say(aside, words.courtesy));
  if (ordinalOf(text) !== null) return quietly(say(aside, words.noList(world.hotline)));
  const meant = world.route(text);
  const heard = { ...aside, lastWords: text };
  if (meant.decision === 'human') return handOver(heard, 'asked', text);
  return offer(heard, meant, text, world) ?? miss(heard, words.notUnderstood(world.hotline), text);
}

/** Shows what was surely meant, asks between what may have been; null when there is nothing to offer. */
function offer(conversation: Conversation, meant: RouteResult, text: string, world: World): Step | null {
  if (meant.decision !== 'route' && meant.decision !== 'clarify') return null;
  const wishes = wishesIn(meant);
  const [first, ...others] = wishes;
  if (!first) return null;
  const said = others.length > 0 ? (meant.intents?.[0]?.text ?? text) : text;
  if (meant.decision === 'route') return present(conversation, first.id, said, others, world);
  const names = wishes.map((one) => one.name);
  return say(
    { ...conversation, mode: { kind: 'choosing', candidates: wishes, words: text, none: words.noneName } },
    words.whichOne(names),
  );
}

/** Several wishes give the first meaning of each; one that is unsure gives its candidates. */
function wishesIn({ decision, candidates, intents }: RouteResult): Choice[] {
  const several = intents !== undefined && intents.length > 1;
  const found = several
    ? intents.flatMap((intent) => intent.candidates.slice(0, 1))
    : candidates.slice(0, decision === 'route' ? 1 : listLimit);
  return unique(found).slice(0, listLimit);
}

function unique(candidates: readonly RouteCandidate[]): Choice[] {
  return [...new Map(candidates.map(({ id, name }) => [id, { id, name }])).values()];
}

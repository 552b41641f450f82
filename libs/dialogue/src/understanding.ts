import type { RouteCandidate, RouteResult } from '@linli/contracts';
import { isGreeting, isThanks } from './commands';
import { setAside, type Choice, type Conversation, type Mode } from './conversation';
import { ordinalOf } from './digits';
import { handOver, miss } from './officer';
import { present } from './reading';
import { askWho, asksWho } from './who';
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
  const asked = askedBefore(conversation.mode);
  if (meant.decision === 'human') return handOver(heard, 'asked', text);
  return offer(heard, meant, text, { world, asked }) ?? miss(heard, words.notUnderstood(world.hotline), text);
}

/** Shows what was surely meant, asks between what may have been; null when there is nothing to offer. */
function offer(
  conversation: Conversation,
  meant: RouteResult,
  text: string,
  { world, asked }: { readonly world: World; readonly asked: number },
): Step | null {
  if (meant.decision !== 'route' && meant.decision !== 'clarify') return null;
  const wishes = wishesIn(meant);
  const [first, ...others] = wishes;
  if (!first) return null;
  const said = others.length > 0 ? (meant.intents?.[0]?.text ?? text) : text;
  if (meant.decision === 'route' && others.length === 0 && asksWho(text)) return askWho(conversation, first.id, world);
  const later = others.map(({ id, name }): Choice => ({ id, name }));
  if (meant.decision === 'route') return present(conversation, first.id, said, later, world);
  return whichOne(conversation, wishes, text, { asked: asked + 1, question: meant.question });
}

/** An entry that may have been meant, and the resident's own words that say so. */
interface Wish extends Choice {
  readonly said: string;
}

const questionsMost = 2;

/** Which one is meant? After two such questions a person is among the answers. */
function whichOne(
  conversation: Conversation,
  candidates: readonly Wish[],
  text: string,
  { asked, question }: { readonly asked: number; readonly question: string | undefined },
): Step {
  const names = candidates.map(({ name, said }) => words.asSaid(name, said));
  const lost = asked > questionsMost;
  const none = lost ? words.humanName : words.noneName;
  const choices = candidates.map(({ id, name }): Choice => ({ id, name }));
  const mode: Mode = { kind: 'choosing', candidates: choices, words: text, none, asked };
  return say({ ...conversation, mode }, lost ? words.orSomebody(names) : words.whichOne(names, question));
}

/** How often in a row it was asked already; other lists are no questions. */
function askedBefore(mode: Mode): number {
  return mode.kind === 'choosing' ? (mode.asked ?? 0) : 0;
}

/** Several wishes give the first meaning of each; one that is unsure gives its candidates. */
function wishesIn({ decision, candidates, intents }: RouteResult): Wish[] {
  const several = intents !== undefined && intents.length > 1;
  const found = several
    ? intents.flatMap((intent) => intent.candidates.slice(0, 1))
    : candidates.slice(0, decision === 'route' ? 1 : listLimit);
  return unique(found).slice(0, listLimit);
}

function unique(candidates: readonly RouteCandidate[]): Wish[] {
  return [...new Map(candidates.map(({ id, name, reasons }) => [id, { id, name, said: saidIn(reasons) }])).values()];
}

/** The resident's own words that speak for an entry: what stands before the arrow of its first reason; a single sign tells nobody anything. */
function saidIn([reason = '']: readonly string[]): string {
  return /^(?:「[^」]{2,}」)+/.exec(reason)?.[0] ?? '';
}

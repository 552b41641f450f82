import type { Outcome } from '@linli/contracts';
import { endOpen, setAside, type Choice, type Conversation, type Mode } from './conversation';
import { keptPoint } from './kept';
import { ask, quietly, say, type Step } from './step';
import { fold } from './text';
import type { World } from './world';
import * as words from './who-words';
import { entryGone, notNow } from './words';

const longest = 40;
const asking =
  /归谁|归哪.{0,4}管|(?:该|应该|要|得|去|能)找(?:谁|哪个(?:部门|单位))|找谁(?:管|解决|处理|反映)?$|谁(?:负责|来管|在管)|由(?:谁|哪个)|(?:哪个|什么|啥)(?:部门|单位)(?:管|负责|的事|处理)?/;

/** Whether words ask who handles something, rather than to have it handled. */
export function asksWho(text: string): boolean {
  const said = fold(text);
  return said.length <= longest && asking.test(said);
}

/** 这事归谁管: asks the house, with the place that was sent a moment ago. */
export function askWho(conversation: Conversation, entryId: string, world: World): Step {
  const spot = keptPoint(conversation, world);
  const subdistrictId = conversation.subdistrictId ?? world.knownSubdistrictId;
  return ask(setAside(conversation), { kind: 'whoHandles', entryId, subdistrictId, ...(spot ? { spot } : {}) });
}

/** The place that was sent after it was said who handles it. */
export function askWhoAt(
  conversation: Conversation,
  { candidates }: Extract<Mode, { kind: 'choosing' }>,
  spot: { readonly lat: number; readonly lng: number },
): Step | null {
  const [only] = candidates;
  if (!only) return null;
  return ask(setAside(conversation), { kind: 'whoHandles', entryId: only.id, subdistrictId: null, spot });
}

/** Says who, why, and why not the nearer ones; a digit goes on with the matter itself. */
export function showHandler(
  conversation: Conversation,
  { entryId, ...told }: Extract<Outcome, { kind: 'handler' }>,
  world: World,
): Step {
  const entry = world.entry(entryId);
  if (!entry) return quietly(say(endOpen(conversation), entryGone(world.hotline)));
  const candidates: readonly Choice[] = [{ id: entry.id, name: words.goOn(entry.kind) }];
  const mode: Mode = { kind: 'choosing', candidates, words: conversation.lastWords, none: notNow, who: true };
  return say({ ...endOpen(conversation), mode }, words.handler(entry, told, [words.goOn(entry.kind), notNow]));
}

import { commandOf, yesOrNo } from './commands';
import type { Conversation, Mode } from './conversation';
import { chineseNumber, ordinalOf, pick } from './digits';
import { miss } from './officer';
import { say, type Step } from './step';
import { fold } from './text';
import type { World } from './world';
import * as words from './booking-for-words';

type Choosing = Extract<Mode, { kind: 'choosingSlot' }>;
type Naming = Extract<Mode, { kind: 'bookingFor' }>;

const people =
  /^(?:我们|一共|总共|共|有|约|要|来|去)*(\d{1,3}|[一二两三四五六七八九十]{1,3})个?人(?:去|来|吃|一起|吧)*$/;
const forOther =
  /^(?:我)?(?:要|想|是|来)?(?:替|帮|给|为|代)(?:我|俺|家里)?(?:的)?(?:妈|爸|爷爷|奶奶|公公|婆婆|岳父|岳母|老伴|爱人|父亲|母亲|孩子|儿子|女儿|老人|邻居|别人|家里人|家人|他|她|人)[^，。]{0,4}?(?:预?约|订|办)?(?:的|吧)?$/;
const personName = /^[\p{Script=Han}·]{2,15}$/u;

/** How many come, when the words say just that. */
export function partyIn(text: string): number | null {
  const said = people.exec(fold(text))?.[1];
  if (said === undefined) return null;
  const party = /^\d+$/.test(said) ? Number(said) : chineseNumber(said);
  return party !== null && party >= 1 ? party : null;
}

/** Whether words say that somebody else is to come. */
export function isForOther(text: string): boolean {
  return forOther.test(fold(text));
}

/** 代约: asks whose name the seat is in. */
export function askName(conversation: Conversation, choosing: Choosing): Step {
  return say({ ...conversation, mode: { kind: 'bookingFor', choosing, name: null } }, words.whoseName);
}

/** The name, then whether they agree (老年人权益保障法 §55: it must be their own will); null when words mean something else. */
export function hearName(conversation: Conversation, mode: Naming, text: string, world: World): Step | null {
  const { choosing, name } = mode;
  if (commandOf(text) === 'back') return backTo(conversation, choosing, null, world);
  if (name === null) {
    const said = text.replace(/^(?:他|她|老人)?(?:叫|姓名是?|名字是?)[:：]?\s*/, '').trim();
    if (!personName.test(said)) return miss(conversation, words.noName, text);
    return say({ ...conversation, mode: { ...mode, name: said } }, words.agrees(said));
  }
  const chosen = pick(text, words.consentChoices);
  const agreed = chosen === null ? yesOrNo(text) : chosen === 0;
  if (agreed === null) return ordinalOf(text) === null ? null : miss(conversation, words.agrees(name), text);
  return backTo(conversation, choosing, agreed ? name : null, world);
}

function backTo(conversation: Conversation, choosing: Choosing, name: string | null, { hotline }: World): Step {
  const { onBehalfOf: _, ...rest } = choosing;
  const mode: Choosing = name === null ? rest : { ...rest, onBehalfOf: name };
  const names = [...choosing.slots, ...(choosing.full ?? [])].map((one) => one.name);
  return say({ ...conversation, mode }, name === null ? words.forYourself(names, hotline) : words.forName(name, names));
}

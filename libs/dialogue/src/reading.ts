import type { CatalogueEntry, ServiceGuide } from '@linli/contracts';
import { commandOf } from './commands';
import { endOpen, setAside, type Choice, type Conversation, type Mode, type Section } from './conversation';
import { ordinalOf, pick } from './digits';
import { beginApplication } from './filling';
import { handOver, miss } from './officer';
import { isOnline } from './questions';
import { beginReport } from './reporting';
import { listSlots } from './slot-wishes';
import { led, quietly, say, type Step } from './step';
import { fold } from './text';
import { askWho, asksWho } from './who';
import type { World } from './world';
import * as guideWords from './guide-words';
import * as words from './words';

type Reading = Extract<Mode, { kind: 'reading' }>;
type Choosing = Extract<Mode, { kind: 'choosing' }>;
type Guided = CatalogueEntry & { readonly guide: ServiceGuide };

interface MenuLine {
  readonly key: keyof typeof guideWords.menuNames | 'also';
  readonly name: string;
  readonly id?: string;
}

const menuLimit = 9;

function isGuided(entry: CatalogueEntry): entry is Guided {
  return entry.guide !== undefined;
}

/** What can be asked next about an entry, and the other wishes of the same message. */
function menuOf(entry: CatalogueEntry, also: readonly Choice[]): MenuLine[] {
  const keys: (keyof typeof guideWords.menuNames)[] = isOnline(entry)
    ? ['materials', 'steps', 'apply', 'where', 'basis']
    : isGuided(entry)
      ? ['materials', 'steps', 'where', 'basis']
      : ['human'];
  return [
    ...keys.map((key): MenuLine => ({ key, name: guideWords.menuNames[key] })),
    ...also.map(({ id, name }): MenuLine => ({ key: 'also', name: guideWords.also(name), id })),
  ].slice(0, menuLimit);
}

/** Shows an entry: an overview of an item or service, the first question of a report. */
export function present(
  conversation: Conversation,
  entryId: string,
  said: string,
  also: readonly Choice[],
  world: World,
): Step {
  const entry = world.entry(entryId);
  const aside = { ...setAside(conversation), alsoWanted: also };
  if (!entry) return quietly(say({ ...aside, alsoWanted: [] }, words.entryGone(world.hotline)));
  if (entry.kind === 'report') return beginReport(aside, entry, said, world);
  // Shown for now, and all that is shown when there is no free time.
  if (entry.kind === 'service' && world.isBookable?.(entry.id))
    return listSlots({ ...aside, mode: readingOf(entry) }, entry.id, said, world);
  return overview(aside, entry, world);
}

function readingOf(entry: CatalogueEntry): Reading {
  return { kind: 'reading', entryId: entry.id, section: 'overview', page: 0 };
}

export function overview(conversation: Conversation, entry: CatalogueEntry, world: World): Step {
  const menu = menuOf(entry, conversation.alsoWanted).map((line) => line.name);
  return say({ ...conversation, mode: readingOf(entry) }, guideWords.overview(entry, menu, world.hotline));
}

/** What words do while a guide is read; null when they mean something else. */
export function hearReading(conversation: Conversation, mode: Reading, text: string, world: World): Step | null {
  const entry = world.entry(mode.entryId);
  if (!entry) return quietly(say(endOpen(conversation), words.entryGone(world.hotline)));
  const menu = menuOf(entry, conversation.alsoWanted);
  const names = menu.map((line) => line.name);
  const line = menu[pick(text, names) ?? -1];
  if (line) return follow(conversation, entry, line, world);
  const command = commandOf(text);
  if (command === 'back') return overview(conversation, entry, world);
  if (command === 'more' || command === 'continue') return nextPage(conversation, mode, entry, names, world);
  if (ordinalOf(text) !== null) return miss(conversation, guideWords.notOnMenu(names.length, world.hotline), text);
  if (asksWho(text) && isAbout(text, entry, world)) return askWho(conversation, entry.id, world);
  const topic = topicOf(text, entry, world);
  if (topic === 'overview') return overview(conversation, entry, world);
  const asked = menu.find((one) => one.key === topic);
  return asked ? follow(conversation, entry, asked, world) : null;
}

function follow(conversation: Conversation, entry: CatalogueEntry, line: MenuLine, world: World): Step {
  switch (line.key) {
    case 'also':
      return present(
        conversation,
        line.id ?? '',
        '',
        conversation.alsoWanted.filter((one) => one.id !== line.id),
        world,
      );
    case 'human':
      return handOver(conversation, 'asked', entry.name);
    case 'apply':
      return isOnline(entry) ? beginApplication(conversation, entry, world) : overview(conversation, entry, world);
    default:
      return isGuided(entry) ? showSection(conversation, entry, line.key, 0) : overview(conversation, entry, world);
  }
}

function showSection(
  conversation: Conversation,
  entry: Guided,
  which: Exclude<Section, 'overview'>,
  page: number,
): Step {
  const menu = menuOf(entry, conversation.alsoWanted).map((line) => line.name);
  const mode: Reading = { kind: 'reading', entryId: entry.id, section: which, page };
  return say({ ...conversation, mode }, guideWords.section(entry, which, page, menu));
}

function nextPage(
  conversation: Conversation,
  mode: Reading,
  entry: CatalogueEntry,
  menu: readonly string[],
  world: World,
): Step {
  if (mode.section === 'overview' || !isGuided(entry)) return overview(conversation, entry, world);
  const last = guideWords.pagesIn(entry, mode.section, menu).length - 1;
  if (mode.page < last) return showSection(conversation, entry, mode.section, mode.page + 1);
  return led(guideWords.lastPage, showSection(conversation, entry, mode.section, last));
}

const topics: readonly (readonly [RegExp, MenuLine['key'] | 'overview'])[] = [
  [/材料|带什么|带啥|要什么|准备|证件|资料/, 'materials'],
  [/步骤|流程|程序|怎么办|怎么弄|咋办|咋弄/, 'steps'],
  [/多久|几天|多少天|多长|多少钱|收费|要钱|费用|免费|谁能/, 'overview'],
  [/哪里|哪儿|在哪|地址|地点|几点|上班|电话|窗口/, 'where'],
  [/条件|资格|依据|规定|投诉/, 'basis'],
  [/申请|报名|我要办|现在办|给我办|帮我办|办吧|开始|申领/, 'apply'],
];

/** Whether words said over an entry do not surely mean another one. */
function isAbout(text: string, entry: CatalogueEntry, world: World): boolean {
  const { decision, candidates } = world.route(text);
  return decision !== 'human' && (decision !== 'route' || candidates[0]?.id === entry.id);
}

/** What a short follow-up asks about the entry on view; null when it means another entry or nothing we know. */
function topicOf(text: string, entry: CatalogueEntry, world: World): MenuLine['key'] | 'overview' | null {
  const said = fold(text);
  if (said.length > 14) return null;
  if (!isAbout(text, entry, world)) return null;
  return topics.find(([words]) => words.test(said))?.[1] ?? null;
}

/** What words do to a list of entries; null when they mean something else. */
export function hearChoosing(conversation: Conversation, mode: Choosing, text: string, world: World): Step | null {
  const { candidates, none } = mode;
  const chosen = pick(text, [...candidates.map((one) => one.name), none]);
  const candidate = candidates[chosen ?? -1];
  if (none === words.humanName && chosen === candidates.length)
    return handOver(endOpen(conversation), 'notUnderstood', mode.words);
  const offered = none === words.notNow;
  if (candidate) {
    const rest = offered ? candidates.filter((one) => one !== candidate) : [];
    return present(conversation, candidate.id, mode.words, rest, world);
  }
  const declines = chosen !== null || /^(?:都不|不是|没有|都没)/.test(fold(text)) || commandOf(text) === 'back';
  if (declines && offered) return say(endOpen(conversation), words.closed);
  if (declines) return miss(endOpen(conversation), words.noneOfThese(world.hotline), mode.words);
  return ordinalOf(text) === null ? null : miss(conversation, words.notOnList(candidates.length + 1), text);
}

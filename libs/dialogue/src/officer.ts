import type { HandOverReason, InboundContent } from '@linli/contracts';
import { commandOf } from './commands';
import { openForm, setAside, type Conversation } from './conversation';
import { hoursSince } from './elapsed';
import { formName } from './form-name';
import { ask, say, type Step } from './step';
import { cleanText, textLimit } from './text';
import type { World } from './world';
import * as words from './words';
import * as officerWords from './officer-words';

const wrongAnswersLimit = 3;
/** After so long a silence it is worth saying again who is listening. */
const silenceHours = 12;

/** Hands the conversation to an officer; an open form is kept. */
export function handOver(conversation: Conversation, reason: HandOverReason, said: string): Step {
  const form = openForm(conversation.mode);
  const context = form ? `（正在办${formName(form)}）` : '';
  const aside = setAside(conversation);
  return ask(
    { ...aside, wrongAnswers: 0, mode: { kind: 'withHuman', reason, acknowledged: false } },
    { kind: 'handOver', reason, lastWords: `${context}${said}` },
  );
}

/** Something was not understood or refused by a check: says so, and at the third time in a row fetches an officer. */
export function miss(conversation: Conversation, reply: string, said: string): Step {
  const wrongAnswers = conversation.wrongAnswers + 1;
  if (wrongAnswers >= wrongAnswersLimit) return handOver(conversation, 'threeWrongAnswers', said);
  return { ...say({ ...conversation, wrongAnswers }, reply), missed: true };
}

/** While an officer has the conversation: everything is passed on, except the words that bring Linli back. */
export function hearForOfficer(conversation: Conversation, content: InboundContent, world: World): Step {
  const { mode } = conversation;
  if (mode.kind !== 'withHuman') return say(conversation);
  const rested = hoursSince(conversation.lastAt, world.now) >= silenceHours;
  const listening = rested ? { ...conversation, mode: { ...mode, acknowledged: false } } : conversation;
  switch (content.kind) {
    case 'text':
      return passWords(listening, content.text, [], world);
    case 'voice':
      return passWords(listening, content.recognition ?? '', [content.mediaId], world);
    case 'image':
    case 'video':
      return passOn(listening, '', [content.mediaId]);
    case 'location':
      return passOn(listening, officerWords.place(cleanText(content.label), content.lat, content.lng), []);
    case 'link':
      return passOn(listening, cleanText(`${content.title} ${content.url}`).slice(0, textLimit), []);
    case 'menuClick':
      return byCommand(listening, content.key, world) ?? say(listening, officerWords.waiting(world.hotline));
    default:
      return say(listening, officerWords.waiting(world.hotline));
  }
}

function passWords(conversation: Conversation, raw: string, mediaIds: readonly string[], world: World): Step {
  if (raw.length > textLimit) return say(conversation, words.tooLong);
  const text = cleanText(raw);
  const meant = text === '' ? null : world.route(text);
  if (meant?.decision === 'emergency' && meant.emergency) {
    const { call, advice } = meant.emergency;
    return { ...passOn(conversation, text, mediaIds), replies: [words.emergency(call, advice)] };
  }
  return byCommand(conversation, commandOf(text), world) ?? passOn(conversation, text, mediaIds);
}

function byCommand(conversation: Conversation, command: string | null, world: World): Step | null {
  switch (command) {
    case 'home':
    case 'continue':
    case 'help':
    case 'cancel':
      return ask(conversation, { kind: 'takeBack' });
    case 'progress':
      return ask(conversation, { kind: 'listCases' });
    case 'human':
      return say(conversation, officerWords.waiting(world.hotline));
    default:
      return null;
  }
}

function passOn(conversation: Conversation, text: string, mediaIds: readonly string[]): Step {
  return ask(conversation, { kind: 'passOn', text, mediaIds });
}

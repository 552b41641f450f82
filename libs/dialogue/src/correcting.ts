import { commandOf } from './commands';
import type { CaseLine, Conversation, OpenForm } from './conversation';
import { miss } from './officer';
import { ask, say, type Step } from './step';
import { textLimit } from './text';
import type { World } from './world';
import * as words from './report-words';

type Correcting = Extract<OpenForm, { kind: 'correcting' }>;

/** Opens the answer to a correction notice: texts and pictures until 「完成」. */
export function beginCorrection(conversation: Conversation, kase: CaseLine, world: World): Step {
  const { number, title, missing } = kase;
  const mode: Correcting = { kind: 'correcting', number, title, missing, texts: [], mediaIds: [], held: null };
  return say({ ...conversation, mode }, words.correcting(title, missing, kase.answerBy, world.today));
}

/** Says again what is expected. */
export function repeatCorrection(conversation: Conversation, form: Correcting, world: World): Step {
  const open = { ...conversation, mode: form };
  if (form.texts.length + form.mediaIds.length > 0)
    return say(open, words.correctionTaken(form.texts.length, form.mediaIds.length));
  return say(open, words.correcting(form.title, form.missing, null, world.today));
}

/** Words added to a correction, or its end. */
export function hearCorrection(conversation: Conversation, form: Correcting, text: string, world: World): Step {
  const command = commandOf(text);
  if (command === 'done') return hand(conversation, form, text);
  if (command === 'correct' || command === 'back') return repeatCorrection(conversation, form, world);
  if (text === '') return miss(conversation, words.correctionEmpty, text);
  const texts = [...form.texts, text];
  if (texts.join('\n').length > textLimit) return say(conversation, words.correctionFull);
  const mode: Correcting = { ...form, texts, held: null };
  return say({ ...conversation, mode }, words.correctionTaken(texts.length, form.mediaIds.length));
}

function hand(conversation: Conversation, form: Correcting, text: string): Step {
  if (form.texts.length + form.mediaIds.length === 0) return miss(conversation, words.correctionEmpty, text);
  const { number, texts, mediaIds } = form;
  return ask(conversation, { kind: 'correctCase', number, text: texts.join('\n'), mediaIds });
}

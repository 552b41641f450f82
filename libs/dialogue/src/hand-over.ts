import type { Channel, HandOverReason } from '@linli/contracts';
import { commandOf, isAcknowledgement, isGreeting, isThanks } from './commands';
import { fold } from './text';

export type HandOverState = 'waiting' | 'taken' | 'ended';

/** Whose hand-overs an officer sees: those of one subdistrict and those of none yet; null sees the whole district. */
export interface HandOverScope {
  readonly subdistrictId: string | null;
}

/** 转人工: a conversation officers are asked to take over. */
export interface HandOver {
  readonly id: string;
  readonly state: HandOverState;
  readonly conversationId: string;
  readonly residentId: string;
  readonly subdistrictId: string | null;
  readonly channel: Channel;
  readonly reason: HandOverReason;
  /** What the resident said last. */
  readonly lastWords: string;
  /** Who has it; null while it waits. */
  readonly officerId: string | null;
  readonly openedAt: Date;
}

/** One thing said while officers have the conversation. */
export interface HandOverLine {
  readonly who: 'resident' | 'officer';
  readonly words: string;
  readonly mediaIds: readonly string[];
  readonly at: Date;
}

/** Where an officer's answer goes. */
export type HandOverParty = Pick<HandOver, 'conversationId' | 'residentId' | 'channel'>;

/** A bare wish for a person is short; longer words say what it is about. */
const wish = /人工|真人|客服|工作人员|找个?人|叫个?人|有人/;
const wishLongest = 12;

/**
 * Whether an officer answered something that was asked: said something after the resident had. Greetings, thanks,
 * commands and the bare wish for a person ask nothing.
 */
export function isAnswered({ reason }: Pick<HandOver, 'reason'>, lines: readonly HandOverLine[]): boolean {
  const asked = lines.findIndex((line, at) => line.who === 'resident' && asks(line, at === 0 && reason === 'asked'));
  return asked >= 0 && lines.slice(asked + 1).some((line) => line.who === 'officer');
}

function asks({ words, mediaIds }: HandOverLine, mayBeWish: boolean): boolean {
  if (mediaIds.length > 0) return true;
  const said = words.replace(/^（正在办[^）]*）/, '').trim();
  if (fold(said) === '' || commandOf(said) !== null) return false;
  if (isGreeting(said) || isThanks(said) || isAcknowledgement(said)) return false;
  return !(mayBeWish && wish.test(said) && fold(said).length <= wishLongest);
}

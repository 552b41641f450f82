import type { Channel, HandOverReason } from '@linli/contracts';

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

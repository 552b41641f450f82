import type { Channel, HandOverReason } from '@linli/contracts';
import type { FieldCipher } from '@linli/platform';
import type { HandOver, HandOverLine, HandOverParty, HandOverState } from './hand-over';

export interface HandOverRow {
  readonly id: string;
  readonly state: HandOverState;
  readonly conversation_id: string;
  readonly resident_id: string;
  readonly subdistrict_id: string | null;
  readonly channel: Channel;
  readonly reason: HandOverReason;
  readonly last_words: Buffer;
  readonly officer_id: string | null;
  readonly opened_at: Date;
}

export interface LineRow {
  readonly id: string;
  readonly who: HandOverLine['who'];
  readonly content: Buffer;
  readonly at: Date;
}

export const handOverColumns =
  'id, state, conversation_id, resident_id, subdistrict_id, channel, reason, last_words, officer_id, opened_at';

/** Bound to the conversation, whose open hand-over keeps them under whichever id it has. */
export function sealLastWords(cipher: FieldCipher, conversationId: string, words: string): Buffer {
  return cipher.seal('dialogue.lastWords', conversationId, words);
}

export function handOverOf(cipher: FieldCipher, row: HandOverRow): HandOver {
  return {
    ...partyOf(row),
    id: row.id,
    state: row.state,
    subdistrictId: row.subdistrict_id,
    reason: row.reason,
    lastWords: cipher.open('dialogue.lastWords', row.conversation_id, row.last_words),
    officerId: row.officer_id,
    openedAt: row.opened_at,
  };
}

export function partyOf(row: HandOverRow): HandOverParty {
  return { conversationId: row.conversation_id, residentId: row.resident_id, channel: row.channel };
}

export function sealLine(
  cipher: FieldCipher,
  lineId: string,
  content: Pick<HandOverLine, 'words' | 'mediaIds'>,
): Buffer {
  return cipher.seal('dialogue.line', lineId, JSON.stringify(content));
}

export function lineOf(cipher: FieldCipher, row: LineRow): HandOverLine {
  const content = JSON.parse(cipher.open('dialogue.line', row.id, row.content)) as Pick<
    HandOverLine,
    'words' | 'mediaIds'
  >;
  return { who: row.who, words: content.words, mediaIds: content.mediaIds, at: row.at };
}

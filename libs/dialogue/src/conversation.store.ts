import { Injectable } from '@nestjs/common';
import { isUuid, newId, Refusal } from '@linli/kernel';
import type { Channel } from '@linli/contracts';
import { Database, FieldCipher, type Tx } from '@linli/platform';
import { newConversation, readConversation, type Conversation } from './conversation';
import type { HandOver, HandOverLine, HandOverParty, HandOverScope, HandOverState } from './hand-over';
import {
  handOverColumns as columns,
  handOverOf,
  lineOf,
  partyOf,
  sealLastWords,
  sealLine,
  type HandOverRow,
  type LineRow,
} from './hand-over.row';

interface ConversationRow {
  readonly id: string;
  readonly state: Buffer;
}

/** $2 is the officer's subdistrict, null for the whole district. */
const inScope = '($2::text is null or subdistrict_id is null or subdistrict_id = $2)';
const linesShown = 200;

/** Conversations, one per resident and channel, and their hand-over to officers. What residents said is sealed. */
@Injectable()
export class ConversationStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Locks the conversation until the transaction ends, so that two messages are heard one after the other. Made at the first contact. */
  async lock(
    tx: Tx,
    residentId: string,
    channel: Channel,
    now: Date,
  ): Promise<{ id: string; conversation: Conversation }> {
    const known = (await this.locked(tx, residentId, channel)) ?? (await this.made(tx, residentId, channel, now));
    return { id: known.id, conversation: this.opened(known.id, known.state) };
  }

  /** The conversation kept under that id, from its sealed form. */
  opened(id: string, sealed: Buffer): Conversation {
    return readConversation(this.cipher.open('dialogue.state', id, sealed));
  }

  /** The sealed form a conversation is kept in. */
  sealed(id: string, conversation: Conversation): Buffer {
    return this.cipher.seal('dialogue.state', id, JSON.stringify(conversation));
  }

  async save(tx: Tx, id: string, conversation: Conversation, now: Date): Promise<void> {
    await tx.sql(
      'update dialogue_conversation set state = $2, revision = revision + 1, updated_at = $3 where id = $1',
      [id, this.sealed(id, conversation), now],
    );
  }

  /** The same person was known under two ids: what was said under the one goes on under the other. */
  async moveResident(tx: Tx, from: string, to: string): Promise<void> {
    // A channel both ids were known on: the older conversation ended when its openid was forgotten, and makes room.
    await tx.sql(
      `update dialogue_conversation set resident_id = $3 where resident_id = $2 and channel in
         (select channel from dialogue_conversation where resident_id = $1)`,
      [from, to, newId()],
    );
    await tx.sql('update dialogue_conversation set resident_id = $2 where resident_id = $1', [from, to]);
    await tx.sql('update dialogue_hand_over set resident_id = $2 where resident_id = $1', [from, to]);
  }

  /** Puts the conversation before the officers; one that is before them already stays so and gets the words as a line. */
  async openHandOver(
    tx: Tx,
    handOver: Omit<HandOver, 'id' | 'state' | 'officerId' | 'openedAt'>,
    now: Date,
  ): Promise<string> {
    const { conversationId, residentId, subdistrictId, channel, reason, lastWords } = handOver;
    const [row] = await tx.sql<{ id: string }>(
      `insert into dialogue_hand_over
         (id, subdistrict_id, conversation_id, resident_id, channel, reason, state, last_words, opened_at)
       values ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8)
       on conflict (conversation_id) where state <> 'ended' do update set last_words = excluded.last_words
       returning id`,
      [
        newId(),
        subdistrictId,
        conversationId,
        residentId,
        channel,
        reason,
        sealLastWords(this.cipher, conversationId, lastWords),
        now,
      ],
    );
    if (!row) throw new Error('a hand-over was neither opened nor found');
    if (lastWords !== '') await this.insertLine(tx, row.id, 'resident', lastWords, [], now);
    return row.id;
  }

  /** Adds what was said to the open hand-over; false when there is none any more. */
  async addLine(
    tx: Tx,
    conversationId: string,
    who: HandOverLine['who'],
    words: string,
    mediaIds: readonly string[],
    now: Date,
  ): Promise<boolean> {
    const saysLast = who === 'resident' && words !== '';
    const [row] = await tx.sql<{ id: string }>(
      `update dialogue_hand_over set last_words = case when $2 then $3::bytea else last_words end
       where conversation_id = $1 and state <> 'ended' returning id`,
      [conversationId, saysLast, sealLastWords(this.cipher, conversationId, words)],
    );
    if (!row) return false;
    await this.insertLine(tx, row.id, who, words, mediaIds, now);
    return true;
  }

  /** One page of hand-overs in that state, oldest first; the cursor is the id of the last one of the page before. */
  async handOvers(
    scope: HandOverScope,
    state: HandOverState,
    limit: number,
    cursor: string | null,
  ): Promise<{ items: HandOver[]; nextCursor: string | null }> {
    if (cursor !== null && !isUuid(cursor)) throw new Refusal('request.cursorInvalid');
    const after = cursor ?? '00000000-0000-0000-0000-000000000000';
    // Each branch walks one index in order, so that a page costs the same however many have ended.
    const page = `(select ${columns} from dialogue_hand_over where state = $1 and id > $2`;
    const rows =
      scope.subdistrictId === null
        ? await this.database.sql<HandOverRow>(`${page} order by id limit $3)`, [state, after, limit + 1])
        : await this.database.sql<HandOverRow>(
            `${page} and subdistrict_id = $4 order by id limit $3)
             union all ${page} and subdistrict_id is null order by id limit $3)
             order by id limit $3`,
            [state, after, limit + 1, scope.subdistrictId],
          );
    const items = rows.slice(0, limit).map((row) => handOverOf(this.cipher, row));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** One hand-over with its latest lines, oldest first; null when there is none in scope. */
  async handOver(
    id: string,
    scope: HandOverScope,
    reader: Pick<Tx, 'sql'> = this.database,
  ): Promise<(HandOver & { lines: HandOverLine[] }) | null> {
    if (!isUuid(id)) return null;
    const [row] = await reader.sql<HandOverRow>(
      `select ${columns} from dialogue_hand_over where id = $1 and ${inScope}`,
      [id, scope.subdistrictId],
    );
    if (!row) return null;
    const lines = await reader.sql<LineRow>(
      'select id, who, content, at from dialogue_line where hand_over_id = $1 order by id desc limit $2',
      [id, linesShown],
    );
    return { ...handOverOf(this.cipher, row), lines: lines.reverse().map((line) => lineOf(this.cipher, line)) };
  }

  /** An officer takes a waiting hand-over, or the one they have; null when another has it, it ended or is out of scope. */
  async take(tx: Tx, id: string, officerId: string, scope: HandOverScope, now: Date): Promise<HandOverParty | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.sql<HandOverRow>(
      `update dialogue_hand_over set state = 'taken', officer_id = $3, taken_at = coalesce(taken_at, $4)
       where id = $1 and ${inScope} and (state = 'waiting' or (state = 'taken' and officer_id = $3))
       returning ${columns}`,
      [id, scope.subdistrictId, officerId, now],
    );
    return row ? partyOf(row) : null;
  }

  /** Whose hand-over it is; null when it has ended or is out of scope. */
  async partyOf(tx: Tx, id: string, scope: HandOverScope): Promise<HandOverParty | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.sql<HandOverRow>(
      `select ${columns} from dialogue_hand_over where id = $1 and ${inScope} and state <> 'ended'`,
      [id, scope.subdistrictId],
    );
    return row ? partyOf(row) : null;
  }

  /** An officer ends a hand-over; null when it had ended or is out of scope. */
  async end(tx: Tx, id: string, scope: HandOverScope, now: Date): Promise<HandOverParty | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.sql<HandOverRow>(
      `update dialogue_hand_over set state = 'ended', ended_at = $3
       where id = $1 and ${inScope} and state <> 'ended' returning ${columns}`,
      [id, scope.subdistrictId, now],
    );
    return row ? partyOf(row) : null;
  }

  /** The resident wants Linli back: ends the hand-over of the conversation; its id, or null when none was open. */
  async endOf(tx: Tx, conversationId: string, now: Date): Promise<string | null> {
    const [row] = await tx.sql<{ id: string }>(
      `update dialogue_hand_over set state = 'ended', ended_at = $2 where conversation_id = $1 and state <> 'ended'
       returning id`,
      [conversationId, now],
    );
    return row?.id ?? null;
  }

  private async insertLine(
    tx: Tx,
    handOverId: string,
    who: HandOverLine['who'],
    words: string,
    mediaIds: readonly string[],
    now: Date,
  ): Promise<void> {
    const id = newId();
    await tx.sql('insert into dialogue_line (id, hand_over_id, who, content, at) values ($1, $2, $3, $4, $5)', [
      id,
      handOverId,
      who,
      sealLine(this.cipher, id, { words, mediaIds }),
      now,
    ]);
  }

  private async locked(tx: Tx, residentId: string, channel: Channel): Promise<ConversationRow | undefined> {
    const [row] = await tx.sql<ConversationRow>(
      'select id, state from dialogue_conversation where resident_id = $1 and channel = $2 for update',
      [residentId, channel],
    );
    return row;
  }

  private async made(tx: Tx, residentId: string, channel: Channel, now: Date): Promise<ConversationRow> {
    const id = newId();
    await tx.sql(
      `insert into dialogue_conversation (id, resident_id, channel, state, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $5) on conflict (resident_id, channel) do nothing`,
      [id, residentId, channel, this.sealed(id, newConversation()), now],
    );
    const row = await this.locked(tx, residentId, channel);
    if (!row) throw new Error('a conversation vanished while it was being made');
    return row;
  }
}

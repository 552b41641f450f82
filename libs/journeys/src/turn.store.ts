import { Injectable } from '@nestjs/common';
import type { InboundMessage } from '@linli/contracts';
import { ResidentStore, type Contact } from '@linli/directory';
import { ConversationStore, type Conversation } from '@linli/dialogue';
import { Database, Inbox } from '@linli/platform';

/** A conversation as it stood a moment ago, unlocked. */
export interface Glance {
  readonly residentId: string;
  readonly subdistrictId: string | null;
  readonly conversationId: string;
  readonly conversation: Conversation;
  readonly revision: number;
}

interface GlanceRow {
  readonly resident_id: string;
  readonly subdistrict_id: string | null;
  readonly id: string;
  readonly state: Buffer;
  readonly revision: number;
}

/**
 * Nothing when anything is out of the ordinary: a first contact, a message seen before, earlier words that still wait,
 * or something held for the resident that must go out now.
 */
const glanceSql = `
  select i.resident_id, r.subdistrict_id, c.id, c.state, c.revision
  from directory_identity i
  join directory_resident r on r.id = i.resident_id
  join dialogue_conversation c on c.resident_id = i.resident_id and c.channel = i.channel
  where i.channel = $1 and i.subject_index = $2
    and not exists (select 1 from platform_inbox where channel = $1 and message_id = $3)
    and not exists (select 1 from platform_inbox where sender = $4 and state = 'pending')
    and not exists (select 1 from notification_delivery where resident_id = i.resident_id and state = 'held')`;

/**
 * All of a turn or nothing of it. The message is taken only when nothing of its sender waits; the conversation changes
 * only when it is still the one that was looked at; a message taken without its conversation undoes the statement.
 */
const keepSql = `
  with taken as (
    insert into platform_inbox (channel, message_id, sender, received_at, state, answer, done_at)
    select $1, $2, $3, $4, 'done', $5, $4
    where not exists (select 1 from platform_inbox where sender = $3 and state = 'pending')
    on conflict do nothing returning message_id
  ), changed as (
    update dialogue_conversation set state = $8, revision = revision + 1, updated_at = $4
    where id = $6 and revision = $7 and exists (select 1 from taken) returning id
  ), met as (
    update directory_identity set following = true,
      last_message_at = case when $10 = 'message' then $4 else last_message_at end,
      last_menu_at = case when $10 = 'menu' then $4 else last_menu_at end
    where channel = $1 and subject_index = $9 and exists (select 1 from taken) returning resident_id
  )
  select case
    when not exists (select 1 from taken) then false
    when (select count(*) from changed) = 1 and (select count(*) from met) = 1 then true
    else platform_undo('the conversation moved on')
  end as kept`;

/**
 * The turn that changes nothing but the conversation, which is nearly every turn: read in one statement, kept in
 * another, no lock held while it is thought about. It is the one place where a statement reaches across rooms, since
 * every message pays for it.
 */
@Injectable()
export class TurnStore {
  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly residents: ResidentStore,
    private readonly conversations: ConversationStore,
  ) {}

  /** Null when the message must be handled with all care. */
  async glance(message: InboundMessage): Promise<Glance | null> {
    const { channel, from, id } = message;
    const [row] = await this.database.sql<GlanceRow>(glanceSql, [
      channel,
      this.residents.indexOf(channel, from),
      id,
      this.inbox.senderOf(message),
    ]);
    if (!row) return null;
    return {
      residentId: row.resident_id,
      subdistrictId: row.subdistrict_id,
      conversationId: row.id,
      conversation: this.conversations.opened(row.id, row.state),
      revision: row.revision,
    };
  }

  /** Keeps message, answer and conversation; false, and nothing kept, when the world moved on since the glance. */
  async keep(
    message: InboundMessage,
    seen: Glance,
    said: { readonly conversation: Conversation; readonly answer: string | null; readonly contact: Contact },
    now: Date,
  ): Promise<boolean> {
    const { channel, id, from } = message;
    const [row] = await this.database.sql<{ kept: boolean }>(keepSql, [
      channel,
      id,
      this.inbox.senderOf(message),
      now,
      this.inbox.sealedAnswer(message, said.answer),
      seen.conversationId,
      seen.revision,
      this.conversations.sealed(seen.conversationId, said.conversation),
      this.residents.indexOf(channel, from),
      said.contact,
    ]);
    return row?.kept ?? false;
  }
}

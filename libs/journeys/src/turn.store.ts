import { Injectable } from '@nestjs/common';
import type { InboundMessage } from '@linli/contracts';
import { ResidentStore, type Contact } from '@linli/directory';
import { ConversationStore, type Conversation } from '@linli/dialogue';
import { Batcher, Database, Inbox } from '@linli/platform';

/** A conversation as it stood a moment ago, unlocked. */
export interface Glance {
  readonly residentId: string;
  readonly subdistrictId: string | null;
  readonly conversationId: string;
  readonly conversation: Conversation;
  readonly revision: number;
  readonly by: Looked;
}

/** What a message is looked up by, reckoned once. */
interface Looked {
  readonly message: InboundMessage;
  /** Keyed digests of openid and sender. */
  readonly subject: Buffer;
  readonly sender: Buffer;
}

/** A turn to be kept: what was heard, what it was thought about, and what came of it. */
export interface Turned {
  readonly seen: Glance;
  readonly conversation: Conversation;
  readonly answer: string | null;
  readonly contact: Contact;
  readonly at: Date;
}

interface GlanceRow {
  readonly n: number;
  readonly resident_id: string;
  readonly subdistrict_id: string | null;
  readonly id: string;
  readonly state: Buffer;
  readonly revision: number;
}

/**
 * Nothing for a message when anything is out of the ordinary: a first contact, a message seen before, earlier words that
 * still wait, or something held for the resident that must go out now.
 */
const glanceSql = `
  select g.n, i.resident_id, r.subdistrict_id, c.id, c.state, c.revision
  from unnest($1::int[], $2::text[], $3::bytea[], $4::text[], $5::bytea[]) as g (n, channel, subject, message_id, sender)
  join directory_identity i on i.channel = g.channel and i.subject_index = g.subject
  join directory_resident r on r.id = i.resident_id
  join dialogue_conversation c on c.resident_id = i.resident_id and c.channel = g.channel
  where not exists (select 1 from platform_inbox p where p.channel = g.channel and p.message_id = g.message_id)
    and not exists (select 1 from platform_inbox p where p.sender = g.sender and p.state = 'pending')
    and not exists (select 1 from notification_delivery d where d.resident_id = i.resident_id and d.state = 'held')`;

/**
 * Each turn whole or not at all. Only conversations that are still the ones looked at, and that nobody else holds, are
 * kept; nothing waits for a lock, so that no turn is late for another's sake. What is not kept is handled with care.
 */
const keepSql = `
  with given as materialized (
    select * from unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[], $5::uuid[], $6::int[], $7::bytea[],
        $8::bytea[], $9::text[], $10::timestamptz[])
      as g (channel, message_id, sender, answer, conversation_id, revision, state, subject, contact, at)
  ), mine as materialized (
    select g.* from given g
    join dialogue_conversation c on c.id = g.conversation_id and c.revision = g.revision
    join directory_identity i on i.channel = g.channel and i.subject_index = g.subject
    for update of c, i skip locked
  ), taken as (
    insert into platform_inbox (channel, message_id, sender, received_at, state, answer, done_at)
    select m.channel, m.message_id, m.sender, m.at, 'done', m.answer, m.at from mine m
    where not exists (select 1 from platform_inbox p where p.sender = m.sender and p.state = 'pending')
    on conflict do nothing returning channel, message_id
  ), kept as materialized (
    select m.* from mine m join taken t on t.channel = m.channel and t.message_id = m.message_id
  ), changed as (
    update dialogue_conversation c set state = k.state, revision = c.revision + 1, updated_at = k.at
    from kept k where c.id = k.conversation_id
  ), met as (
    update directory_identity i set following = true,
      last_message_at = case when k.contact = 'message' then k.at else i.last_message_at end,
      last_menu_at = case when k.contact = 'menu' then k.at else i.last_menu_at end
    from kept k where i.channel = k.channel and i.subject_index = k.subject
  )
  select conversation_id from kept`;

const gathering = { most: 32, lanes: 2 };

/**
 * The turn that changes nothing but the conversation, which is nearly every turn: read in one statement, kept in
 * another, no lock held while it is thought about, and turns of the same moment share both. It is the one place where a
 * statement reaches across rooms, since every message pays for it.
 */
@Injectable()
export class TurnStore {
  private readonly glances: Batcher<Looked, Glance | null>;
  private readonly keeping: Batcher<Turned, boolean>;

  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly residents: ResidentStore,
    private readonly conversations: ConversationStore,
  ) {
    this.glances = new Batcher((looked) => this.glanceAll(looked), {
      ...gathering,
      keyOf: ({ message }) => `${message.channel}/${message.id}`,
    });
    this.keeping = new Batcher((turns) => this.keepAll(turns), {
      ...gathering,
      keyOf: (turned) => turned.seen.conversationId,
    });
  }

  /** Null when the message must be handled with all care. */
  glance(message: InboundMessage): Promise<Glance | null> {
    const subject = this.residents.indexOf(message.channel, message.from);
    return this.glances.add({ message, subject, sender: this.inbox.senderOf(message) });
  }

  /** Keeps message, answer and conversation; false, and nothing kept, when the world moved on since the glance. */
  keep(turned: Turned): Promise<boolean> {
    return this.keeping.add(turned);
  }

  private async glanceAll(looked: readonly Looked[]): Promise<(Glance | null)[]> {
    const rows = await this.database.sql<GlanceRow>(glanceSql, [
      looked.map((_, n) => n),
      looked.map((one) => one.message.channel),
      looked.map((one) => one.subject),
      looked.map((one) => one.message.id),
      looked.map((one) => one.sender),
    ]);
    const found = new Map(rows.map((row) => [row.n, row]));
    return looked.map((by, n) => {
      const row = found.get(n);
      return row ? this.glanceOf(row, by) : null;
    });
  }

  private glanceOf(row: GlanceRow, by: Looked): Glance {
    return {
      residentId: row.resident_id,
      subdistrictId: row.subdistrict_id,
      conversationId: row.id,
      conversation: this.conversations.opened(row.id, row.state),
      revision: row.revision,
      by,
    };
  }

  private async keepAll(turns: readonly Turned[]): Promise<boolean[]> {
    const rows = await this.database.sql<{ conversation_id: string }>(keepSql, [
      turns.map(({ seen }) => seen.by.message.channel),
      turns.map(({ seen }) => seen.by.message.id),
      turns.map(({ seen }) => seen.by.sender),
      turns.map(({ seen, answer }) => this.inbox.sealedAnswer(seen.by.message, answer)),
      turns.map(({ seen }) => seen.conversationId),
      turns.map(({ seen }) => seen.revision),
      turns.map(({ seen, conversation }) => this.conversations.sealed(seen.conversationId, conversation)),
      turns.map(({ seen }) => seen.by.subject),
      turns.map((one) => one.contact),
      turns.map((one) => one.at),
    ]);
    const kept = new Set(rows.map((row) => row.conversation_id));
    return turns.map(({ seen }) => kept.has(seen.conversationId));
  }
}

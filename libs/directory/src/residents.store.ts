import { Injectable } from '@nestjs/common';
import { newId } from '@linli/kernel';
import type { Channel } from '@linli/contracts';
import { appendEvent, Database, FieldCipher, type Tx } from '@linli/platform';

/** A resident as one channel knows them. */
export interface Identity {
  readonly residentId: string;
  readonly channel: Channel;
  /** The openid messages go to. */
  readonly subject: string;
  readonly following: boolean;
  readonly lastMessageAt: Date | null;
  readonly lastMenuAt: Date | null;
}

interface IdentityRow {
  readonly resident_id: string;
  readonly channel: Channel;
  readonly subject: Buffer;
  readonly following: boolean;
  readonly last_message_at: Date | null;
  readonly last_menu_at: Date | null;
}

const identityRows = `
  select resident_id, channel, subject, following, last_message_at, last_menu_at from directory_identity`;

/** What made the resident known just now; it opens the platform's window for messages to them. */
export type Contact = 'message' | 'menu' | 'login';

/** Residents and their identities: the link between an openid and a person stands in a table of its own, sealed. */
@Injectable()
export class ResidentStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /**
   * The resident behind an openid, made at the first contact. Two first contacts at once give one resident; a unionid
   * known from another of the operator's apps leads to the resident known there.
   */
  async residentOf(
    tx: Tx,
    channel: Channel,
    subject: string,
    contact: Contact,
    now: Date,
    unionId?: string,
  ): Promise<string> {
    const index = this.indexOf(channel, subject);
    const known = await this.touch(tx, channel, index, contact, now);
    if (known) return known;
    const union = unionId === undefined ? null : this.unionOf(unionId);
    const residentId = (await this.byUnion(tx, union, channel)) ?? (await this.newResident(tx, now));
    const made = await tx.sql(
      `insert into directory_identity
         (channel, subject_index, subject, union_index, resident_id, created_at, last_message_at, last_menu_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning resident_id`,
      [
        channel,
        index,
        this.cipher.seal('identity.subject', `${channel}/${residentId}`, subject),
        union,
        residentId,
        now,
        contact === 'message' ? now : null,
        contact === 'menu' ? now : null,
      ],
    );
    if (made.length === 1) {
      await appendEvent(tx, 'resident.met', { residentId, channel }, now);
      return residentId;
    }
    await this.dropUnused(tx, residentId);
    const other = await this.touch(tx, channel, index, contact, now);
    if (!other) throw new Error('an identity vanished while it was being made');
    return other;
  }

  /**
   * Notes the unionid of an identity. When the same person is known under another resident, the identity moves there
   * and that resident's id is returned, for whoever must move what hangs on the old one; null when nothing moved.
   */
  async join(tx: Tx, residentId: string, channel: Channel, unionId: string): Promise<string | null> {
    const union = this.unionOf(unionId);
    // Two apps joining the same person at once must not each move to the other.
    await tx.sql(`select pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 0))`, [union]);
    const [identity] = await tx.sql<{ subject: Buffer }>(
      `update directory_identity set union_index = $3 where resident_id = $1 and channel = $2 returning subject`,
      [residentId, channel, union],
    );
    const other = identity ? await this.byUnion(tx, union, channel) : null;
    if (!identity || other === null || other === residentId) return null;
    const subject = this.cipher.open('identity.subject', `${channel}/${residentId}`, identity.subject);
    await tx.sql(
      'update directory_identity set resident_id = $3, subject = $4 where resident_id = $1 and channel = $2',
      [residentId, channel, other, this.cipher.seal('identity.subject', `${channel}/${other}`, subject)],
    );
    return other;
  }

  /** Where to reach a resident, the channels in order of preference. */
  async identitiesOf(residentId: string, reader: Pick<Tx, 'sql'> = this.database): Promise<Identity[]> {
    const rows = await reader.sql<IdentityRow>(`${identityRows} where resident_id = $1 order by channel desc`, [
      residentId,
    ]);
    return rows.map((row) => this.identityOf(row));
  }

  /** The same of several residents at once, in their order. */
  async identitiesOfEach(residentIds: readonly string[]): Promise<Identity[][]> {
    const rows = await this.database.sql<IdentityRow>(
      `${identityRows} where resident_id = any($1::uuid[]) order by channel desc`,
      [residentIds],
    );
    return residentIds.map((id) =>
      rows.filter(({ resident_id: resident }) => resident === id).map((row) => this.identityOf(row)),
    );
  }

  /** The subdistrict the resident named last, or null. */
  async subdistrictOf(tx: Tx, residentId: string): Promise<string | null> {
    const [row] = await tx.sql<{ subdistrict_id: string | null }>(
      'select subdistrict_id from directory_resident where id = $1',
      [residentId],
    );
    return row?.subdistrict_id ?? null;
  }

  /** Remembers where the resident lives, so that they are asked once. */
  settle(tx: Tx, residentId: string, subdistrictId: string): void {
    tx.tell('update directory_resident set subdistrict_id = $2 where id = $1 and subdistrict_id is distinct from $2', [
      residentId,
      subdistrictId,
    ]);
  }

  /**
   * Unlinks an openid from its person, as the platform demands when someone unfollows or withdraws consent. The cases
   * stay: they are legal records and hold no openid. Returns whose it was, or null.
   */
  async forget(tx: Tx, channel: Channel, subject: string): Promise<string | null> {
    const [row] = await tx.sql<{ resident_id: string }>(
      'delete from directory_identity where channel = $1 and subject_index = $2 returning resident_id',
      [channel, this.indexOf(channel, subject)],
    );
    return row?.resident_id ?? null;
  }

  private identityOf(row: IdentityRow): Identity {
    const { cipher } = this;
    return {
      residentId: row.resident_id,
      channel: row.channel,
      // Most who ask only want to know which channel: it is opened for those who write there.
      get subject() {
        return cipher.open('identity.subject', `${row.channel}/${row.resident_id}`, row.subject);
      },
      following: row.following,
      lastMessageAt: row.last_message_at,
      lastMenuAt: row.last_menu_at,
    };
  }

  private async dropUnused(tx: Tx, residentId: string): Promise<void> {
    await tx.sql(
      `delete from directory_resident r where id = $1
         and not exists (select 1 from directory_identity i where i.resident_id = r.id)`,
      [residentId],
    );
  }

  /** Somebody known only by what they reported through a neighbouring system. */
  async newResident(tx: Tx, now: Date): Promise<string> {
    const id = newId();
    await tx.sql('insert into directory_resident (id, created_at) values ($1, $2)', [id, now]);
    return id;
  }

  /** The oldest resident with that unionid who has no identity in the channel yet. */
  private async byUnion(tx: Tx, union: Buffer | null, channel: Channel): Promise<string | null> {
    if (union === null) return null;
    const [row] = await tx.sql<{ resident_id: string }>(
      `select i.resident_id from directory_identity i
       where i.union_index = $1 and i.channel <> $2
         and not exists (select 1 from directory_identity o where o.resident_id = i.resident_id and o.channel = $2)
       order by i.created_at limit 1`,
      [union, channel],
    );
    return row?.resident_id ?? null;
  }

  private unionOf(unionId: string): Buffer {
    return this.cipher.blindIndex('identity.union', unionId);
  }

  private async touch(tx: Tx, channel: Channel, index: Buffer, contact: Contact, now: Date): Promise<string | null> {
    const [row] = await tx.sql<{ resident_id: string }>(
      `update directory_identity set following = true,
         last_message_at = case when $3 = 'message' then $4::timestamptz else last_message_at end,
         last_menu_at = case when $3 = 'menu' then $4::timestamptz else last_menu_at end
       where channel = $1 and subject_index = $2 returning resident_id`,
      [channel, index, contact, now],
    );
    return row?.resident_id ?? null;
  }

  /** What an openid is looked up by: a keyed digest. */
  indexOf(channel: Channel, subject: string): Buffer {
    return this.cipher.blindIndex('identity.subject', `${channel}/${subject}`);
  }
}

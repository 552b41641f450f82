import { Injectable } from '@nestjs/common';
import { newId, Refusal } from '@linli/kernel';
import {
  ConversationStore,
  officerLeft,
  type HandOver,
  type HandOverLine,
  type HandOverScope,
  type HandOverState,
} from '@linli/dialogue';
import { ResidentStore, type Officer } from '@linli/directory';
import { NotificationService } from '@linli/notification';
import type { Tx } from '@linli/platform';
import { Enquiries } from './enquiries';
import { Guidepost } from './guidepost';

/** A conversation before the officers, as they see it: who the resident is stays out of it. */
export type StaffHandOver = Omit<HandOver, 'residentId' | 'conversationId'>;

/** Officers answer residents who asked for a human, in the resident's own chat. */
@Injectable()
export class HandOvers {
  constructor(
    private readonly conversations: ConversationStore,
    private readonly notifications: NotificationService,
    private readonly residents: ResidentStore,
    private readonly guidepost: Guidepost,
    private readonly enquiries: Enquiries,
  ) {}

  /** Who waits (or is being answered), longest first. */
  async list(
    officer: Officer,
    state: HandOverState,
    limit: number,
    cursor: string | null,
  ): Promise<{ items: StaffHandOver[]; nextCursor: string | null }> {
    const page = await this.conversations.handOvers(scopeOf(officer), state, limit, cursor);
    return { items: page.items.map(forStaff), nextCursor: page.nextCursor };
  }

  /** What was said on both sides. */
  async read(id: string, officer: Officer): Promise<StaffHandOver & { lines: HandOverLine[] }> {
    const found = await this.conversations.handOver(id, scopeOf(officer));
    if (!found) throw new Refusal('handOver.notFound');
    return { ...forStaff(found), lines: found.lines };
  }

  /** Takes a conversation; one that another officer has is refused. */
  async take(tx: Tx, id: string, officer: Officer, now: Date): Promise<{ id: string; state: HandOverState }> {
    const taken = await this.conversations.take(tx, id, officer.id, scopeOf(officer), now);
    if (!taken) throw new Refusal('handOver.notYours');
    return { id, state: 'taken' };
  }

  /** Says something to the resident; taking the conversation comes with it. */
  async say(tx: Tx, id: string, officer: Officer, text: string, now: Date): Promise<{ id: string }> {
    const party = await this.conversations.take(tx, id, officer.id, scopeOf(officer), now);
    if (!party) throw new Refusal('handOver.notYours');
    await this.conversations.addLine(tx, party.conversationId, 'officer', text, [], now);
    const messageId = newId();
    await this.notifications.enqueue(
      tx,
      {
        residentId: party.residentId,
        kind: 'officerWords',
        text,
        dedupeKey: `officer/${messageId}`,
        channel: party.channel,
      },
      now,
    );
    return { id: messageId };
  }

  /** Gives the conversation back to Linli and tells the resident so. */
  async end(tx: Tx, id: string, officer: Officer, now: Date): Promise<{ id: string; state: HandOverState }> {
    const scope = scopeOf(officer);
    const open = await this.conversations.partyOf(tx, id, scope);
    if (!open) throw new Refusal('handOver.notYours');
    const { residentId, channel } = open;
    // The conversation first, as a turn of the resident locks it, so that the two wait for each other in one order.
    const { id: conversationId, conversation } = await this.conversations.lock(tx, residentId, channel, now);
    if (!(await this.conversations.end(tx, id, scope, now))) throw new Refusal('handOver.notYours');
    await this.enquiries.ended(tx, id, now);
    const left = officerLeft(
      conversation,
      this.guidepost.world(await this.residents.subdistrictOf(tx, residentId), now),
    );
    await this.conversations.save(tx, conversationId, left.conversation, now);
    const text = left.replies.join('\n\n');
    if (text !== '')
      await this.notifications.enqueue(
        tx,
        { residentId, kind: 'officerWords', text, dedupeKey: `officer-left/${id}`, channel },
        now,
      );
    return { id, state: 'ended' };
  }
}

function scopeOf(officer: Officer): HandOverScope {
  return { subdistrictId: officer.subdistrictId };
}

function forStaff({ residentId: _residentId, conversationId: _conversationId, ...rest }: HandOver): StaffHandOver {
  return rest;
}

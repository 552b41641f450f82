import { Injectable, Logger } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import type { InboundMessage, Outcome } from '@linli/contracts';
import { ResidentStore } from '@linli/directory';
import { conclude, ConversationStore, newConversation, turn, type Conversation, type World } from '@linli/dialogue';
import { NotificationService } from '@linli/notification';
import { Clock, Database, Inbox, sqlState, together, type Tx } from '@linli/platform';
import { Guidepost } from './guidepost';
import { contactOf, conversing, firstPart, isOurFault, troubleWords } from './heard';
import { IntentDesk, type Speaker } from './intent-desk';
import { NearPlaces } from './near-places';
import { refusalWords } from './refusal-words';
import { withOpinion } from './second-opinion';
import { SecondOpinions } from './second-opinions';
import { TurnStore, type Glance } from './turn.store';

/** What the door says at once, or `later`: the words follow as a message of their own. */
export type Answer = { readonly kind: 'now'; readonly text: string | null } | { readonly kind: 'later' };

/** A statement or a lock that lasted longer than the platform would wait. */
const tooSlow = new Set(['57014', '55P03']);
/** A statement may take this long, so that the answer is out within the 3.5 s a push is given. */
const patienceMs = 1500;
/** What a second opinion may take of that time. */
const opinionMs = 1500;
/** The router takes no more. */
const routedLongest = 2000;
/** Where free words start something new, and are no answer to a question. */
const freelySpoken = new Set<Glance['conversation']['mode']['kind']>(['idle', 'choosing', 'reading']);

/** Hears a resident: the message, its effects and its answer in one transaction, once however often it is delivered. */
@Injectable()
export class Hearing {
  private readonly logger = new Logger(Hearing.name);

  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly residents: ResidentStore,
    private readonly conversations: ConversationStore,
    private readonly turns: TurnStore,
    private readonly notifications: NotificationService,
    private readonly guidepost: Guidepost,
    private readonly intents: IntentDesk,
    private readonly opinions: SecondOpinions,
    private readonly nearPlaces: NearPlaces,
    private readonly clock: Clock,
  ) {}

  /** Handles a message at once; one that cannot be handled in time is kept and answered later. */
  async hear(message: InboundMessage): Promise<Answer> {
    const now = this.clock.now();
    try {
      const seen = await this.glance(message);
      const answer = (seen && (await this.lightly(message, seen, now))) ?? (await this.atOnce(message, seen, now));
      if (answer) return answer;
    } catch (error) {
      if (isOurFault(error)) return this.apologise(message, error, now);
      if (!tooSlow.has(sqlState(error) ?? '')) throw error;
      this.logger.warn(`a message waited too long (${String(sqlState(error))}); it is answered later`);
    }
    await this.inbox.postpone(message, now);
    return { kind: 'later' };
  }

  /** Handles the oldest waiting message; its answer goes out as a message of its own. False when none waits. */
  async hearPending(): Promise<boolean> {
    const now = this.clock.now();
    try {
      return await this.pending(now, (tx, message) => this.respond(tx, message, now));
    } catch (error) {
      if (!isOurFault(error)) throw error;
      this.logger.error(error, 'a waiting message could not be handled');
      // One message that cannot be handled must not keep all others waiting.
      return this.pending(now, () => Promise.resolve([troubleWords]));
    }
  }

  /** Who speaks and how their conversation stands, unlocked; null when it must be looked at with care. */
  private async glance(message: InboundMessage): Promise<Glance | null> {
    return conversing.has(message.content.kind) ? this.turns.glance(message) : null;
  }

  /** The turn that changes nothing but the conversation; null when it is more than that, and nothing was kept. */
  private async lightly(message: InboundMessage, seen: Glance, now: Date): Promise<Answer | null> {
    if (message.channel === 'wechatMini') return null;
    const world = await this.advised(message, seen, await this.nearPlaces.world(message.content, seen, now));
    const said = turn(seen.conversation, message.content, world);
    const [answer, rest] = firstPart(said.replies);
    if (said.intent !== null || rest.length > 0) return null;
    const { conversation } = said;
    const turned = { seen, conversation, answer, contact: contactOf(message), at: now };
    return (await this.turns.keep(turned)) ? { kind: 'now', text: answer } : null;
  }

  /** The world with what is unclear in the message put in a better order, where a language model is set up; no lock is held. */
  private async advised({ content }: InboundMessage, { conversation }: Glance, world: World): Promise<World> {
    if (!this.opinions.isOn || content.kind !== 'text' || !freelySpoken.has(conversation.mode.kind)) return world;
    const text = content.text.trim();
    if (text === '' || text.length > routedLongest) return world;
    const opinion = await this.opinions.opinionOn(text, world.route(text), opinionMs);
    return opinion === null ? world : { ...world, route: (words) => withOpinion(world.route(words), opinion) };
  }

  /** Null: earlier words of the sender still wait, so this message must wait behind them. */
  private async atOnce(message: InboundMessage, seen: Glance | null, now: Date): Promise<Answer | null> {
    return this.database.transact(async (tx) => {
      const [, received, met] = await together(
        tx.sql(`select set_config('statement_timeout', $1, true), set_config('lock_timeout', $1, true)`, [
          String(patienceMs),
        ]),
        this.inbox.receive(tx, message, now),
        seen ? this.meet(tx, message, now, seen.residentId) : Promise.resolve(null),
      );
      if (received.kind === 'answered') return { kind: 'now', text: received.answer };
      if (received.kind === 'waiting') return null;
      const replies = await this.respond(tx, message, now, met);
      const [first, rest] = message.channel === 'wechatMini' ? [null, replies] : firstPart(replies);
      await together(this.queue(tx, message, rest, now), this.inbox.answer(tx, message, first, now));
      return { kind: 'now', text: first };
    });
  }

  private async pending(
    now: Date,
    respond: (tx: Tx, message: InboundMessage) => Promise<readonly string[]>,
  ): Promise<boolean> {
    return this.database.transact(async (tx) => {
      const message = await this.inbox.nextPending(tx);
      if (!message) return false;
      await this.guidepost.warmUp();
      await this.queue(tx, message, await respond(tx, message), now);
      await this.inbox.answer(tx, message, null, now);
      return true;
    });
  }

  /** A fault of ours is logged whole and met in words; the message counts as heard, so that it cannot fail for ever. */
  private async apologise(message: InboundMessage, error: unknown, now: Date): Promise<Answer> {
    this.logger.error(error, 'a message could not be handled');
    return this.database.transact(async (tx) => {
      const received = await this.inbox.receive(tx, message, now);
      if (received.kind === 'new') await this.inbox.answer(tx, message, troubleWords, now);
      return { kind: 'now', text: received.kind === 'answered' ? received.answer : troubleWords };
    });
  }

  private async respond(
    tx: Tx,
    message: InboundMessage,
    now: Date,
    met: Met | null = null,
  ): Promise<readonly string[]> {
    const { content, channel } = message;
    if (content.kind === 'unfollow' || content.kind === 'revoked') {
      await this.forget(tx, message, now);
      return [];
    }
    if (!conversing.has(content.kind)) return [];
    const { residentId, subdistrictId, conversationId, conversation } =
      met ?? (await this.meet(tx, message, now, null));
    const speaker: Speaker = { residentId, channel, conversationId, subdistrictId };
    const world = await this.nearPlaces.world(content, { subdistrictId, conversation }, now);
    const said = await this.converse(tx, conversation, message, world, speaker);
    await this.conversations.save(tx, conversationId, said.conversation, now);
    return said.replies;
  }

  /** Who speaks, with their conversation locked; all in one round trip where the resident is known already. */
  private async meet(tx: Tx, message: InboundMessage, now: Date, known: string | null): Promise<Met> {
    const { channel, from } = message;
    const meeting = this.residents.residentOf(tx, channel, from, contactOf(message), now);
    const id = known ?? (await meeting);
    const [residentId, { id: conversationId, conversation }, subdistrictId] = await together(
      meeting,
      this.conversations.lock(tx, id, channel, now),
      this.residents.subdistrictOf(tx, id),
      this.notifications.release(tx, id, now),
    );
    // The two ids of one person were joined since they were looked at.
    if (residentId !== id) return this.meet(tx, message, now, residentId);
    return { residentId, subdistrictId, conversationId, conversation };
  }

  private async converse(
    tx: Tx,
    before: Conversation,
    message: InboundMessage,
    world: World,
    speaker: Speaker,
  ): Promise<{ conversation: Conversation; replies: readonly string[] }> {
    const first = turn(before, message.content, world);
    const { intent } = first;
    if (!intent) return first;
    const outcome = await this.attempt(tx, () => this.intents.perform(tx, intent, speaker, world.now));
    const second = conclude(first.conversation, outcome, world);
    return { conversation: second.conversation, replies: [...first.replies, ...second.replies] };
  }

  /** An intent that is refused leaves nothing behind, and the resident hears why. */
  private async attempt(tx: Tx, work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      const [, outcome] = await together(tx.sql('savepoint intent'), work());
      return outcome;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await tx.sql('rollback to savepoint intent');
      return { kind: 'refused', code: error.code, words: refusalWords[error.code], errors: error.errors };
    }
  }

  private async forget(tx: Tx, message: InboundMessage, now: Date): Promise<void> {
    const residentId = await this.residents.forget(tx, message.channel, message.from);
    if (!residentId) return;
    const { id } = await this.conversations.lock(tx, residentId, message.channel, now);
    await this.conversations.save(tx, id, newConversation(), now);
    await this.conversations.endOf(tx, id, now);
    await this.notifications.forget(tx, residentId);
  }

  private async queue(tx: Tx, message: InboundMessage, texts: readonly string[], now: Date): Promise<void> {
    if (texts.length === 0) return;
    const residentId = await this.residents.residentOf(tx, message.channel, message.from, contactOf(message), now);
    for (const [at, text] of texts.entries())
      await this.notifications.enqueue(
        tx,
        {
          residentId,
          kind: 'reply',
          text,
          dedupeKey: `${message.channel}/${message.id}/${at}`,
          channel: message.channel,
        },
        now,
      );
  }
}

/** Who speaks, with their conversation locked. */
interface Met {
  readonly residentId: string;
  readonly subdistrictId: string | null;
  readonly conversationId: string;
  readonly conversation: Conversation;
}

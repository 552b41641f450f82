import { Inject, Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import { BoundedLog, type Logged } from './bounded-log';
import { MediaShelf } from './media-shelf';
import { OneTimeCodes } from './one-time-codes';
import { People, type Person } from './people';
import type { PhoneContent, PhoneMessage, PhoneWay } from './phone-message';
import { PlannedFaults } from './planned-faults';
import { SimClock } from './sim-clock';
import { simOptions, type SimOptions } from './sim-options';
import { TokenBook } from './token-book';

/** One call the product made to the platform, with what was answered. */
export interface SentRecord {
  readonly at: string;
  readonly method: string;
  /** Without `/simulator`. */
  readonly path: string;
  /** Query parameters but for the token and the secret. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly answer: unknown;
}

/** What a phone's live stream carries. */
export type PhoneSignal =
  | { readonly kind: 'message'; readonly openid: string; readonly message: Logged<PhoneMessage> }
  | { readonly kind: 'typing'; readonly openid: string; readonly typing: boolean };

const recordLimit = 5_000;

/** Everything the stand-in platform remembers, in memory and bounded. */
@Injectable()
export class SimState {
  readonly clock: SimClock;
  readonly people = new People();
  readonly tokens: TokenBook;
  readonly media = new MediaShelf();
  readonly faults = new PlannedFaults();
  readonly sent = new BoundedLog<SentRecord>(recordLimit);
  readonly signals = new Subject<PhoneSignal>();
  /** js_code → who tapped 登录. */
  readonly loginCodes: OneTimeCodes<Person>;
  readonly oauthCodes: OneTimeCodes<{ readonly person: Person; readonly scope: string }>;
  readonly phoneCodes: OneTimeCodes<{ readonly person: Person; readonly phone: string }>;
  /** The official account's menu as last created. */
  menu: unknown = null;
  private readonly conversation = new BoundedLog<PhoneMessage>(recordLimit);
  private readonly scenes = new Map<string, string>();
  private lastMsgId = 0n;

  constructor(@Inject(simOptions) options: SimOptions) {
    this.clock = new SimClock(options.now);
    const now = (): number => this.clock.now();
    this.tokens = new TokenBook(now);
    this.loginCodes = new OneTimeCodes(now);
    this.oauthCodes = new OneTimeCodes(now);
    this.phoneCodes = new OneTimeCodes(now);
  }

  /** Puts a bubble on the phone and tells whoever watches it. */
  show(openid: string, way: PhoneWay, content: PhoneContent, msgId?: string): Logged<PhoneMessage> {
    const at = this.clock.realNow().toISOString();
    const message = this.conversation.append({ openid, at, way, content, ...(msgId === undefined ? {} : { msgId }) });
    this.signals.next({ kind: 'message', openid, message });
    return message;
  }

  /** The phone's bubbles after a place, oldest first. */
  conversationOf(openid: string, after: number): Logged<PhoneMessage>[] {
    return this.conversation.after(after).filter((message) => message.openid === openid);
  }

  /** Shows or hides the 正在输入 sign; it fades by itself after 15 s. */
  setTyping(person: Person, typing: boolean): void {
    person.typingUntil = typing ? this.clock.now() + 15_000 : -Infinity;
    this.signals.next({ kind: 'typing', openid: person.openid, typing });
  }

  /** A 64-bit MsgId above 2^53, always growing. */
  nextMsgId(): string {
    const base = 6_000_000_000_000_000_000n + BigInt(this.clock.realNow().getTime()) * 100_000n;
    this.lastMsgId = base > this.lastMsgId ? base : this.lastMsgId + 1n;
    return this.lastMsgId.toString();
  }

  /** Remembers which scene a QR ticket stands for. */
  keepTicket(ticket: string, scene: string): void {
    if (this.scenes.size >= recordLimit) this.scenes.clear();
    this.scenes.set(ticket, scene);
  }

  sceneOf(ticket: string): string | null {
    return this.scenes.get(ticket) ?? null;
  }

  /** Forgets everybody and everything; the clock returns to real time. */
  clear(): void {
    this.people.clear();
    this.media.clear();
    this.faults.clear();
    this.sent.clear();
    this.conversation.clear();
    this.loginCodes.clear();
    this.oauthCodes.clear();
    this.phoneCodes.clear();
    this.scenes.clear();
    this.tokens.expireAll();
    this.clock.reset();
    this.menu = null;
  }
}

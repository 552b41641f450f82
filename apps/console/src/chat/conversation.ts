import { shallowReactive } from 'vue';
import { LiveLine } from './live-line';
import { failedMessage, type ShownBubble } from './log-rows';
import {
  createUser,
  follow,
  readUser,
  say,
  SimulatorRefusal,
  uploadPicture,
  type Bubble,
  type Outgoing,
  type Sent,
} from './simulator';

/** Whether one can chat: connecting, yes, no simulator here, simulator closed to this machine, or no server. */
export type ChatState = 'starting' | 'ready' | 'off' | 'closed' | 'unreachable';

/** What the page shows of a conversation. */
export interface ConversationView {
  state: ChatState;
  connected: boolean;
  bubbles: readonly ShownBubble[];
  /** Pushes under way. */
  sending: number;
  /** The account is preparing an answer. */
  typing: boolean;
  /** The account took the message but has said nothing for a while. */
  silent: boolean;
  /** What could not be handed over at all, and why. */
  unsent: { readonly message: Outgoing; readonly limited: boolean } | null;
}

const storageKey = 'linli.openid';
const patienceMs = 15_000;
const reconnectMs = 5_000;

/** One resident's phone: who they are (kept by the browser), both sides' bubbles, and what is under way. */
export class Conversation {
  readonly view: ConversationView = shallowReactive({
    state: 'starting',
    connected: true,
    bubbles: [],
    sending: 0,
    typing: false,
    silent: false,
    unsent: null,
  });
  private openid = '';
  private line: LiveLine | null = null;
  private lastSeq = 0;
  /** Grows when the simulator counts anew, so that keys never meet. */
  private era = 0;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private reconnect: ReturnType<typeof setTimeout> | undefined;

  /** Takes up the kept resident's conversation, or makes a resident who follows the account. */
  async start(): Promise<void> {
    this.stop();
    if (this.view.state !== 'unreachable') this.view.state = 'starting';
    try {
      const { openid, following } = await identify();
      this.openid = openid;
      this.listen();
      await this.line?.catchUp();
      this.view.connected = true;
      this.view.state = 'ready';
      if (!following) await this.deliver(() => follow(openid)).catch(() => undefined);
    } catch (error) {
      this.refuse(error);
    }
  }

  /** Starts afresh as another resident. */
  async begin(): Promise<void> {
    this.stop();
    forget();
    this.view.bubbles = [];
    this.view.unsent = null;
    this.countAnew();
    await this.start();
  }

  stop(): void {
    this.line?.close();
    this.line = null;
    clearTimeout(this.reconnect);
    this.setTyping(false);
  }

  /** Sends a message; what cannot be handed over stays as `unsent`. */
  async send(message: Outgoing, msgId?: string): Promise<void> {
    this.view.unsent = null;
    try {
      await this.deliver(() => say(this.openid, message, msgId));
    } catch (error) {
      this.view.unsent = { message, limited: error instanceof SimulatorRefusal && error.status === 429 };
      if (error instanceof SimulatorRefusal && error.isStranger) await this.meetAgain();
    }
  }

  /** Uploads and sends a picture; false when it was refused. */
  async sendPicture(picture: Blob): Promise<boolean> {
    this.view.sending += 1;
    const stored = await uploadPicture(picture).catch(() => null);
    this.view.sending -= 1;
    if (stored === null) return false;
    await this.send({ type: 'image', mediaId: stored.mediaId });
    return true;
  }

  /** Sends what a failure notice stands for once more, under its own id. */
  async retry(failure: ShownBubble): Promise<void> {
    const message = failedMessage(this.view.bubbles, failure);
    if (message === null) return void (await this.deliver(() => follow(this.openid)).catch(() => undefined));
    const isCurrent = failure.key.startsWith(`${this.era}-`);
    await this.send(message, isCurrent ? failure.msgId : undefined);
  }

  private listen(): void {
    this.line = new LiveLine(this.openid, {
      lastSeq: () => this.lastSeq,
      arrived: (bubbles) => this.add(bubbles),
      typing: (now) => this.setTyping(now),
      connected: (now) => (this.view.connected = now),
      refused: (refusal) => void (refusal.isStranger ? this.meetAgain() : this.refuse(refusal)),
    });
    this.line.open();
  }

  private async deliver(work: () => Promise<Sent>): Promise<void> {
    this.view.sending += 1;
    this.view.silent = false;
    try {
      const sent = await work();
      await this.line?.catchUp().catch(() => undefined);
      if (sent.reply === null && !sent.failed && this.view.bubbles.at(-1)?.way === 'push') this.setTyping(true);
    } finally {
      this.view.sending -= 1;
    }
  }

  private add(arrived: readonly Bubble[]): void {
    const fresh = arrived.filter((bubble) => bubble.seq > this.lastSeq);
    if (fresh.length === 0) return;
    this.lastSeq = Math.max(...fresh.map((bubble) => bubble.seq));
    const shown = fresh.map((bubble) => ({ ...bubble, key: `${this.era}-${bubble.seq}` }));
    this.view.bubbles = [...this.view.bubbles, ...shown];
    this.view.silent = false;
    if (fresh.some((bubble) => bubble.way !== 'push')) this.setTyping(false);
  }

  private setTyping(now: boolean): void {
    this.view.typing = now;
    clearTimeout(this.patience);
    if (!now) return;
    this.patience = setTimeout(() => {
      this.view.typing = false;
      this.view.silent = this.view.bubbles.at(-1)?.way === 'push';
    }, patienceMs);
  }

  /** The simulator forgot this resident: make them known to it again, and keep what is on the screen. */
  private async meetAgain(): Promise<void> {
    this.countAnew();
    await this.start();
  }

  private countAnew(): void {
    this.era += 1;
    this.lastSeq = 0;
  }

  private refuse(error: unknown): void {
    this.stop();
    const refusal = error instanceof SimulatorRefusal ? error : new SimulatorRefusal(0, '');
    this.view.state = refusal.isOff ? 'off' : refusal.isClosed ? 'closed' : 'unreachable';
    if (this.view.state === 'unreachable') this.reconnect = setTimeout(() => void this.start(), reconnectMs);
  }
}

async function identify(): Promise<{ readonly openid: string; readonly following: boolean }> {
  const kept = recall();
  if (kept !== null) {
    const known = await readUser(kept).catch((error: unknown) => {
      if (error instanceof SimulatorRefusal && error.isStranger) return null;
      throw error;
    });
    if (known !== null) return { openid: kept, following: known.following };
  }
  const { openid } = await createUser(kept ?? undefined);
  remember(openid);
  return { openid, following: false };
}

/** The kept openid; a browser that keeps nothing gets a new resident every time. */
function recall(): string | null {
  try {
    const kept = localStorage.getItem(storageKey);
    return kept !== null && /^[\w-]{6,64}$/.test(kept) ? kept : null;
  } catch {
    return null;
  }
}

function remember(openid: string): void {
  try {
    localStorage.setItem(storageKey, openid);
  } catch {
    // A private window may refuse storage; the conversation works without it.
  }
}

function forget(): void {
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing was kept.
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { HttpLine } from './http-line';
import type { Platform } from './platform';
import type { PushWire } from './wechat-push';

/** The platform's patience: 5 s for an answer, three deliveries in all. */
export const patienceMs = 5_000;
const deliveries = 3;
const laterMs = 90_000;

/** One message and what became of it. */
export interface Exchange {
  readonly msgId: string;
  /** Some delivery was answered by a proper 200. */
  readonly accepted: boolean;
  /** From the first delivery to its 200; null when the first one failed. */
  readonly micros: number | null;
  /** Why deliveries failed, in order. */
  readonly failures: readonly string[];
  /** What the resident read: the passive answer, or the custom message that came in its place; null when neither came. */
  readonly answer: string | null;
  readonly way: 'passive' | 'custom' | null;
  /** From the first delivery until the resident could read the answer, or nothing more was waited for. */
  readonly totalMs: number;
}

/** Where a phone is and which doors stand open. */
export interface PhoneNetwork {
  readonly wire: PushWire;
  readonly platform: Platform;
  /** Ports of the api processes; deliveries take them in turn. */
  readonly ports: readonly number[];
  readonly nextMsgId: () => string;
  /** Answers need not be for this very phone: the empty handler has one for all. */
  readonly anyRecipient?: boolean;
}

let counted = 0;
const started = BigInt(Date.now() % 1_000_000_000) * 1_000_000n;

/** A fresh MsgId above 2^53, as the platform's are. */
export function newMsgId(): string {
  counted += 1;
  return String(
    7_000_000_000_000_000_000n + started + BigInt(counted) + BigInt(process.pid % 100) * 10_000_000_000_000_000n,
  );
}

/** A resident's phone: says things over the real wire, delivers again as the platform does, and reads what comes back. */
export class Phone {
  private readonly lines = new Map<number, HttpLine>();
  private turn: number;

  constructor(
    readonly openid: string,
    private readonly network: PhoneNetwork,
    seat: number,
  ) {
    this.turn = seat;
  }

  /** Says something and waits until it is answered, at once or later, or given up by the platform. */
  async say(text: string): Promise<Exchange> {
    const msgId = this.network.nextMsgId();
    const createdAt = Math.floor(Date.now() / 1000);
    const failures: string[] = [];
    const began = performance.now();
    const end = (): { totalMs: number } => ({ totalMs: performance.now() - began });
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      // A delivery that failed early is not repeated before the platform would have given it up.
      const wait = began + delivery * patienceMs - performance.now();
      if (delivery > 0 && wait > 0) await sleep(wait);
      const result = await this.deliver(text, msgId, createdAt);
      if (typeof result === 'string') {
        failures.push(result);
        continue;
      }
      const micros = delivery === 0 ? result.micros : null;
      if (result.text !== null)
        return { msgId, accepted: true, micros, failures, answer: result.text, way: 'passive', ...end() };
      const answer = await this.network.platform.next(this.openid, laterMs);
      return { msgId, accepted: true, micros, failures, answer, way: answer === null ? null : 'custom', ...end() };
    }
    return { msgId, accepted: false, micros: null, failures, answer: null, way: null, ...end() };
  }

  /** One delivery: the words (null: later) and how long they took, or why it failed. */
  async deliver(
    text: string,
    msgId: string,
    createdAt: number,
  ): Promise<{ text: string | null; micros: number } | string> {
    const push = this.network.wire.text(this.openid, text, msgId, createdAt);
    const line = this.line();
    const began = performance.now();
    try {
      const headers = { 'Content-Type': 'text/xml' };
      const { status, body } = await line.request('POST', push.path, push.body, headers, patienceMs);
      const micros = (performance.now() - began) * 1000;
      if (status !== 200) return `HTTP ${status}`;
      const answer = this.network.wire.open(body, this.network.anyRecipient ? null : this.openid);
      if (answer.kind === 'malformed') return answer.why;
      return { text: answer.kind === 'words' ? answer.text : null, micros };
    } catch (error) {
      return (error as Error).message;
    }
  }

  close(): void {
    for (const line of this.lines.values()) line.close();
  }

  private line(): HttpLine {
    const { ports } = this.network;
    const port = ports[this.turn % ports.length] ?? 0;
    this.turn += 1;
    const line = this.lines.get(port) ?? new HttpLine(port);
    this.lines.set(port, line);
    return line;
  }
}

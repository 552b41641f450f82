import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { openWindow, type QuotaTrigger } from './custom-quota';
import type { Logged } from './bounded-log';
import type { Person } from './people';
import { failureNotice, type PhoneContent, type PhoneMessage } from './phone-message';
import { pushXml, type PushContent } from './push-content';
import { pushRequest, readAnswer, type PushAnswer, type PushMode } from './push-request';
import { officialPush, simOptions, type PushAddress, type SimOptions } from './sim-options';
import { SimState } from './sim-state';

/** How a push is sent. */
export interface PushManner {
  readonly mode?: PushMode | undefined;
  /** Identical pushes sent at the same time, as a nervous platform would. */
  readonly copies?: number | undefined;
  readonly delayMs?: number | undefined;
  /** Repeat an earlier message under its id. */
  readonly msgId?: string | undefined;
}

/** One request to the webhook: status and body when it answered in time, else the problem. */
export interface PushTry {
  readonly ms: number;
  readonly status: number | null;
  readonly body: string;
  readonly problem?: string;
}

/** What became of a push. */
export interface PushOutcome {
  readonly msgId: string;
  readonly tries: readonly PushTry[];
  /** The bubble the passive reply put on the phone. */
  readonly reply: Logged<PhoneMessage> | null;
  /** The phone shows the platform's failure notice. */
  readonly failed: boolean;
}

const maxTries = 3;
const triggers: Readonly<Record<string, QuotaTrigger>> = {
  subscribe: 'follow',
  SCAN: 'scan',
  CLICK: 'menuClick',
  scancode_push: 'menuClick',
  scancode_waitmsg: 'menuClick',
};

/** Pushes what residents do to the webhook: 5 s, three tries, and the failure notice when all are late. */
@Injectable()
export class PushService implements OnModuleDestroy {
  private readonly stopped = new AbortController();

  constructor(
    @Inject(simOptions) private readonly options: SimOptions,
    private readonly state: SimState,
  ) {}

  onModuleDestroy(): void {
    this.stopped.abort();
  }

  /** Sends what a resident says or does, and puts both sides on the phone. */
  async push(person: Person, content: PushContent, manner: PushManner = {}): Promise<PushOutcome> {
    const msgId = manner.msgId ?? this.state.nextMsgId();
    this.note(person, content, msgId);
    if (manner.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, manner.delayMs));
    const copies = Array.from({ length: manner.copies ?? 1 }, () =>
      this.deliver(person.openid, content, msgId, manner.mode),
    );
    const results = await Promise.all(copies);
    const tries = results.flatMap((result) => result.tries);
    const answers = results.map((result) => result.answer);
    const content0 = answers.find((answer) => answer?.kind === 'content');
    if (content0?.kind === 'content') {
      return { msgId, tries, reply: this.state.show(person.openid, 'passive', content0.content), failed: false };
    }
    const failed = !answers.some((answer) => answer?.kind === 'silent') && !isUnseen(content);
    if (failed) this.state.show(person.openid, 'failure', { type: 'text', text: failureNotice }, msgId);
    return { msgId, tries, reply: null, failed };
  }

  /** Sends a report nobody sees on the phone, such as TEMPLATESENDJOBFINISH. Its outcome matters to no one. */
  report(person: Person, event: string, fields: Readonly<Record<string, string>>): void {
    const content: PushContent = { type: 'event', event, fields };
    void this.deliver(person.openid, content, this.state.nextMsgId(), undefined);
  }

  /** Sends a raw JSON event to the mini-program's webhook, if one is configured. */
  reportMini(event: Readonly<Record<string, unknown>>, openid: string): void {
    const push = this.options.mini.push;
    if (push === undefined) return;
    const now = this.nowSeconds();
    const body = { ToUserName: push.originalId, FromUserName: openid, CreateTime: now, MsgType: 'event', ...event };
    const request = pushRequest(push, this.options.mini.appId, openid, JSON.stringify(body), 'plain', now);
    void this.request(request.url, request.body, 'application/json');
  }

  private note(person: Person, content: PushContent, msgId: string): void {
    const now = this.state.clock.now();
    const trigger = content.type === 'event' ? triggers[content.event] : 'message';
    if (trigger !== undefined) person.windows = openWindow(person.windows, trigger, now);
    if (content.type === 'event') return;
    person.following = true;
    person.lastMessageAt = now;
    const seen = this.state.conversationOf(person.openid, 0).some((one) => one.way === 'push' && one.msgId === msgId);
    if (!seen) this.state.show(person.openid, 'push', bubble(content), msgId);
  }

  private async deliver(
    openid: string,
    content: PushContent,
    msgId: string,
    wished: PushMode | undefined,
  ): Promise<{ tries: PushTry[]; answer: PushAnswer | null }> {
    const address: PushAddress = officialPush(this.options);
    const appId = this.options.official.appId;
    const mode = wished ?? (address.aesKey === undefined ? 'plain' : 'aes');
    const envelope = { to: address.originalId, from: openid, createTime: this.nowSeconds(), msgId };
    const xml = pushXml(envelope, content);
    const tries: PushTry[] = [];
    while (tries.length < maxTries && !this.stopped.signal.aborted) {
      const request = pushRequest(address, appId, openid, xml, mode, this.nowSeconds());
      const attempt = await this.request(request.url, request.body, 'text/xml');
      if (attempt.status !== 200) {
        tries.push(attempt);
        continue;
      }
      const answer = readAnswer(address, appId, openid, attempt.body, mode);
      tries.push(answer.kind === 'malformed' ? { ...attempt, problem: answer.problem } : attempt);
      return { tries, answer };
    }
    return { tries, answer: null };
  }

  private async request(url: string, body: string, contentType: string): Promise<PushTry> {
    const began = performance.now();
    const timeout = AbortSignal.timeout(this.options.pushTimeoutMs ?? 5_000);
    const signal = AbortSignal.any([timeout, this.stopped.signal]);
    const elapsed = (): number => Math.round(performance.now() - began);
    try {
      const headers = { 'content-type': contentType, 'user-agent': 'Mozilla/4.0' };
      const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
      const text = await response.text();
      const late = response.status === 200 ? {} : { problem: `HTTP ${response.status}` };
      return { ms: elapsed(), status: response.status, body: text, ...late };
    } catch (error) {
      const problem = timeout.aborted ? 'no answer in time' : reasonOf(error);
      return { ms: elapsed(), status: null, body: '', problem };
    }
  }

  private nowSeconds(): number {
    return Math.floor(this.state.clock.realNow().getTime() / 1000);
  }
}

function isUnseen(content: PushContent): boolean {
  return content.type === 'event' && !['subscribe', 'SCAN', 'CLICK'].includes(content.event);
}

function bubble(content: Exclude<PushContent, { type: 'event' }>): PhoneContent {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text };
    case 'location':
      return { type: 'location', lat: content.lat, lng: content.lng, label: content.label };
    case 'link':
      return { type: 'news', articles: [{ title: content.title, description: '', url: content.url }] };
    default:
      return { type: content.type, mediaId: content.mediaId };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { customContent } from './custom-content';
import { spend } from './custom-quota';
import type { Person } from './people';
import type { PhoneContent } from './phone-message';
import { PlatformError } from './platform-error';
import { member, PlatformDesk, text, type Body, type Query } from './platform-desk';
import { PushService } from './push.service';
import { SimState } from './sim-state';
import { templateProblem } from './template-values';

/** What the account sends to phones, with the platform's windows, quotas and limits. */
@Injectable()
export class OutboundService {
  constructor(
    private readonly state: SimState,
    private readonly desk: PlatformDesk,
    private readonly pushes: PushService,
  ) {}

  /** 客服消息. Content is checked before the quota, so that a refused message costs nothing. */
  custom(query: Query, body: Body): void {
    const app = this.desk.authorize(query);
    const person = this.desk.recipient(body['touser'], app);
    const content = customContent(body);
    if ('mediaId' in content && this.state.media.get(content.mediaId) === null) throw new PlatformError(40007);
    if (app === 'official' && !person.following) throw new PlatformError(43004);
    const result = spend(person.windows, this.state.clock.now());
    if ('errcode' in result) throw new PlatformError(result.errcode);
    person.windows = result.windows;
    this.deliver(person, 'custom', content);
  }

  /** 输入状态: only within 30 s of a message from the resident, and not twice. */
  typing(query: Query, body: Body): void {
    const person = this.desk.recipient(body['touser'], this.desk.authorize(query));
    const command = text(body, 'command');
    const now = this.state.clock.now();
    if (command !== 'Typing' && command !== 'CancelTyping') throw new PlatformError(45072);
    if (command === 'Typing' && now - person.lastMessageAt > 30_000) throw new PlatformError(45080);
    if (command === 'Typing' && person.typingUntil > now) throw new PlatformError(45081);
    this.state.setTyping(person, command === 'Typing');
  }

  /** 模板消息: followers only; the delivery report is pushed a moment later. */
  template(query: Query, body: Body): { readonly msgid: number } {
    const person = this.desk.recipient(body['touser'], this.desk.authorize(query, 'official'));
    if (!person.following) throw new PlatformError(43004);
    const card = templateCard(body);
    this.deliver(person, 'template', card);
    const msgid = randomInt(1_000_000_000, 2 ** 47);
    this.pushes.report(person, 'TEMPLATESENDJOBFINISH', { MsgID: String(msgid), Status: 'success' });
    return { msgid };
  }

  /** 订阅消息 of the mini-program, 订阅通知 of the official account: one consent pays for one message. */
  subscribe(query: Query, body: Body, app: 'mini' | 'official'): void {
    const person = this.desk.recipient(body['touser'], this.desk.authorize(query, app));
    const card = templateCard(body);
    const templateId = text(body, 'template_id');
    const left = person.consents.get(templateId) ?? 0;
    if (left <= 0) throw new PlatformError(43101);
    person.consents.set(templateId, left - 1);
    this.deliver(person, 'subscribe', card);
  }

  private deliver(person: Person, way: 'custom' | 'template' | 'subscribe', content: PhoneContent): void {
    if (way === 'custom' && person.typingUntil > this.state.clock.now()) this.state.setTyping(person, false);
    this.state.show(person.openid, way, content);
  }
}

function templateCard(body: Body): PhoneContent {
  const templateId = text(body, 'template_id');
  if (templateId === '') throw new PlatformError(40037);
  const problem = templateProblem(body['data']);
  if (problem !== null) throw new PlatformError(47003, problem);
  const lines = Object.values(member(body, 'data')).map((value) => text(value as Body, 'value'));
  const url = text(body, 'url');
  return { type: 'card', title: '服务通知', lines, ...(url === '' ? {} : { url }) };
}

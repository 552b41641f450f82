import { createHash } from 'node:crypto';
import { Refusal } from '@linli/kernel';
import type { Channel, InboundContent, InboundMessage } from '@linli/contracts';
import { isUnreachable } from './platform-errors';
import { objectsOf, textOf, wordOf, type Fields } from './push-body';
import { cutAt } from './wire-text';

/** The channels the platform pushes for. */
export type WechatChannel = Extract<Channel, 'wechatOfficial' | 'wechatMini'>;

type Reader = (fields: Fields) => InboundContent | null;

const longestText = 20_000;
const longestPart = 64;
const longestName = 128;

/** The message or event a push carries. Types this product does not know are received as silent. */
export function inboundMessage(fields: Fields, channel: WechatChannel): InboundMessage {
  const [from, to] = [wordOf(fields, 'FromUserName'), wordOf(fields, 'ToUserName')];
  const [time, type] = [wordOf(fields, 'CreateTime'), wordOf(fields, 'MsgType')];
  if (from === null || to === null || time === null || type === null) throw new Refusal('wechat.malformed');
  if (from.length > longestName || to.length > longestName || !/^\d{1,11}$/.test(time)) {
    throw new Refusal('wechat.malformed');
  }
  const event = type.toLowerCase() === 'event' ? (wordOf(fields, 'Event') ?? '') : null;
  const reader = event === null ? messages.get(type.toLowerCase()) : events.get(event.toLowerCase());
  return {
    channel,
    id: event === null ? messageId(fields, from, time, type) : eventId(fields, from, time, event),
    from,
    to,
    at: new Date(Number(time) * 1_000),
    content: reader?.(fields) ?? { kind: 'silent', type: cutAt(event ?? type, longestPart) },
  };
}

const messages = readers({
  text: (fields) => {
    const menuId = wordOf(fields, 'bizmsgmenuid');
    const text = cutAt(textOf(fields, 'Content') ?? '', longestText);
    return { kind: 'text', text, ...(menuId === null ? {} : { menuId }) };
  },
  image: (fields) => {
    const [mediaId, url] = [wordOf(fields, 'MediaId'), wordOf(fields, 'PicUrl')];
    return mediaId === null ? null : { kind: 'image', mediaId, ...(url === null ? {} : { url }) };
  },
  voice: (fields) => {
    const [mediaId, recognition] = [wordOf(fields, 'MediaId'), wordOf(fields, 'Recognition')];
    return mediaId === null ? null : { kind: 'voice', mediaId, ...(recognition === null ? {} : { recognition }) };
  },
  video,
  shortvideo: video,
  location: (fields) => {
    const [lat, lng] = [wordOf(fields, 'Location_X'), wordOf(fields, 'Location_Y')];
    if (!isDegrees(lat, 90) || !isDegrees(lng, 180)) return null;
    return { kind: 'location', lat: Number(lat), lng: Number(lng), label: wordOf(fields, 'Label') ?? '' };
  },
  link: (fields) => {
    const url = wordOf(fields, 'Url');
    return url === null ? null : { kind: 'link', title: wordOf(fields, 'Title') ?? '', url };
  },
});

const events = readers({
  subscribe: (fields) => {
    const scene = /^qrscene_(.+)$/s.exec(wordOf(fields, 'EventKey') ?? '')?.[1];
    return { kind: 'follow', ...(scene === undefined ? {} : { scene }) };
  },
  unsubscribe: () => ({ kind: 'unfollow' }),
  scan: (fields) => {
    const scene = wordOf(fields, 'EventKey');
    return scene === null ? null : { kind: 'scan', scene };
  },
  click: (fields) => {
    const key = wordOf(fields, 'EventKey');
    return key === null ? null : { kind: 'menuClick', key };
  },
  user_authorization_revoke: () => ({ kind: 'revoked' }),
  templatesendjobfinish: (fields) => {
    const status = (wordOf(fields, 'Status') ?? '').toLowerCase();
    const blocked = /^failed:\s*user/.test(status);
    return report(fields, status === 'success' ? 'sent' : blocked ? 'blocked' : 'failed');
  },
  subscribe_msg_sent_event: (fields) => {
    const [sent] = sentItems(fields);
    if (sent === undefined) return null;
    const code = Number(wordOf(sent, 'ErrorCode') ?? Number.NaN);
    return report(sent, code === 0 ? 'sent' : isUnreachable(code) ? 'blocked' : 'failed');
  },
});

/** A map, because types come from outside and an object would answer to `constructor`. */
function readers(byType: Readonly<Record<string, Reader>>): ReadonlyMap<string, Reader> {
  return new Map(Object.entries(byType));
}

function video(fields: Fields): InboundContent | null {
  const mediaId = wordOf(fields, 'MediaId');
  return mediaId === null ? null : { kind: 'video', mediaId };
}

function report(fields: Fields, outcome: 'sent' | 'blocked' | 'failed'): InboundContent | null {
  const platformId = platformIdOf(fields);
  return platformId === null ? null : { kind: 'deliveryReport', platformId, outcome };
}

/** The documents spell it both ways. */
function platformIdOf(fields: Fields): string | null {
  return wordOf(fields, 'MsgID') ?? wordOf(fields, 'MsgId');
}

/** XML wraps the list in an element of its own, JSON does not. */
function sentItems(fields: Fields): Fields[] {
  return [fields, ...objectsOf(fields, 'SubscribeMsgSentEvent')].flatMap((holder) => objectsOf(holder, 'List'));
}

function isDegrees(text: string | null, most: number): boolean {
  return text !== null && /^-?\d{1,3}(\.\d{1,20})?$/.test(text) && Math.abs(Number(text)) <= most;
}

/** A message without a usable MsgId gets one from its content, the same at every redelivery. */
function messageId(fields: Fields, from: string, time: string, type: string): string {
  const id = wordOf(fields, 'MsgId');
  if (id !== null && /^\w{1,64}$/.test(id)) return `wx-${id}`;
  return ['ev', digest(from), time, part(type), digest(JSON.stringify(fields))].join('-');
}

function eventId(fields: Fields, from: string, time: string, event: string): string {
  const [sent] = sentItems(fields);
  const key = wordOf(fields, 'EventKey') ?? platformIdOf(fields) ?? (sent === undefined ? null : platformIdOf(sent));
  return ['ev', digest(from), time, part(event), part(key ?? '')].join('-');
}

/** Long parts, and parts a queue would choke on, are hashed; the sender always is, since ids are kept unsealed. */
function part(text: string): string {
  return text.length <= longestPart && /^[\w.-]*$/.test(text) ? text : digest(text);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

import { XMLParser } from 'fast-xml-parser';
import type { PhoneContent } from './phone-message';

const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreAttributes: true });

/** The fields of a flat or nested `<xml>` document; null when it is not one. */
export function parseXml(text: string): Record<string, unknown> | null {
  if (!isBalanced(text)) return null;
  const parsed: unknown = parser.parse(text);
  const root = isRecord(parsed) ? parsed['xml'] : undefined;
  return isRecord(root) ? root : null;
}

/** Whether every element that opens closes in its turn, outside of CDATA; the parser itself forgives it. */
function isBalanced(text: string): boolean {
  const open: string[] = [];
  const tags = text.replace(/<!\[CDATA\[[^]*?\]\]>/g, '').matchAll(/<(\/?)([^\s<>/!?]+)[^<>]*?(\/?)>|[<>]/g);
  for (const [whole, closes, name, empty] of tags) {
    if (name === undefined) return false;
    if (closes === '/') {
      if (open.pop() !== name) return false;
    } else if (empty !== '/' && whole !== '') open.push(name);
  }
  return open.length === 0;
}

/** What the phone shows for a passive reply addressed to `openid`; a reason instead when the platform would reject it. */
export function readPassiveReply(
  fields: Record<string, unknown>,
  openid: string,
  originalId: string,
): { readonly content: PhoneContent } | { readonly problem: string } {
  if (fields['ToUserName'] !== openid) return { problem: 'ToUserName is not the sender of the message' };
  if (fields['FromUserName'] !== originalId) return { problem: 'FromUserName is not this account' };
  if (!/^\d+$/.test(String(fields['CreateTime']))) return { problem: 'CreateTime is no number of seconds' };
  const content = passiveContent(fields);
  return content === null ? { problem: `a reply of type ${String(fields['MsgType'])} lacks its content` } : { content };
}

function passiveContent(fields: Record<string, unknown>): PhoneContent | null {
  switch (fields['MsgType']) {
    case 'text':
      return typeof fields['Content'] === 'string' ? { type: 'text', text: fields['Content'] } : null;
    case 'image':
      return mediaContent('image', fields['Image']);
    case 'voice':
      return mediaContent('voice', fields['Voice']);
    case 'video':
      return mediaContent('video', fields['Video']);
    case 'news':
      return newsContent(fields['Articles']);
    default:
      return null;
  }
}

function mediaContent(type: 'image' | 'voice' | 'video', holder: unknown): PhoneContent | null {
  const mediaId = isRecord(holder) ? holder['MediaId'] : undefined;
  return typeof mediaId === 'string' ? { type, mediaId } : null;
}

function newsContent(holder: unknown): PhoneContent | null {
  const items = isRecord(holder) ? [holder['item']].flat() : [];
  const articles = items.filter(isRecord).map((item) => ({
    title: asText(item['Title']),
    description: asText(item['Description']),
    url: asText(item['Url']),
  }));
  return articles.length === 0 ? null : { type: 'news', articles };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

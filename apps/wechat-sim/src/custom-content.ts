import { PlatformError } from './platform-error';
import type { MenuItem, PhoneContent } from './phone-message';
import { member, text, type Body } from './platform-desk';

const textLimitBytes = 2_048;

/** What a custom message puts on the phone; 45002 when too long, 40008 for an unknown type, 47001 when its content is missing. */
export function customContent(body: Body): PhoneContent {
  const type = text(body, 'msgtype');
  const content = member(body, type);
  switch (type) {
    case 'text':
      return textContent(text(content, 'content'), body);
    case 'msgmenu':
      return menuContent(content);
    case 'image':
    case 'voice':
    case 'video':
      return { type, mediaId: text(content, 'media_id') };
    case 'news':
      return newsContent(content);
    case 'miniprogrampage':
      return { type: 'card', title: text(content, 'title'), lines: ['小程序'], url: text(content, 'pagepath') };
    default:
      throw new PlatformError(40008);
  }
}

function textContent(content: string, body: Body): PhoneContent {
  if (content === '') throw new PlatformError(47001);
  if (Buffer.byteLength(content) > textLimitBytes) throw new PlatformError(45002);
  const byAi = member(body, 'aimsgcontext')['is_ai_msg'] === 1;
  return { type: 'text', text: content, ...(byAi ? { byAi } : {}) };
}

function menuContent(content: Body): PhoneContent {
  const list = Array.isArray(content['list']) ? (content['list'] as unknown[]) : [];
  const items = list.map((item): MenuItem => {
    const fields = (typeof item === 'object' && item !== null ? item : {}) as Body;
    const { id } = fields;
    return { id: typeof id === 'string' || typeof id === 'number' ? String(id) : '', content: text(fields, 'content') };
  });
  if (items.length === 0 || items.some((item) => item.content === '')) throw new PlatformError(47001);
  return { type: 'menu', head: text(content, 'head_content'), items, tail: text(content, 'tail_content') };
}

function newsContent(content: Body): PhoneContent {
  const articles = Array.isArray(content['articles']) ? (content['articles'] as Body[]) : [];
  if (articles.length !== 1) throw new PlatformError(45008);
  const shown = articles.map((one) => ({
    title: text(one, 'title'),
    description: text(one, 'description'),
    url: text(one, 'url'),
  }));
  return { type: 'news', articles: shown };
}

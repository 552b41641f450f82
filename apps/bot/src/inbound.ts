import type { InboundContent, InboundMessage } from '@linli/contracts';

/** What the bot reads off a wechaty message before it decides anything. */
export interface HeardMessage {
  readonly id: string;
  readonly type: 'text' | 'image' | 'voice' | 'video' | 'location' | 'link' | 'other';
  readonly text: string;
  readonly at: Date;
  readonly fromSelf: boolean;
  readonly talkerId: string;
  readonly selfId: string;
  /** Null in a private chat. */
  readonly room: { readonly mentioned: boolean } | null;
  readonly location?: { readonly lat: number; readonly lng: number; readonly label: string };
  readonly link?: { readonly title: string; readonly url: string };
  /** A picture already kept, as `file:<id>`. */
  readonly mediaId?: string;
}

/** After a reconnect a puppet tells old messages again; those answered or missed long ago are not answered now. */
const oldestMs = 120_000;

export type Heed = 'answer' | 'inviteToPrivate' | 'ignore';

/** Whether a message is for us: our own echo, old ones and other people's talk in a room are not. */
export function heed(message: HeardMessage, now: Date): Heed {
  if (message.fromSelf || now.getTime() - message.at.getTime() > oldestMs) return 'ignore';
  if (!message.room) return 'answer';
  return message.room.mentioned ? 'inviteToPrivate' : 'ignore';
}

/** The message as the inbox takes it. */
export function inboundOf(message: HeardMessage): InboundMessage {
  return {
    channel: 'wechaty',
    id: `wy-${message.id}`,
    from: message.talkerId,
    to: message.selfId,
    at: message.at,
    content: contentOf(message),
  };
}

function contentOf({ type, text, location, link, mediaId }: HeardMessage): InboundContent {
  switch (type) {
    case 'text':
      return { kind: 'text', text };
    case 'location':
      return location ? { kind: 'location', ...location } : { kind: 'silent', type };
    case 'link':
      return { kind: 'link', title: link?.title ?? '', url: link?.url ?? '' };
    case 'image':
      return mediaId === undefined ? { kind: 'silent', type } : { kind: 'image', mediaId };
    case 'voice':
      return { kind: 'voice', mediaId: mediaId ?? '' };
    case 'video':
      return { kind: 'video', mediaId: mediaId ?? '' };
    case 'other':
      return { kind: 'silent', type };
  }
}

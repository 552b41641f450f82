import { types, type Message } from 'wechaty';
import type { HeardMessage } from './inbound';

const kinds: ReadonlyMap<types.Message, HeardMessage['type']> = new Map([
  [types.Message.Text, 'text'],
  [types.Message.Image, 'image'],
  [types.Message.Audio, 'voice'],
  [types.Message.Video, 'video'],
  [types.Message.Location, 'location'],
  [types.Message.Url, 'link'],
]);

/** Reads what is needed off a wechaty message; a part the puppet cannot give is left out, never fatal. */
export async function heardMessage(message: Message, selfId: string): Promise<HeardMessage> {
  const type = kinds.get(message.type()) ?? 'other';
  const room = message.room();
  return {
    id: message.id,
    type,
    text: room ? await message.mentionText() : message.text(),
    at: message.date(),
    fromSelf: message.self(),
    talkerId: message.talker().id,
    selfId,
    room: room ? { mentioned: await message.mentionSelf() } : null,
    ...(type === 'location' ? await locationOf(message) : {}),
    ...(type === 'link' ? await linkOf(message) : {}),
  };
}

async function locationOf(message: Message): Promise<Pick<HeardMessage, 'location'>> {
  const found = await message.toLocation().catch(() => null);
  if (!found) return {};
  return { location: { lat: found.latitude(), lng: found.longitude(), label: found.address() } };
}

async function linkOf(message: Message): Promise<Pick<HeardMessage, 'link'>> {
  const found = await message.toUrlLink().catch(() => null);
  return found ? { link: { title: found.title(), url: found.url() } } : {};
}

import { heed, inboundOf, type HeardMessage } from './inbound';

const now = new Date('2026-03-10T02:00:00Z');
const heard = (change: Partial<HeardMessage> = {}): HeardMessage => ({
  id: 'm1',
  type: 'text',
  text: '低保怎么办',
  at: now,
  fromSelf: false,
  talkerId: 'li',
  selfId: 'me',
  room: null,
  ...change,
});

describe('what the bot heeds', () => {
  it.each<[string, Partial<HeardMessage>, string]>([
    ['words in private', {}, 'answer'],
    ['its own echo', { fromSelf: true }, 'ignore'],
    ['words told again after a reconnect', { at: new Date(now.getTime() - 121_000) }, 'ignore'],
    ['words of two minutes ago', { at: new Date(now.getTime() - 120_000) }, 'answer'],
    ['talk in a room', { room: { mentioned: false } }, 'ignore'],
    ['a mention in a room', { room: { mentioned: true } }, 'inviteToPrivate'],
    ['its own mention in a room', { room: { mentioned: true }, fromSelf: true }, 'ignore'],
  ])('%s', (_what, change, expected) => expect(heed(heard(change), now)).toBe(expected));
});

describe('what the inbox is handed', () => {
  it.each<[Partial<HeardMessage>, object]>([
    [{}, { kind: 'text', text: '低保怎么办' }],
    [
      { type: 'location', location: { lat: 30, lng: 106, label: '菜市场' } },
      { kind: 'location', lat: 30, lng: 106, label: '菜市场' },
    ],
    [{ type: 'location' }, { kind: 'silent', type: 'location' }],
    [
      { type: 'image', mediaId: 'file:1' },
      { kind: 'image', mediaId: 'file:1' },
    ],
    [{ type: 'image' }, { kind: 'silent', type: 'image' }],
    [{ type: 'voice' }, { kind: 'voice', mediaId: '' }],
    [{ type: 'video' }, { kind: 'video', mediaId: '' }],
    [
      { type: 'link', link: { title: 't', url: 'u' } },
      { kind: 'link', title: 't', url: 'u' },
    ],
    [{ type: 'other' }, { kind: 'silent', type: 'other' }],
  ])('of %j', (change, content) => {
    expect(inboundOf(heard(change))).toEqual({
      channel: 'wechaty',
      id: 'wy-m1',
      from: 'li',
      to: 'me',
      at: now,
      content,
    });
  });
});

import { Refusal } from '@linli/kernel';
import type { InboundMessage } from '@linli/contracts';
import type { MiniAccount, OfficialAccount } from '@linli/platform';
import { inboundMessage, type WechatChannel } from './inbound';
import { MessageCipher } from './message-cipher';
import { passiveReply } from './passive-reply';
import { isJson, pushBody, textOf, type Fields } from './push-body';
import { checkFresh, checkSignature, pushQuery, type PushQuery } from './push-query';

/** What came in, and the way to answer it. */
export interface Push {
  readonly message: InboundMessage;
  /** The body to answer with; encrypted when the push was. Throws when the text is blank or over 2,048 bytes. */
  reply(text: string, now: Date): string;
}

interface Opened {
  readonly fields: Fields;
  readonly format: 'xml' | 'json';
  /** Null when the push was plaintext. */
  readonly cipher: MessageCipher | null;
}

/** The account's setting of its webhook's address: returns what to echo, as text/plain. */
export function verifyUrl(
  query: Readonly<Record<string, unknown>>,
  account: { readonly token?: string },
  now: Date,
): string {
  const read = pushQuery(query);
  checkSignature(read.signature, account.token, [read.timestamp, read.nonce]);
  checkFresh(read.timestamp, now);
  if (read.echostr === null) throw new Refusal('wechat.malformed');
  return read.echostr;
}

/**
 * Opens a push: checks its signatures, its age (300 s either way), whom it is for, decrypts it and reads it. An
 * account with an AES key takes no plaintext; without one the plain elements are read, which 兼容模式 sends too.
 */
export function openPush(
  query: Readonly<Record<string, unknown>>,
  body: string,
  account: OfficialAccount | MiniAccount,
  channel: WechatChannel,
  now: Date,
): Push {
  const read = pushQuery(query);
  const { fields, format, cipher } = opened(read, body, account, channel, now);
  const message = inboundMessage(fields, channel);
  const originalId = 'originalId' in account ? account.originalId : undefined;
  if (originalId !== undefined && message.to !== originalId) throw new Refusal('wechat.foreignApp');
  const manner = { format, cipher, token: account.token ?? '', nonce: read.nonce };
  return { message, reply: (text, at) => passiveReply(message.from, message.to, text, at, manner) };
}

function opened(
  query: PushQuery,
  body: string,
  account: OfficialAccount | MiniAccount,
  channel: WechatChannel,
  now: Date,
): Opened {
  const { token, aesKey, appId } = account;
  const sealed = aesKey !== undefined && query.encrypted;
  if (!sealed || query.signature !== null) checkSignature(query.signature, token, [query.timestamp, query.nonce]);
  if (!sealed) {
    checkFresh(query.timestamp, now);
    if (aesKey !== undefined) throw new Refusal('wechat.plaintextRefused');
    return { ...readBody(body, channel), cipher: null };
  }
  const encrypted = textOf(readBody(body, channel).fields, 'Encrypt')?.trim();
  if (encrypted === undefined) throw new Refusal('wechat.plaintextRefused');
  checkSignature(query.msgSignature, token, [query.timestamp, query.nonce, encrypted]);
  checkFresh(query.timestamp, now);
  const cipher = new MessageCipher(aesKey, appId);
  return { ...readBody(cipher.decrypt(encrypted), channel), cipher };
}

/** Official accounts push XML only, mini-programs XML or JSON as their console is set. */
function readBody(body: string, channel: WechatChannel): Pick<Opened, 'fields' | 'format'> {
  const jsonAllowed = channel === 'wechatMini';
  return { fields: pushBody(body, jsonAllowed), format: jsonAllowed && isJson(body) ? 'json' : 'xml' };
}

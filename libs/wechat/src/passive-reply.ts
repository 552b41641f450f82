import type { MessageCipher } from './message-cipher';
import { signatureOf } from './signature';
import { textLimitBytes, wellFormed, xmlElement } from './wire-text';

/** How the push being answered was written; the answer is written likewise. */
export interface ReplyManner {
  readonly format: 'xml' | 'json';
  /** Null for a plaintext push. */
  readonly cipher: MessageCipher | null;
  readonly token: string;
  readonly nonce: string;
}

/**
 * The body that answers a push with a text. Throws when the text is blank or over 2,048 UTF-8 bytes: the platform
 * would show the resident a failure notice instead, so the caller splits first.
 */
export function passiveReply(to: string, from: string, text: string, now: Date, manner: ReplyManner): string {
  const content = wellFormed(text);
  const bytes = Buffer.byteLength(content);
  if (content.trim() === '' || bytes > textLimitBytes) {
    throw new RangeError(`a reply has 1 to ${textLimitBytes} bytes, not ${bytes}`);
  }
  const seconds = Math.floor(now.getTime() / 1_000);
  const reply = { ToUserName: to, FromUserName: from, CreateTime: seconds, MsgType: 'text', Content: content };
  return sealReply(written(reply, manner), seconds, manner);
}

/** Wraps a written reply the way its push was wrapped. */
export function sealReply(reply: string, seconds: number, manner: ReplyManner, random?: Buffer): string {
  if (manner.cipher === null) return reply;
  const encrypted = manner.cipher.encrypt(reply, random);
  const signature = signatureOf([manner.token, String(seconds), manner.nonce, encrypted]);
  const sealed = { Encrypt: encrypted, MsgSignature: signature, TimeStamp: seconds, Nonce: manner.nonce };
  return written(sealed, manner);
}

function written(fields: Readonly<Record<string, string | number>>, manner: ReplyManner): string {
  return manner.format === 'json' ? JSON.stringify(fields) : xmlElement(fields);
}

import { createHash } from 'node:crypto';
import { MessageCipher, signatureOf } from '@linli/wechat';
import type { Product } from './product';

/** What a push changes of what the platform would send. */
export interface Forgery {
  readonly token?: string;
  readonly appId?: string;
  readonly time?: string;
  readonly body?: (sealed: string) => string;
  readonly query?: (query: URLSearchParams) => void;
}

export interface Answered {
  readonly status: number;
  /** The problem's code, or the words of the reply, or the body as it came. */
  readonly said: string;
}

/** The present second, as pushes carry it. */
export function second(): string {
  return String(Math.floor(Date.now() / 1000));
}

/** A text message as the platform words it; `id` becomes a 64-bit MsgId. */
export function textXml(product: Product, openid: string, id: string, content: string): string {
  const to = product.ground.accounts.official?.originalId ?? '';
  const msgId = BigInt(`0x${createHash('sha1').update(id).digest('hex').slice(0, 14)}`).toString();
  return (
    `<xml><ToUserName>${to}</ToUserName><FromUserName>${openid}</FromUserName><CreateTime>${second()}</CreateTime>` +
    `<MsgType>text</MsgType><Content><![CDATA[${content}]]></Content><MsgId>${msgId}</MsgId></xml>`
  );
}

/** Pushes straight to the webhook, signed and encrypted as the platform does but for what the forgery changes. */
export async function push(product: Product, xml: string, change: Forgery = {}): Promise<Answered> {
  const { official } = product.ground.accounts;
  if (!official?.aesKey) throw new Error('the demo account has a key');
  const time = change.time ?? second();
  const token = change.token ?? official.token;
  const sealed = new MessageCipher(official.aesKey, change.appId ?? official.appId).encrypt(xml);
  const query = new URLSearchParams({
    timestamp: time,
    nonce: 'n1',
    encrypt_type: 'aes',
    signature: signatureOf([token, time, 'n1']),
    msg_signature: signatureOf([token, time, 'n1', sealed]),
  });
  change.query?.(query);
  const response = await fetch(`${product.url}/wechat/official?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: change.body?.(sealed) ?? `<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
  });
  const text = await response.text();
  if (text.startsWith('{')) return { status: response.status, said: (JSON.parse(text) as { code: string }).code };
  const encrypted = /<Encrypt>(?:<!\[CDATA\[)?([^<\]]+)/.exec(text)?.[1];
  if (encrypted === undefined) return { status: response.status, said: text };
  const opened = new MessageCipher(official.aesKey, official.appId).decrypt(encrypted);
  return { status: response.status, said: /<Content><!\[CDATA\[([^]*?)\]\]>/.exec(opened)?.[1] ?? opened };
}

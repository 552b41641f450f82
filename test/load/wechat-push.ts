import { randomInt } from 'node:crypto';
import type { OfficialAccount } from '@linli/platform';
import { MessageCipher, signatureOf } from '@linli/wechat';

/** The account pushes are made for, as it travels between processes. */
export interface PushAccount {
  readonly appId: string;
  readonly originalId: string;
  readonly token: string;
  readonly aesKey: string;
}

/** One signed request to the webhook. */
export interface PushRequest {
  readonly path: string;
  readonly body: string;
}

/** What came back: words for the resident, nothing yet, or something the platform would not show. */
export type PushAnswer =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'later' }
  | { readonly kind: 'malformed'; readonly why: string };

export function pushAccount(official: OfficialAccount | null): PushAccount {
  if (!official?.aesKey || !official.originalId) throw new Error('the bench needs an account with an AES key');
  const { appId, originalId, token, aesKey } = official;
  return { appId, originalId, token, aesKey };
}

/** Builds pushes as the platform does in 安全模式 and opens the replies to them. */
export class PushWire {
  private readonly cipher: MessageCipher;

  constructor(private readonly account: PushAccount) {
    this.cipher = new MessageCipher(account.aesKey, account.appId);
  }

  /** A text message; the same `msgId` and `createdAt` make a redelivery, signed afresh. */
  text(openid: string, text: string, msgId: string, createdAt: number): PushRequest {
    const { originalId, token } = this.account;
    const words = text.replaceAll(']]>', ']]]]><![CDATA[>');
    const encrypted = this.cipher.encrypt(
      `<xml><ToUserName><![CDATA[${originalId}]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName>` +
        `<CreateTime>${createdAt}</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
        `<Content><![CDATA[${words}]]></Content><MsgId>${msgId}</MsgId></xml>`,
    );
    const timestamp = String(Math.floor(Date.now() / 1000));
    const nonce = String(randomInt(100_000_000, 2_000_000_000));
    const signature = signatureOf([token, timestamp, nonce]);
    const msgSignature = signatureOf([token, timestamp, nonce, encrypted]);
    return {
      path:
        `/wechat/official?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&openid=${openid}` +
        `&encrypt_type=aes&msg_signature=${msgSignature}`,
      body: `<xml><ToUserName><![CDATA[${originalId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    };
  }

  /** A reply as the product seals one, for the handler that does nothing else. */
  reply(openid: string, text: string): string {
    const encrypted = this.cipher.encrypt(
      `<xml><ToUserName><![CDATA[${openid}]]></ToUserName><FromUserName><![CDATA[${this.account.originalId}]]></FromUserName>` +
        `<CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content></xml>`,
    );
    const signature = signatureOf([this.account.token, '1', '1', encrypted]);
    return (
      `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature>` +
      `<TimeStamp>1</TimeStamp><Nonce><![CDATA[1]]></Nonce></xml>`
    );
  }

  /** Reads the body of a 200 as the platform would: signature, cipher, whom it is for (null: anybody). */
  open(body: string, openid: string | null): PushAnswer {
    if (body === '' || body === 'success') return { kind: 'later' };
    const [encrypted, given, timestamp, nonce] = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map((name) =>
      element(body, name),
    );
    if (!encrypted || !given || !timestamp || !nonce) return { kind: 'malformed', why: 'the reply is not encrypted' };
    if (given !== signatureOf([this.account.token, timestamp, nonce, encrypted]))
      return { kind: 'malformed', why: 'the MsgSignature of the reply is wrong' };
    const xml = this.cipher.decrypt(encrypted);
    if (openid !== null && element(xml, 'ToUserName') !== openid)
      return { kind: 'malformed', why: 'the reply is for somebody else' };
    const text = element(xml, 'Content');
    return text ? { kind: 'words', text } : { kind: 'malformed', why: 'the reply holds no words' };
  }
}

/** The value of one flat element, CDATA or bare. */
function element(xml: string, name: string): string | null {
  const start = xml.indexOf(`<${name}>`);
  const end = xml.indexOf(`</${name}>`, start);
  if (start < 0 || end < 0) return null;
  const value = xml.slice(start + name.length + 2, end);
  return value.startsWith('<![CDATA[') ? value.slice(9, -3).replaceAll(']]]]><![CDATA[>', ']]>') : value;
}

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Refusal } from '@linli/kernel';
import { freshBytes } from '@linli/platform';

const block = 32;
const randomLength = 16;
const headLength = randomLength + 4;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The cipher of pushes and replies (安全模式): AES-256-CBC under the account's key, PKCS#7 padding to 32 bytes, over
 * 16 random bytes ‖ length of the message in 4 bytes ‖ message ‖ appid.
 */
export class MessageCipher {
  private readonly key: Buffer;
  private readonly iv: Buffer;

  constructor(
    aesKey: string,
    private readonly appId: string,
  ) {
    this.key = Buffer.from(`${aesKey}=`, 'base64');
    if (this.key.length !== 32) throw new Error('an EncodingAESKey has 43 characters of base64');
    this.iv = this.key.subarray(0, 16);
  }

  /** The value of `Encrypt` for a message of this account. */
  encrypt(xml: string, random: Buffer = freshBytes(randomLength)): string {
    const message = Buffer.from(xml, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(message.length);
    const plain = Buffer.concat([random, length, message, Buffer.from(this.appId, 'utf8')]);
    const padding = block - (plain.length % block);
    const cipher = createCipheriv('aes-256-cbc', this.key, this.iv).setAutoPadding(false);
    const sealed = [cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()];
    return Buffer.concat(sealed).toString('base64');
  }

  /** The message inside `Encrypt`; refuses one made for another account, and what this cipher cannot have made. */
  decrypt(encrypted: string): string {
    const plain = unpadded(this.open(encrypted));
    if (plain.length < headLength) throw new Refusal('wechat.malformed');
    const end = headLength + plain.readUInt32BE(randomLength);
    if (end > plain.length) throw new Refusal('wechat.malformed');
    if (!plain.subarray(end).equals(Buffer.from(this.appId, 'utf8'))) throw new Refusal('wechat.foreignApp');
    return utf8(plain.subarray(headLength, end));
  }

  private open(encrypted: string): Buffer {
    // Node skips what is no base64; a changed character must not pass for a removed one.
    const sealed = base64.test(encrypted) ? Buffer.from(encrypted, 'base64') : Buffer.alloc(0);
    if (sealed.length === 0 || sealed.length % 16 !== 0) throw new Refusal('wechat.malformed');
    const decipher = createDecipheriv('aes-256-cbc', this.key, this.iv).setAutoPadding(false);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  }
}

function unpadded(padded: Buffer): Buffer {
  const padding = padded.at(-1) ?? 0;
  const tail = padded.subarray(padded.length - padding);
  if (padding < 1 || padding > block || padding > padded.length || tail.some((byte) => byte !== padding)) {
    throw new Refusal('wechat.malformed');
  }
  return padded.subarray(0, padded.length - padding);
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal('wechat.malformed');
  }
}

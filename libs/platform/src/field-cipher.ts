import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { freshBytes } from './fresh-bytes';
import { Injectable } from '@nestjs/common';
import type { FieldKey, Keys } from './keys';

const ivLength = 16;
const macLength = 32;

/**
 * Encryption of single fields at rest (个人信息保护法 §51): SM4-CTR under a random IV, then HMAC-SM3 over
 * key id, column, row id, IV and ciphertext, so that a value moved to another row or column does not open.
 * Layout: 1 byte key id length ‖ key id ‖ 16 bytes IV ‖ ciphertext ‖ 32 bytes MAC.
 */
@Injectable()
export class FieldCipher {
  constructor(private readonly keys: Keys) {}

  seal(column: string, rowId: string, plain: string): Buffer {
    return this.sealBytes(column, rowId, Buffer.from(plain, 'utf8'));
  }

  open(column: string, rowId: string, sealed: Buffer): string {
    return this.openBytes(column, rowId, sealed).toString('utf8');
  }

  sealBytes(column: string, rowId: string, plain: Buffer): Buffer {
    const keyId = this.keys.field.active;
    const key = this.key(keyId);
    const iv = freshBytes(ivLength);
    const cipher = createCipheriv('sm4-ctr', key.encrypt, iv);
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    const head = Buffer.concat([Buffer.from([keyId.length]), Buffer.from(keyId, 'ascii')]);
    return Buffer.concat([head, iv, text, mac(key, keyId, column, rowId, iv, text)]);
  }

  /** Throws when the value was altered, moved, or sealed under a key that is gone. */
  openBytes(column: string, rowId: string, sealed: Buffer): Buffer {
    const keyIdLength = sealed[0] ?? 0;
    const start = 1 + keyIdLength;
    if (sealed.length < start + ivLength + macLength) throw new Error(`sealed ${column} is too short`);
    const keyId = sealed.subarray(1, start).toString('ascii');
    const key = this.key(keyId);
    const iv = sealed.subarray(start, start + ivLength);
    const text = sealed.subarray(start + ivLength, sealed.length - macLength);
    const expected = mac(key, keyId, column, rowId, iv, text);
    if (!timingSafeEqual(expected, sealed.subarray(sealed.length - macLength))) {
      throw new Error(`sealed ${column} failed its integrity check`);
    }
    const decipher = createDecipheriv('sm4-ctr', key.encrypt, iv);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  }

  /** A keyed digest for equality look-up of an encrypted value; the same value gives the same index per column. */
  blindIndex(column: string, plain: string): Buffer {
    return createHmac('sm3', this.keys.blindIndex).update(`${column}\0`).update(plain, 'utf8').digest();
  }

  private key(id: string): FieldKey {
    const key = this.keys.field.generations.get(id);
    if (!key) throw new Error(`field key ${id} is not in the keys file`);
    return key;
  }
}

function mac(key: FieldKey, keyId: string, column: string, rowId: string, iv: Buffer, text: Buffer): Buffer {
  return createHmac('sm3', key.mac).update(`${keyId}\0${column}\0${rowId}\0`).update(iv).update(text).digest();
}

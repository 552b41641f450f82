import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { KEYS, type Keys } from '@linli/platform';

/** What a link says: which service, which issue of it, until when. */
export interface LinkClaim {
  readonly serviceEventId: string;
  /** Unique per link; used once. */
  readonly nonce: string;
  readonly expiresAt: Date;
}

const version = 1;
const claimLength = 1 + 16 + 16 + 4;
const macLength = 16;

/** Tokens of rating links: 53 bytes, short enough for a square code on a window, signed with HMAC-SM3. */
@Injectable()
export class LinkTokens {
  constructor(@Inject(KEYS) private readonly keys: Keys) {}

  /** `expiresAt` counts in whole seconds. */
  sign({ serviceEventId, nonce, expiresAt }: LinkClaim): string {
    const claim = Buffer.alloc(claimLength);
    claim.writeUInt8(version, 0);
    bytesOf(serviceEventId).copy(claim, 1);
    bytesOf(nonce).copy(claim, 17);
    claim.writeUInt32BE(Math.floor(expiresAt.getTime() / 1000), 33);
    return Buffer.concat([claim, this.mac(claim)]).toString('base64url');
  }

  /** What a token says; null when it was not signed here, or is no token at all. */
  read(token: string): LinkClaim | null {
    if (!/^[\w-]{71}$/.test(token)) return null;
    const bytes = Buffer.from(token, 'base64url');
    // Trailing bits that decode to nothing would make two texts one token.
    if (bytes.length !== claimLength + macLength || bytes.toString('base64url') !== token) return null;
    const claim = bytes.subarray(0, claimLength);
    if (!timingSafeEqual(bytes.subarray(claimLength), this.mac(claim)) || claim.readUInt8(0) !== version) return null;
    return {
      serviceEventId: uuidOf(claim.subarray(1, 17)),
      nonce: uuidOf(claim.subarray(17, 33)),
      expiresAt: new Date(claim.readUInt32BE(33) * 1000),
    };
  }

  private mac(claim: Buffer): Buffer {
    return createHmac('sm3', this.keys.token).update('rating-link\0').update(claim).digest().subarray(0, macLength);
  }
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

import { createHash, timingSafeEqual } from 'node:crypto';

/** The platform's signature over some parts: SHA-1, in hex, of the parts sorted and joined. */
export function signatureOf(parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''), 'utf8')
    .digest('hex');
}

/** Compares two signatures in a time that tells nothing about where they differ. */
export function sameSignature(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected, 'utf8'), Buffer.from(given, 'utf8')];
  return left.length === right.length && timingSafeEqual(left, right);
}

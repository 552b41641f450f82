import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(8192);
let used = pool.length;

/** Random bytes, each given out once; drawn from the system some hundred values at a time, since one call costs as much as many bytes. */
export function freshBytes(length: number): Buffer {
  if (length > pool.length) return randomFillSync(Buffer.alloc(length));
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + length));
  // What was given out is not kept.
  pool.fill(0, used, used + length);
  used += length;
  return bytes;
}

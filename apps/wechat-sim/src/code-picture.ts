import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const modules = 21;
const scale = 8;

/** A PNG that looks like a scene code, always the same for the same text. No camera can read it: the stand-in scans by ticket. */
export function codePicture(seed: string): Buffer {
  const bits = createHash('sha512').update(seed).digest();
  const side = modules * scale;
  const rows = Array.from({ length: side }, (_row, y) => {
    const row = Buffer.alloc(side + 1, 0xff);
    row[0] = 0;
    for (let x = 0; x < side; x += 1) {
      const cell = Math.floor(y / scale) * modules + Math.floor(x / scale);
      if (((bits[cell % 64] ?? 0) >> (Math.floor(cell / 64) % 8)) & 1) row[x + 1] = 0;
    }
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}

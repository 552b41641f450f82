import { createReadStream } from 'node:fs';
import { TableUnreadable, type OnBytes } from './table';
import { EncodingProbe, type Encoding } from './text-encoding';

/** A file by its path, or its bytes where they are at hand. */
export type TableSource = string | Buffer;

const pieceSize = 1 << 18;

async function* bytesOf(source: TableSource): AsyncGenerator<Buffer> {
  if (typeof source === 'string')
    yield* createReadStream(source, { highWaterMark: pieceSize }) as AsyncIterable<Buffer>;
  else yield source;
}

/** The encoding of a text file, found by reading it once; refuses what is no text. */
export async function encodingOf(source: TableSource): Promise<Encoding> {
  const probe = new EncodingProbe();
  for await (const bytes of bytesOf(source)) probe.push(bytes);
  return known(probe.end());
}

/** The text of a file, piece by piece. */
export async function* pieces(source: TableSource, encoding: Encoding, onBytes: OnBytes): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  for await (const chunk of bytesOf(source)) {
    bytes += chunk.length;
    onBytes(bytes);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

/** The text of a small file: UTF-8, UTF-16 or GB 18030, which Chinese spreadsheet programs write. */
export function decodeText(bytes: Uint8Array): string {
  const probe = new EncodingProbe();
  probe.push(bytes);
  return new TextDecoder(known(probe.end())).decode(bytes);
}

function known(encoding: Encoding | null): Encoding {
  if (encoding) return encoding;
  throw new TableUnreadable('is no text in UTF-8, UTF-16 or GB 18030: save it again as "CSV UTF-8" or as .xlsx');
}

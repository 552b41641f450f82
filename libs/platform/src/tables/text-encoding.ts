/** How the bytes of a text file are to be read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** Finds the encoding of a file while its bytes go by: marks first, then whether they are UTF-8, then GB 18030. */
export class EncodingProbe {
  private marked: Encoding | null = null;
  private isFirst = true;
  private readonly tries = new Map<Encoding, InstanceType<typeof TextDecoder>>(
    (['utf-8', 'gb18030'] as const).map((encoding) => [encoding, new TextDecoder(encoding, { fatal: true })]),
  );

  push(bytes: Uint8Array): void {
    if (this.isFirst) this.marked = markOf(bytes);
    this.isFirst = false;
    if (!this.marked) this.decode(bytes, true);
  }

  /** The encoding, or null when the file is no text in any of them. */
  end(): Encoding | null {
    if (this.marked) return this.marked;
    this.decode(new Uint8Array(), false);
    return [...this.tries.keys()][0] ?? null;
  }

  private decode(bytes: Uint8Array, stream: boolean): void {
    for (const [encoding, decoder] of this.tries) {
      try {
        decoder.decode(bytes, { stream });
      } catch {
        this.tries.delete(encoding);
      }
    }
  }
}

function markOf(bytes: Uint8Array): Encoding | null {
  const [first = -1, second = -1, third = -1] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return null;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Latin brackets and letters leave every second byte empty.
  if (first !== 0 && second === 0) return 'utf-16le';
  return first === 0 && second > 0 ? 'utf-16be' : null;
}

import { TableUnreadable } from './table';

/** Text of a file by its mark, else as UTF-8, else as GB 18030. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const marked = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  throw new TableUnreadable('is neither UTF-8 nor GB 18030 text: save it as "CSV UTF-8" and try again');
}

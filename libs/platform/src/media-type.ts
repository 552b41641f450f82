/** The kinds of file taken, by the bytes they begin with. */
const signatures: readonly { readonly type: string; readonly at: number; readonly bytes: Buffer }[] = [
  { type: 'image/jpeg', at: 0, bytes: Buffer.from([0xff, 0xd8, 0xff]) },
  { type: 'image/png', at: 0, bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { type: 'application/pdf', at: 0, bytes: Buffer.from('%PDF-') },
  { type: 'image/webp', at: 8, bytes: Buffer.from('WEBP') },
  { type: 'image/heic', at: 4, bytes: Buffer.from('ftypheic') },
  { type: 'image/heic', at: 4, bytes: Buffer.from('ftypmif1') },
];

/** The media type of the content, or null when it is none that is taken. */
export function sniffMediaType(content: Buffer): string | null {
  const match = signatures.find(({ at, bytes }) => content.subarray(at, at + bytes.length).equals(bytes));
  return match?.type ?? null;
}

import { textLimitBytes } from './wire-text';

const breaks = [
  /\n[^\S\n]*\n\s*/gu,
  /\n\s*/gu,
  // In addresses and list numbers `.` and `?` end nothing: a Latin sentence ends before a space.
  /[。！？；…]+[”’」』）)]*\s*|(?<!\d)[.!?;]+["')]*\s+/gu,
  /[，：]\s*|,\s+|(?<!\d)、\s*|(?<!\d\.)\s+/gu,
];

/**
 * Cuts text into messages of at most `limitBytes` UTF-8 bytes each: at a blank line, else a line's end, else a
 * sentence's, else a clause's, and only then between two characters. Blank text gives no message.
 */
export function splitText(text: string, limitBytes = textLimitBytes): string[] {
  if (limitBytes < 4) throw new RangeError('a message must have room for one character');
  const pieces: string[] = [];
  let rest = text;
  while (Buffer.byteLength(rest) > limitBytes) {
    const cut = cutOf(rest, fitting(rest, limitBytes));
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== '');
}

/** How many UTF-16 units of the text fit, in whole code points. */
function fitting(text: string, limitBytes: number): number {
  let [units, bytes] = [0, 0];
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limitBytes) break;
    units += character.length;
  }
  return units;
}

/** The best place to cut within the first `fit` units: a weaker break in the second half beats a short piece. */
function cutOf(text: string, fit: number): number {
  const head = text.slice(0, fit);
  const lasts = breaks.map((pattern) => lastBreak(head, pattern));
  return lasts.find((cut) => cut * 2 >= fit) ?? lasts.find((cut) => cut > 0) ?? betweenCharacters(text, fit);
}

function lastBreak(head: string, pattern: RegExp): number {
  let cut = 0;
  for (const found of head.matchAll(pattern)) {
    if (head.slice(0, found.index).trim() !== '') cut = found.index + found[0].length;
  }
  return cut;
}

/** Keeps a letter with its accents and an emoji with its parts, unless it alone is too long. */
function betweenCharacters(text: string, fit: number): number {
  const from = Math.max(0, fit - 64);
  const segments = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text.slice(from, fit + 64))];
  const cut = segments.map((segment) => from + segment.index).filter((index) => index > from && index <= fit);
  return cut.at(-1) ?? fit;
}

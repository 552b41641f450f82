import type { Unit } from './units';

/**
 * What an entry can be found by, each as one number: the kind of feature above, its content in the lower 32 bits.
 * Two signs side by side say what is written, two sounds how it is spoken, two or three first letters how it is typed in haste.
 */
const kindSize = 2 ** 32;

const featureOf = (kind: number, content: number): number => kind * kindSize + content;

export const signOf = ({ sign }: Unit): number => featureOf(0, sign);
export const signPair = (a: Unit, b: Unit): number => featureOf(1, ((a.sign << 16) | b.sign) >>> 0);
export const oneSound = ({ sound }: Unit): number => featureOf(2, sound);
export const soundPair = (a: Unit, b: Unit): number => featureOf(3, (a.sound << 9) | b.sound);
export const startPair = (a: Unit, b: Unit): number => featureOf(4, (a.start << 5) | b.start);
export const startTriple = (a: Unit, b: Unit, c: Unit): number =>
  featureOf(5, (a.start << 10) | (b.start << 5) | c.start);

/** A whole name or alias as written, in full pinyin or in first letters. */
export const wholeText = (text: string): number => featureOf(6, hashOf(text));
export const wholeLetters = (letters: string): number => featureOf(7, hashOf(letters));
export const wholeStarts = (letters: string): number => featureOf(8, hashOf(letters));

/** FNV-1a over UTF-16 codes. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

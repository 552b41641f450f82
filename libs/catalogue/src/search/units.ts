import { soundOf, startOf } from './syllables';

/** How signs are read; the dictionaries behind it are the shell's. */
export interface SignReader {
  /** Traditional script made simplified. */
  simplify(text: string): string;
  /** One toneless syllable for each sign of a run of Chinese signs. */
  syllables(run: readonly string[]): readonly string[];
}

/** One sign of a text: what is written (a UTF-16 code or a number of a Latin word), how it sounds, its first letter. */
export interface Unit {
  readonly sign: number;
  readonly sound: number;
  readonly start: number;
  /** The syllable, or the Latin word itself. */
  readonly letters: string;
}

/** Text reduced to what is compared: half width, lower case, simplified. */
export function foldText(text: string, reader: SignReader): string {
  return reader.simplify(text.normalize('NFKC')).toLowerCase();
}

const pieces = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const han = /\p{Script=Han}/u;

/** Signs that stand together: Chinese ones, or letters and digits. */
export interface Run {
  readonly text: string;
  readonly isHan: boolean;
  /** It follows the run before without a gap. */
  readonly joined: boolean;
}

/** The runs of a folded text. */
export function runsOf(folded: string): Run[] {
  const runs: Run[] = [];
  let end = -1;
  for (const { 0: text, index } of folded.matchAll(pieces)) {
    runs.push({ text, isHan: han.test(text), joined: index === end });
    end = index + text.length;
  }
  return runs;
}

/** The units of a run of Chinese signs. */
export function hanUnits(run: string, reader: SignReader): Unit[] {
  const signs = Array.from(run);
  const syllables = reader.syllables(signs);
  return signs.map((sign, at) => {
    const letters = syllables[at] ?? '';
    return { sign: sign.charCodeAt(0), sound: soundOf(letters), start: startOf(letters), letters };
  });
}

/** Numbers of Latin words and figures, in Unicode's private area, so that they pass for signs. */
export class WordNumbers {
  private static readonly first = 0xe000;
  private static readonly room = 6400;
  private readonly numbers = new Map<string, number>();

  /** The word as a unit; a new word gets a number as long as there is room. */
  unitOf(word: string): Unit | null {
    const number = this.numbers.get(word) ?? this.take(word);
    return number === null ? null : { sign: number, sound: 0, start: 0, letters: word };
  }

  /** The word as a unit when it was met before. */
  known(word: string): Unit | null {
    return this.numbers.has(word) ? this.unitOf(word) : null;
  }

  private take(word: string): number | null {
    if (this.numbers.size >= WordNumbers.room) return null;
    const number = WordNumbers.first + this.numbers.size;
    this.numbers.set(word, number);
    return number;
  }
}

import type { CatalogueEntry } from '@linli/contracts';
import {
  oneSound,
  signOf,
  signPair,
  soundPair,
  startPair,
  startTriple,
  wholeLetters,
  wholeStarts,
  wholeText,
} from './features';
import type { PostingsBuilder } from './postings';
import { foldText, hanUnits, runsOf, type SignReader, type Unit, type WordNumbers } from './units';

/** How much a place weighs, 1–15. */
export const placeWeights = { name: 10, alias: 8, keyword: 6, summary: 3 } as const;
/** Signs of a name that count as its beginning. */
const longestBeginning = 6;
type Place = keyof typeof placeWeights;

/** Separates the texts of an entry while all are made simplified at once. */
const border = '\n';

/** Puts down everything an entry can be found by. */
export function describe(
  entry: CatalogueEntry,
  number: number,
  to: PostingsBuilder,
  words: WordNumbers,
  reader: SignReader,
): void {
  const texts: readonly (readonly [Place, string])[] = [
    ['name', entry.name],
    ...entry.aliases.map((alias) => ['alias', alias] as const),
    ...entry.keywords.map((keyword) => ['keyword', keyword] as const),
    ['summary', entry.summary],
  ];
  const folded = foldText(texts.map(([, text]) => text.replaceAll(border, ' ')).join(border), reader).split(border);
  for (const [at, [place]] of texts.entries()) {
    const text = folded[at] ?? '';
    const groups = groupsOf(text, words, reader);
    for (const group of groups) describeGroup(group, place, number, to);
    if (place === 'name' || place === 'alias') describeWhole(text, groups.flat(), placeWeights[place], number, to);
    if (place === 'name') describeBeginning(text, groups.flat(), number, to);
  }
}

/** Units that stand together, text by text. */
function groupsOf(text: string, words: WordNumbers, reader: SignReader): Unit[][] {
  const groups: Unit[][] = [];
  for (const run of runsOf(text)) {
    const word = run.isHan ? null : words.unitOf(run.text);
    const units = run.isHan ? hanUnits(run.text, reader) : word ? [word] : [];
    const last = groups.at(-1);
    if (run.joined && last) last.push(...units);
    else groups.push(units);
  }
  return groups;
}

function describeGroup(units: readonly Unit[], place: Place, entry: number, to: PostingsBuilder): void {
  const weight = placeWeights[place];
  const isSpoken = place !== 'summary';
  const isTyped = place === 'name' || place === 'alias';
  for (let at = 0; at < units.length; at += 1) {
    const [a, b, c] = [units[at], units[at + 1], units[at + 2]];
    if (!a) continue;
    if (isSpoken) to.add(signOf(a), entry, weight);
    if (isTyped && a.sound > 0) to.add(oneSound(a), entry, weight);
    if (!b) continue;
    to.add(signPair(a, b), entry, weight);
    if (isSpoken && a.sound > 0 && b.sound > 0) to.add(soundPair(a, b), entry, weight);
    if (!isTyped || a.start === 0 || b.start === 0) continue;
    to.add(startPair(a, b), entry, weight);
    if (c && c.start > 0) to.add(startTriple(a, b, c), entry, weight);
  }
}

function describeWhole(text: string, units: readonly Unit[], weight: number, entry: number, to: PostingsBuilder): void {
  to.add(wholeText(text), entry, weight);
  to.add(wholeLetters(units.map((unit) => unit.letters).join('')), entry, weight);
  to.add(wholeStarts(units.map((unit) => unit.letters.slice(0, 1)).join('')), entry, weight);
}

/** The first signs of a name as typed: worth half a whole name. */
function describeBeginning(text: string, units: readonly Unit[], entry: number, to: PostingsBuilder): void {
  const weight = placeWeights.name / 2;
  for (let length = 1; length < Math.min(longestBeginning + 1, text.length); length += 1)
    to.add(wholeText(text.slice(0, length)), entry, weight);
  for (let length = 2; length <= Math.min(longestBeginning, units.length - 1); length += 1) {
    const letters = units.slice(0, length).map((unit) => unit.letters);
    to.add(wholeLetters(letters.join('')), entry, weight);
    to.add(wholeStarts(letters.map((one) => one.slice(0, 1)).join('')), entry, weight);
  }
}

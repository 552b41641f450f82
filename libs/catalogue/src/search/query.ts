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
import { cutLetters, isSyllable, mayGoOn, startOf, soundOf } from './syllables';
import { foldText, hanUnits, runsOf, type Run, type SignReader, type Unit, type WordNumbers } from './units';

/** One way an entry can answer a slot, and how good an answer that is (0–1). */
export interface Answer {
  readonly feature: number;
  readonly quality: number;
}

/** One piece of the query; the best of its answers counts. `instead` stands in when none of them is known at all. */
export interface Slot {
  readonly answers: readonly Answer[];
  readonly instead: readonly Answer[];
}

/** A query taken apart. */
export interface ParsedQuery {
  readonly slots: readonly Slot[];
  /** Features of a name or an alias that is the query and nothing else. */
  readonly wholes: readonly number[];
}

/** Several readings of the same place in the query. */
interface Place {
  readonly unit: Unit;
  readonly other: Unit | null;
  readonly isTyped: boolean;
}

const exact = 1;
const spoken = 0.55;
const typed = 0.9;
const hasty = 0.8;
const unfinished = 0.5;
const single = 0.4;

/** Takes a query apart: signs and their sounds, pinyin in full, in first letters or mixed with signs. */
export function parseQuery(text: string, words: WordNumbers, reader: SignReader): ParsedQuery {
  const folded = foldText(text.trim(), reader).replace(/\s+/g, ' ');
  const groups: Place[][] = [];
  for (const run of runsOf(folded)) {
    const places = placesOf(run, words, reader);
    const last = groups.at(-1);
    if (run.joined && last) last.push(...places);
    else groups.push(places);
  }
  const letters = groups.flat().map((place) => place.unit.letters);
  const all = letters.join('');
  return {
    slots: groups.flatMap(slotsOf),
    wholes: [wholeText(folded), wholeLetters(all), wholeStarts(all)],
  };
}

function placesOf(run: Run, words: WordNumbers, reader: SignReader): Place[] {
  if (run.isHan) return hanUnits(run.text, reader).map((unit) => ({ unit, other: null, isTyped: false }));
  const word = words.known(run.text);
  if (word) return [{ unit: word, other: null, isTyped: false }];
  const latin = run.text.replace(/[^a-z]/g, '');
  if (latin === '') return [];
  const [first = [], second] = cutLetters(latin);
  return first.map((piece, at) => ({
    unit: typedUnit(piece),
    other: second ? typedUnit(second[at] ?? '') : null,
    isTyped: true,
  }));
}

function typedUnit(letters: string): Unit {
  return { sign: 0, sound: isSyllable(letters) ? soundOf(letters) : 0, start: startOf(letters), letters };
}

function slotsOf(places: readonly Place[]): Slot[] {
  const [only] = places;
  if (only && places.length === 1) return [{ answers: answersAlone(only), instead: [] }];
  return places.slice(1).map((place, at) => {
    const before = places[at] ?? place;
    const isLast = at === places.length - 2;
    return {
      answers: answersTogether(places[at - 1] ?? null, before, place, isLast),
      instead: [before, place].flatMap(({ unit }) =>
        unit.sign > 0 ? [{ feature: signOf(unit), quality: single }] : [],
      ),
    };
  });
}

function answersAlone({ unit, isTyped }: Place): Answer[] {
  return [
    ...(unit.sign > 0 ? [{ feature: signOf(unit), quality: exact }] : []),
    ...(unit.sound > 0 ? [{ feature: oneSound(unit), quality: isTyped ? typed : spoken }] : []),
  ];
}

function answersTogether(earlier: Place | null, before: Place, place: Place, isLast: boolean): Answer[] {
  const [a, b] = [before.unit, place.unit];
  const isTyped = before.isTyped || place.isTyped;
  const answers: Answer[] = [];
  if (a.sign > 0 && b.sign > 0) answers.push({ feature: signPair(a, b), quality: exact });
  if (a.sound > 0 && b.sound > 0) answers.push({ feature: soundPair(a, b), quality: isTyped ? typed : spoken });
  const [otherA, otherB] = [before.other ?? a, place.other ?? b];
  if ((before.other ?? place.other) && otherA.sound > 0 && otherB.sound > 0)
    answers.push({ feature: soundPair(otherA, otherB), quality: typed });
  const isHasty = a.sound === 0 || b.sound === 0;
  if (!isTyped || a.start === 0 || b.start === 0 || !(isHasty || (isLast && mayGoOn(b.letters)))) return answers;
  const quality = isHasty ? hasty : unfinished;
  const first = earlier?.unit;
  return [...answers, { feature: first && first.start > 0 ? startTriple(first, a, b) : startPair(a, b), quality }];
}

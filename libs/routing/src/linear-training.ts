import { type CountedFeatures } from './feature-table';
import { see, type LinearModel, type Seen } from './linear-model';
import { type Steps } from './steps';
import { kindWeight } from './weights';

/** One text of which it is known what it means. */
export interface Lesson {
  /** Position of the class it belongs to. */
  readonly answer: number;
  readonly features: CountedFeatures;
  /** How much it teaches, 0–1. */
  readonly weight: number;
}

const rounds = 5;
/** How many lessons are taught between two moments for others. */
const lessonsBetween = 64;
/** In the first rounds every class is compared; after them only the rivals, those that still come into question for a text. */
const openRounds = 2;
const rivalShare = 0.0015;
const step = 3;
/** The leaning of a class moves slowly: how often a matter was written down says little about how often it is asked. */
const leaningShare = 0.02;
/** Mistakes smaller than this teach nothing; it keeps the lessons short. */
const smallest = 0.008;
/** Learned weights below this are forgotten. */
const faintest = 0.05;

function rarities(lessons: readonly Lesson[], names: readonly string[]): Float32Array {
  const using = new Int32Array(names.length);
  for (const { features } of lessons) for (const id of features.ids) using[id] = (using[id] ?? 0) + 1;
  return Float32Array.from(names, (name, id) => {
    const count = using[id] ?? 0;
    return count === 0 ? 0 : Math.log(1 + lessons.length / (count + 0.5)) * kindWeight(name);
  });
}

/** A fixed shuffle: the same lessons always teach the same. */
function shuffler(): (order: Int32Array) => void {
  let state = 7;
  return (order) => {
    for (let at = order.length - 1; at > 0; at -= 1) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      const other = Math.floor((state / 0x80000000) * (at + 1));
      const kept = order[at] ?? 0;
      order[at] = order[other] ?? 0;
      order[other] = kept;
    }
  };
}

/** Turns scores into shares of one, in place. */
function share(scores: Float32Array): void {
  let highest = -Infinity;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let at = 0; at < scores.length; at += 1) {
    const part = Math.exp((scores[at] ?? 0) - highest);
    scores[at] = part;
    sum += part;
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) / sum;
}

/** The weights while they are learned: one row of classes a feature that some lesson held. */
interface Draft {
  readonly classes: number;
  readonly rows: Int32Array;
  readonly weights: Float32Array;
  readonly leaning: Float32Array;
}

/** Fills `scores` with what the draft says for each of the rivals. */
function listen({ ids, values }: Seen, draft: Draft, rivals: Uint16Array, scores: Float32Array): void {
  const { classes, rows, weights, leaning } = draft;
  const count = rivals.length;
  for (let one = 0; one < count; one += 1) scores[one] = leaning[rivals[one] as number] as number;
  for (let at = 0; at < ids.length; at += 1) {
    const value = values[at] as number;
    const row = (rows[ids[at] as number] as number) * classes;
    if (count === classes) {
      for (let one = 0; one < count; one += 1) {
        scores[one] = (scores[one] as number) + (weights[row + one] as number) * value;
      }
    } else {
      for (let one = 0; one < count; one += 1) {
        scores[one] = (scores[one] as number) + (weights[row + (rivals[one] as number)] as number) * value;
      }
    }
  }
}

/** The classes a lesson was wrong about, and by how much. */
interface Mistakes {
  count: number;
  readonly classes: Uint16Array;
  readonly by: Float32Array;
}

function findMistakes(shares: Float32Array, rivals: Uint16Array, { answer, weight }: Lesson, mistakes: Mistakes): void {
  mistakes.count = 0;
  for (let at = 0; at < rivals.length; at += 1) {
    const one = rivals[at] ?? 0;
    const off = (shares[at] ?? 0) - (one === answer ? 1 : 0);
    if (off < smallest && off > -smallest) continue;
    mistakes.classes[mistakes.count] = one;
    mistakes.by[mistakes.count] = off * weight;
    mistakes.count += 1;
  }
}

function correct(
  { ids, values }: Seen,
  { classes, rows, weights, leaning }: Draft,
  mistakes: Mistakes,
  rate: number,
): void {
  const { count, classes: wrong, by } = mistakes;
  for (let one = 0; one < count; one += 1) {
    const place = wrong[one] ?? 0;
    leaning[place] = (leaning[place] ?? 0) - leaningShare * rate * (by[one] ?? 0);
  }
  for (let at = 0; at < ids.length; at += 1) {
    const row = (rows[ids[at] ?? 0] ?? 0) * classes;
    const value = rate * (values[at] ?? 0);
    for (let one = 0; one < count; one += 1) {
      const place = row + (wrong[one] ?? 0);
      weights[place] = (weights[place] ?? 0) - (by[one] ?? 0) * value;
    }
  }
}

function rowsOf(rarity: Float32Array): { rows: Int32Array; count: number } {
  const rows = new Int32Array(rarity.length);
  let count = 0;
  for (let id = 0; id < rarity.length; id += 1) if ((rarity[id] ?? 0) > 0) rows[id] = count++;
  return { rows, count };
}

/** Keeps what is worth keeping: a tenth of the weights do nearly all of the work. */
function compress({ classes, rows, weights, leaning }: Draft, rarity: Float32Array): LinearModel {
  const starts = new Int32Array(rarity.length + 1);
  const owners: number[] = [];
  const kept: number[] = [];
  for (let id = 0; id < rarity.length; id += 1) {
    const row = (rows[id] ?? 0) * classes;
    for (let one = 0; (rarity[id] ?? 0) > 0 && one < classes; one += 1) {
      const weight = weights[row + one] ?? 0;
      if (Math.abs(weight) < faintest) continue;
      owners.push(one);
      kept.push(weight);
    }
    starts[id + 1] = kept.length;
  }
  return { classes, rarity, starts, owners: Uint16Array.from(owners), weights: Float32Array.from(kept), leaning };
}

/** What is needed to go through the lessons again and again without asking for memory. */
interface Desk {
  readonly all: Uint16Array;
  readonly scores: Float32Array;
  readonly mistakes: Mistakes;
  readonly rivals: Uint16Array[];
}

function teach(lesson: Lesson, text: Seen, at: number, draft: Draft, desk: Desk, round: number): void {
  const rivals = desk.rivals[at] ?? desk.all;
  const shares = desk.scores.subarray(0, rivals.length);
  listen(text, draft, rivals, shares);
  share(shares);
  if (round === openRounds - 1) {
    desk.rivals[at] = desk.all.filter((one) => one === lesson.answer || (shares[one] ?? 0) >= rivalShare);
  }
  findMistakes(shares, rivals, lesson, desk.mistakes);
  correct(text, draft, desk.mistakes, step * (1 - round / rounds));
}

/** Learns to tell the classes of the lessons apart (softmax regression by gradient descent); deterministic. */
export function* learn(lessons: readonly Lesson[], classes: number, names: readonly string[]): Steps<LinearModel> {
  const rarity = rarities(lessons, names);
  const seen = lessons.map(({ features }) => see(features, rarity));
  const { rows, count } = rowsOf(rarity);
  const draft: Draft = {
    classes,
    rows,
    weights: new Float32Array(count * classes),
    leaning: new Float32Array(classes),
  };
  const desk: Desk = {
    all: Uint16Array.from({ length: classes }, (_, one) => one),
    scores: new Float32Array(classes),
    mistakes: { count: 0, classes: new Uint16Array(classes), by: new Float32Array(classes) },
    rivals: [],
  };
  const order = Int32Array.from(lessons, (_, at) => at);
  const shuffle = shuffler();
  let done = 0;
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order);
    for (const at of order) {
      const lesson = lessons[at];
      const text = seen[at];
      if (lesson !== undefined && text !== undefined) teach(lesson, text, at, draft, desk, round);
      if ((done += 1) % lessonsBetween === 0) yield;
    }
  }
  return compress(draft, rarity);
}

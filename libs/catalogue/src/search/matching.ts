import { Postings, weightIn } from './postings';
import type { Answer, ParsedQuery, Slot } from './query';

/** Entries a query found, in the order of finding, with a whole number that ranks each; good until the next search. */
export interface Matches {
  readonly entries: Uint32Array;
  readonly ranks: Uint32Array;
}

/** An entry is shown when it answers at least this share of what the best one answers. */
const nearBest = 0.6;
/** The best must answer at least this share of the query, else nothing fits. */
const enough = 0.25;
const fullWeight = 10;
/** Sounds are not looked up for a pair of signs this common: it is no slip of the pen. */
const commonShare = 0.02;

const rankParts = { text: 600, wholeName: 300, wholeSound: 200, brevity: 40 } as const;

/** Names are told apart by length up to here: the shorter of two equals comes first. */
export const longName = 40;

interface LookedUp {
  readonly answers: readonly { readonly postings: Uint32Array; readonly quality: number }[];
  /** How much the slot tells: rare features more than common ones. */
  readonly mass: number;
  readonly size: number;
}

/** Finds and ranks entries. Holds the working space of one search, which never waits in between. */
export class Matcher {
  private readonly coverage: Float32Array;
  private readonly score: Float32Array;
  private readonly rewards: Float32Array;
  private readonly stamps: Uint32Array;
  private readonly touched: Uint32Array;
  private readonly found: Uint32Array;
  private readonly ranks: Uint32Array;
  private readonly total: number;
  private touchedCount = 0;
  private stamp = 0;
  private best = 0;

  constructor(
    private readonly postings: Postings,
    /** Signs in each name, at most `longName`. */
    private readonly nameLengths: Uint8Array,
  ) {
    const total = nameLengths.length;
    this.total = total;
    this.coverage = new Float32Array(total);
    this.score = new Float32Array(total);
    this.rewards = new Float32Array(total);
    this.stamps = new Uint32Array(total);
    this.touched = new Uint32Array(total);
    this.found = new Uint32Array(total);
    this.ranks = new Uint32Array(total);
  }

  match(query: ParsedQuery): Matches {
    const slots = query.slots.flatMap((slot) => this.lookUp(slot)).sort((a, b) => a.size - b.size);
    const mass = slots.reduce((sum, slot) => sum + slot.mass, 0);
    let left = mass;
    for (const slot of slots) {
      // What has answered nothing yet can no longer come near the best: only those already found go on.
      this.take(slot, left < this.best * nearBest);
      left -= slot.mass;
    }
    const found = this.found.subarray(0, this.best < mass * enough || mass === 0 ? 0 : this.gatherNearTheBest());
    const matches = { entries: found, ranks: this.rank(found, query, mass) };
    this.reset();
    return matches;
  }

  private lookUp({ answers, instead }: Slot): LookedUp[] {
    const known = this.postingsOf(answers);
    if (known.length > 0 || instead.length === 0) return [this.weighed(known)];
    const singles = instead.map((one) => this.postingsOf([one]));
    return singles.map((one) => {
      const { answers: found, mass, size } = this.weighed(one);
      return { answers: found, mass: mass / 2, size };
    });
  }

  private postingsOf(answers: readonly Answer[]): { postings: Uint32Array; quality: number }[] {
    const found: { postings: Uint32Array; quality: number }[] = [];
    for (const { feature, quality } of answers) {
      const best = found[0];
      if (best?.quality === 1 && best.postings.length > this.total * commonShare) break;
      const postings = this.postings.of(feature);
      if (postings.length > 0) found.push({ postings, quality });
    }
    return found;
  }

  private weighed(answers: readonly { postings: Uint32Array; quality: number }[]): LookedUp {
    const size = answers.reduce((sum, one) => sum + one.postings.length, 0);
    const rarity = Math.log(1 + this.total / Math.max(1, answers[0]?.postings.length ?? 1));
    return { answers, mass: answers.length === 0 ? rarity / 2 : rarity, size };
  }

  private take({ answers, mass }: LookedUp, knownOnly: boolean): void {
    this.stamp += 1;
    for (const { postings, quality } of answers) {
      const gain = mass * quality;
      if (knownOnly && this.touchedCount * 12 < postings.length) this.lookForKnown(postings, gain);
      else this.walk(postings, gain, knownOnly);
    }
  }

  private walk(postings: Uint32Array, gain: number, knownOnly: boolean): void {
    for (const posting of postings) {
      const entry = Postings.entryOf(posting);
      if (knownOnly && this.coverage[entry] === 0) continue;
      this.credit(entry, Postings.weightOf(posting), gain);
    }
  }

  private lookForKnown(postings: Uint32Array, gain: number): void {
    for (let at = 0; at < this.touchedCount; at += 1) {
      const entry = this.touched[at] ?? 0;
      const weight = weightIn(postings, entry);
      if (weight > 0) this.credit(entry, weight, gain);
    }
  }

  private credit(entry: number, weight: number, gain: number): void {
    if (this.stamps[entry] === this.stamp) return;
    this.stamps[entry] = this.stamp;
    const before = this.coverage[entry] ?? 0;
    if (before === 0) {
      this.touched[this.touchedCount] = entry;
      this.touchedCount += 1;
    }
    const now = before + gain;
    this.coverage[entry] = now;
    this.score[entry] = (this.score[entry] ?? 0) + (gain * weight) / fullWeight;
    if (now > this.best) this.best = now;
  }

  private gatherNearTheBest(): number {
    const least = this.best * nearBest;
    let length = 0;
    for (let at = 0; at < this.touchedCount; at += 1) {
      const entry = this.touched[at] ?? 0;
      if ((this.coverage[entry] ?? 0) < least) continue;
      this.found[length] = entry;
      length += 1;
    }
    return length;
  }

  private rank(found: Uint32Array, { wholes }: ParsedQuery, mass: number): Uint32Array {
    const [written, ...sounds] = wholes;
    for (const feature of sounds) this.reward(feature, rankParts.wholeSound);
    if (written !== undefined) this.reward(written, rankParts.wholeName);
    const ranks = this.ranks.subarray(0, found.length);
    for (let at = 0; at < found.length; at += 1) {
      const entry = found[at] ?? 0;
      const parts =
        (rankParts.text * (this.score[entry] ?? 0)) / mass +
        (this.rewards[entry] ?? 0) +
        (rankParts.brevity * (longName - (this.nameLengths[entry] ?? longName))) / longName;
      ranks[at] = Math.round(parts);
    }
    for (const feature of wholes) this.reward(feature, 0);
    return ranks;
  }

  /** What entries get whose name or alias is the query as a whole; later calls stand above earlier ones. */
  private reward(feature: number, points: number): void {
    for (const posting of this.postings.of(feature))
      this.rewards[Postings.entryOf(posting)] = (points * Postings.weightOf(posting)) / fullWeight;
  }

  private reset(): void {
    for (let at = 0; at < this.touchedCount; at += 1) {
      const entry = this.touched[at] ?? 0;
      this.coverage[entry] = 0;
      this.score[entry] = 0;
    }
    this.touchedCount = 0;
    this.best = 0;
    if (this.stamp < 0xf0000000) return;
    this.stamps.fill(0);
    this.stamp = 0;
  }
}

import { Numbering } from './numbering';

const weightBits = 4;
const weightMask = 15;

/** Numbers without end, kept flat. */
class Column {
  private values = new Uint32Array(1 << 16);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }
}

/** Gathers which entry has which feature, and how much it weighs there (1–15), entry after entry. */
export class PostingsBuilder {
  private readonly numbers = new Numbering();
  private readonly features = new Column();
  private readonly postings = new Column();
  private readonly counts = new Column();
  /** Where a feature was met last. */
  private readonly latest = new Column();

  /** Entries come in ascending order; of several weights of one feature in one entry the largest stays. */
  add(feature: number, entry: number, weight: number): void {
    const known = this.numbers.size;
    const number = this.numbers.numberOf(feature);
    if (number === known) {
      this.counts.push(0);
      this.latest.push(0);
    } else {
      const before = this.latest.at(number);
      const posting = this.postings.at(before);
      if (posting >>> weightBits === entry) {
        if ((posting & weightMask) < weight) this.postings.set(before, (entry << weightBits) | weight);
        return;
      }
    }
    this.latest.set(number, this.postings.length);
    this.counts.set(number, this.counts.at(number) + 1);
    this.features.push(number);
    this.postings.push((entry << weightBits) | weight);
  }

  /** Everything gathered, sorted; yields between parts of the work. */
  *finish(): Generator<undefined, Postings> {
    const keys = this.numbers.sorted();
    yield;
    const rank = new Uint32Array(keys.length);
    const starts = new Uint32Array(keys.length + 1);
    for (let place = 0; place < keys.length; place += 1) {
      const number = this.numbers.numberOf(keys[place] ?? 0);
      rank[number] = place;
      starts[place + 1] = (starts[place] ?? 0) + this.counts.at(number);
      if (place % slice === 0) yield;
    }
    const next = starts.slice();
    const postings = new Uint32Array(this.postings.length);
    for (let at = 0; at < this.postings.length; at += 1) {
      const place = rank[this.features.at(at)] ?? 0;
      const to = next[place] ?? 0;
      postings[to] = this.postings.at(at);
      next[place] = to + 1;
      if (at % slice === 0) yield;
    }
    return new Postings(keys, starts, postings);
  }
}

const slice = 1 << 16;

/** For each feature the entries that have it, ascending, with its weight there. */
export class Postings {
  constructor(
    private readonly keys: Float64Array,
    private readonly starts: Uint32Array,
    private readonly postings: Uint32Array,
  ) {}

  static entryOf(posting: number): number {
    return posting >>> weightBits;
  }

  static weightOf(posting: number): number {
    return posting & weightMask;
  }

  /** The postings of a feature, without a copy; empty when no entry has it. */
  of(feature: number): Uint32Array {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.keys[middle] ?? 0) < feature) low = middle + 1;
      else high = middle;
    }
    if (this.keys[low] !== feature) return none;
    return this.postings.subarray(this.starts[low], this.starts[low + 1]);
  }

  get bytes(): number {
    return this.keys.byteLength + this.starts.byteLength + this.postings.byteLength;
  }
}

const none = new Uint32Array(0);

/** Weight of a feature in one entry; 0 when the entry has it not. */
export function weightIn(postings: Uint32Array, entry: number): number {
  const wanted = entry << weightBits;
  let low = 0;
  let high = postings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((postings[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const found = postings[low] ?? 0;
  return low < postings.length && found >>> weightBits === entry ? found & weightMask : 0;
}

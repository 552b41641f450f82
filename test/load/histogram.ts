/** A histogram as it travels between processes. */
export interface HistogramData {
  readonly counts: readonly (readonly [bucket: number, count: number])[];
  readonly sum: number;
  readonly max: number;
}

const subBuckets = 128;
const subBits = 7;

/** Counts durations in microseconds; what it answers is at most 0.8 % above what was recorded. */
export class Histogram {
  private readonly counts = new Map<number, number>();
  private total = 0;
  private sum = 0;
  private largest = 0;

  get count(): number {
    return this.total;
  }

  /** The longest duration, exactly. */
  get max(): number {
    return this.largest;
  }

  get mean(): number {
    return this.total === 0 ? 0 : this.sum / this.total;
  }

  record(micros: number): void {
    const value = Math.max(0, Math.round(micros));
    this.add(bucketOf(value), 1);
    this.sum += value;
    this.largest = Math.max(this.largest, value);
  }

  /** The duration that `share` (0 to 1) of all stayed within; 0 when there is none. */
  percentile(share: number): number {
    const rank = Math.max(1, Math.ceil(this.total * share));
    let seen = 0;
    for (const [bucket, count] of [...this.counts].sort(([a], [b]) => a - b)) {
      seen += count;
      if (seen >= rank) return Math.min(upperEdge(bucket), this.largest);
    }
    return 0;
  }

  merge(other: Histogram): void {
    for (const [bucket, count] of other.counts) this.add(bucket, count);
    this.sum += other.sum;
    this.largest = Math.max(this.largest, other.largest);
  }

  toData(): HistogramData {
    return { counts: [...this.counts], sum: this.sum, max: this.largest };
  }

  static from(data: HistogramData): Histogram {
    const histogram = new Histogram();
    for (const [bucket, count] of data.counts) histogram.add(bucket, count);
    histogram.sum = data.sum;
    histogram.largest = data.max;
    return histogram;
  }

  private add(bucket: number, count: number): void {
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + count);
    this.total += count;
  }
}

/** Values below 128 have a bucket of their own; above, each doubling is cut into 128. */
function bucketOf(value: number): number {
  if (value < subBuckets) return value;
  const shift = Math.floor(Math.log2(value)) - subBits;
  return (shift + 1) * subBuckets + Math.floor(value / 2 ** shift) - subBuckets;
}

/** The largest value a bucket takes. */
function upperEdge(bucket: number): number {
  if (bucket < subBuckets) return bucket;
  const shift = Math.floor(bucket / subBuckets) - 1;
  return ((bucket % subBuckets) + subBuckets + 1) * 2 ** shift - 1;
}

import { Histogram } from './histogram';

function of(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

describe('a histogram', () => {
  it('is exact below 128 µs', () => {
    const histogram = of([...Array(100).keys()].map((n) => n + 1));
    expect([0.5, 0.95, 0.99, 1].map((share) => histogram.percentile(share))).toEqual([50, 95, 99, 100]);
  });

  it.each([
    [0.5, 500_000],
    [0.95, 950_000],
    [0.99, 990_000],
  ])('is within 0.8 % above the true value at %d', (share, truth) => {
    const found = of([...Array(1000).keys()].map((n) => (n + 1) * 1000)).percentile(share);
    expect(found).toBeGreaterThanOrEqual(truth);
    expect(found).toBeLessThanOrEqual(truth * 1.008);
  });

  it('never answers more than the longest it saw', () => {
    const histogram = of([1000, 130_001]);
    expect(histogram.percentile(1)).toBe(130_001);
    expect(histogram.max).toBe(130_001);
  });

  it('keeps every value in a bucket that reaches it, and neighbours in order', () => {
    let before = 0;
    for (let value = 1; value < 5_000_000; value = Math.ceil(value * 1.03)) {
      const histogram = of([value, 10_000_000]);
      const found = histogram.percentile(0.5);
      expect(found).toBeGreaterThanOrEqual(value);
      expect(found).toBeGreaterThanOrEqual(before);
      before = found;
    }
  });

  it('merges, and travels as data', () => {
    const one = of([10, 20]);
    one.merge(Histogram.from(of([30_000]).toData()));
    expect(one.count).toBe(3);
    expect(one.max).toBe(30_000);
    expect(one.mean).toBe(10_010);
    expect(one.percentile(0.66)).toBe(20);
  });

  it('answers nought when it holds nothing', () => {
    expect(new Histogram().percentile(0.99)).toBe(0);
    expect(new Histogram().mean).toBe(0);
  });
});

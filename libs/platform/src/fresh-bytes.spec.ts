import { freshBytes } from './fresh-bytes';

describe('fresh bytes', () => {
  it('are as many as asked for and never given out twice, also across refills', () => {
    const seen = new Set<string>();
    for (let n = 0; n < 5000; n += 1) {
      const bytes = freshBytes(16);
      expect(bytes).toHaveLength(16);
      seen.add(bytes.toString('hex'));
    }
    expect(seen.size).toBe(5000);
  });

  it('belong to the caller: changing them changes nobody else’s', () => {
    const first = freshBytes(16);
    const kept = first.toString('hex');
    freshBytes(16).fill(0);
    expect(first.toString('hex')).toBe(kept);
  });

  it('may be longer than what is drawn at once', () => {
    const long = freshBytes(10_000);
    expect(long).toHaveLength(10_000);
    expect(long.equals(Buffer.alloc(10_000))).toBe(false);
  });
});

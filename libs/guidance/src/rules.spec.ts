import { accuracyOf, wilson } from './accuracy';
import { phrasingsOf } from './phrasings';

describe("Wilson's interval", () => {
  it.each([
    [10, 10, 0.7225, 1],
    [0, 10, 0, 0.2775],
    [1, 1, 0.2065, 1],
    [95, 100, 0.8882, 0.9785],
  ])('%i of %i', (hits, total, low, high) => {
    const [from, to] = wilson(hits, total);
    expect(from).toBeCloseTo(low, 3);
    expect(to).toBeCloseTo(high, 3);
  });
});

describe('accuracy', () => {
  const routed = [
    { entryId: 'good', count: 100 },
    { entryId: 'bad', count: 20 },
    { entryId: 'rare', count: 1 },
  ];

  it('counts approved corrections alone, the surest bad first', () => {
    const { total, entries } = accuracyOf(routed, [
      { entryId: 'bad', approved: 10, pending: 2 },
      { entryId: 'rare', approved: 1, pending: 0 },
      { entryId: 'good', approved: 0, pending: 1 },
      { entryId: 'elsewhere', approved: 3, pending: 0 },
    ]);
    expect(entries.map(({ entryId }) => entryId)).toEqual(['bad', 'rare', 'good']);
    expect(entries[0]).toMatchObject({ routed: 20, corrected: 10, pending: 2, accuracy: 0.5 });
    expect(total).toMatchObject({ routed: 121, corrected: 11, pending: 3 });
    expect(total.accuracy).toBeCloseTo(110 / 121);
  });

  it('says nothing of nothing', () =>
    expect(accuracyOf([], [])).toEqual({
      total: { routed: 0, corrected: 0, pending: 0, accuracy: null, interval: null },
      entries: [],
    }));

  it('never falls below nought', () =>
    expect(
      accuracyOf([{ entryId: 'a', count: 1 }], [{ entryId: 'a', approved: 2, pending: 0 }]).entries[0],
    ).toMatchObject({ accuracy: 0 }));
});

describe('phrasings', () => {
  it('are masked, each once, by entry, within what an import takes', () => {
    const rows = phrasingsOf([
      { entryId: 'b', words: '我叫王桂芳，想领津贴' },
      { entryId: 'b', words: '我叫李大山，想领津贴' },
      { entryId: 'a', words: ' 办 \n 证 ' },
      { entryId: 'a', words: '办' },
      { entryId: 'a', words: '话'.repeat(301) },
    ]);
    expect(rows).toEqual([
      { id: 'a', phrasings: ['办 证'] },
      { id: 'b', phrasings: ['我叫某人，想领津贴'] },
    ]);
  });

  it('are at most 200 an entry', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({
      entryId: 'a',
      words: `第${String.fromCodePoint(0x4e00 + at)}句`,
    }));
    expect(phrasingsOf(many)[0]?.phrasings).toHaveLength(200);
  });
});

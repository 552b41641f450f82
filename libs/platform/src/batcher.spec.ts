import { setTimeout as sleep } from 'node:timers/promises';
import { Batcher } from './batcher';

const options = { most: 3, lanes: 1, keyOf: (item: string): string => item[0] ?? '' };

function recording(): { batches: string[][]; work: (items: readonly string[]) => Promise<string[]> } {
  const batches: string[][] = [];
  return {
    batches,
    work: async (items) => {
      batches.push([...items]);
      await sleep(5);
      return items.map((item) => `${item}!`);
    },
  };
}

describe('a batcher', () => {
  it('gives every item its own answer and gathers what waits, up to its limit', async () => {
    const { batches, work } = recording();
    const batcher = new Batcher(work, options);
    const first = batcher.add('a');
    await sleep(1);
    const rest = ['b', 'c', 'd', 'e'].map((item) => batcher.add(item));
    expect(await Promise.all([first, ...rest])).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
    expect(batches).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('keeps items of one key apart and in order', async () => {
    const { batches, work } = recording();
    const batcher = new Batcher(work, options);
    await Promise.all(['a1', 'a2', 'b1', 'a3'].map((item) => batcher.add(item)));
    expect(batches).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
  });

  it('runs no more batches at once than it has lanes', async () => {
    let [now, most] = [0, 0];
    const work = async (items: readonly string[]): Promise<string[]> => {
      most = Math.max(most, (now += 1));
      await sleep(2);
      now -= 1;
      return [...items];
    };
    const batcher = new Batcher(work, { ...options, most: 1, lanes: 2 });
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((item) => batcher.add(item)));
    expect(most).toBe(2);
  });

  it('fails the items of a failed batch alone, and goes on', async () => {
    const work = async (items: readonly string[]): Promise<string[]> => {
      if (items.includes('b')) throw new Error('broken');
      return [...items];
    };
    const batcher = new Batcher(work, { ...options, most: 1 });
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((item) => batcher.add(item)));
    expect(outcomes.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(new Batcher(async () => [], options).add('a')).rejects.toThrow('in part');
  });
});

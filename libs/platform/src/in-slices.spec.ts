import { inSlices } from './in-slices';

describe('work in slices', () => {
  it('is done whole and in order, and others have their turn meanwhile', async () => {
    let turns = 0;
    const heard: number[] = [];
    let isDone = false;
    const listen = (): void => {
      if (isDone) return;
      turns += 1;
      setImmediate(listen);
    };
    setImmediate(listen);
    function* count(): Generator<undefined, number> {
      for (let n = 0; n < 1000; n += 1) {
        heard.push(n);
        yield;
      }
      return heard.length;
    }
    expect(await inSlices(count(), 0)).toBe(1000);
    isDone = true;
    expect(heard).toEqual([...heard].sort((one, other) => one - other));
    expect(turns).toBeGreaterThan(100);
  });

  it('hands on what a step throws', async () => {
    function* fail(): Generator<undefined, number> {
      yield;
      throw new Error('broken step');
    }
    await expect(inSlices(fail(), 5)).rejects.toThrow('broken step');
  });
});

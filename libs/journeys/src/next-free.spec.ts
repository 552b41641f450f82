import type { FreeSlot } from '@linli/booking';
import { FrozenClock } from '@linli/testing';
import { NextFree } from './next-free';
import type { OfferingDesks } from './offering-desks';

const start = new Date('2026-03-11T01:00:00Z');
const slot = (free: number): FreeSlot => ({ id: 's', start, end: start, capacity: 4, free });

function nextFree(slots: (id: string) => Promise<FreeSlot[]>): { next: NextFree; clock: FrozenClock; asked: string[] } {
  const clock = new FrozenClock(new Date('2026-03-10T02:00:00Z'));
  const asked: string[] = [];
  const desks = {
    slots: (id: string) => {
      asked.push(id);
      return slots(id);
    },
  } as unknown as OfferingDesks;
  return { next: new NextFree(desks, clock), clock, asked };
}

describe('the next free time', () => {
  it('is that of the first slot with a seat, asked for once in half a minute', async () => {
    const { next, clock, asked } = nextFree(() => Promise.resolve([slot(0), slot(2)]));
    expect((await next.of(['a'])).get('a')).toEqual(start);
    await next.of(['a']);
    expect(asked).toEqual(['a']);
    clock.advance(31_000);
    await next.of(['a']);
    expect(asked).toEqual(['a', 'a']);
  });

  it('is missing where nothing is free, looking failed or takes too long', async () => {
    const { next } = nextFree((id) =>
      id === 'full'
        ? Promise.resolve([slot(0)])
        : id === 'broken'
          ? Promise.reject(new Error('no'))
          : new Promise(() => undefined),
    );
    const began = performance.now();
    expect((await next.of(['full', 'broken', 'slow'])).size).toBe(0);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('looks for four at once and no more', async () => {
    const { next, asked } = nextFree(() => new Promise(() => undefined));
    await next.of(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
  });
});

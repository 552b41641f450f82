import { setImmediate as others } from 'node:timers/promises';

/** Does work that can be laid down between its steps a few milliseconds at a time, so that nobody else waits longer. */
export async function inSlices<T>(steps: Generator<unknown, T>, sliceMs: number): Promise<T> {
  for (;;) {
    const until = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await others();
  }
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** From here on the collector's pauses are felt, and memory is there for a large catalogue anyhow. */
const largeHeapMb = 200;

let collect: (() => void) | null = null;

/**
 * Gives back at once what a large piece of work left behind, rather than when the collector happens to look: tens of
 * megabytes after a router was learned. Holds the process for some 30 ms.
 */
export function giveBackMemory(): void {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  boundGarbage();
}

/**
 * How much garbage may gather before the collector looks through the whole heap, in percent of what is alive. Left to
 * itself on a large machine V8 lets it grow to several times that: a small heap is bounded, which keeps a process at two
 * thirds of its memory; a large one takes long to look through, and is looked through seldom.
 */
export function boundGarbage(): void {
  const isLarge = process.memoryUsage().heapUsed > largeHeapMb * 1024 * 1024;
  setFlagsFromString(`--heap-growing-percent=${isLarge ? 150 : 40}`);
}

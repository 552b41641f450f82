/** One place where two lists of texts differ; positions count from 0 in the list after (before, for what is gone). */
export interface SequenceChange {
  readonly at: number;
  readonly before: string | null;
  readonly after: string | null;
}

/** Lengths of the longest common subsequence of every pair of endings. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  return lengths;
}

/** What must be taken out, put in or reworded to make the second list of the first, with as much kept as can be. */
export function diffSequence(a: readonly string[], b: readonly string[]): SequenceChange[] {
  const lengths = commonLengths(a, b);
  const changes: SequenceChange[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const gone: number[] = [];
    const come: number[] = [];
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      const isGone = j >= b.length || (i < a.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0));
      if (isGone) gone.push(i++);
      else come.push(j++);
    }
    for (let k = 0; k < Math.max(gone.length, come.length); k += 1) {
      const [from, to] = [gone[k], come[k]];
      changes.push({
        at: to ?? from ?? 0,
        before: from === undefined ? null : (a[from] ?? null),
        after: to === undefined ? null : (b[to] ?? null),
      });
    }
    i += 1;
    j += 1;
  }
  return changes;
}

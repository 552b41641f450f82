/** Work that can be laid down between any two of its steps, for whoever must not be kept waiting. */
export type Steps<T> = Generator<undefined, T>;

/** Does the work without a pause. */
export function allAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Maps a list, pausing now and then. */
export function* mapped<A, B>(list: readonly A[], to: (one: A) => B, between = 64): Steps<B[]> {
  const made: B[] = [];
  for (const one of list) {
    made.push(to(one));
    if (made.length % between === 0) yield;
  }
  return made;
}

/** An entry with its place in the log; places only grow, so `after` never skips or repeats. */
export type Logged<T> = T & { readonly seq: number };

/** Keeps the last `limit` entries in order and forgets older ones. */
export class BoundedLog<T extends object> {
  private entries: Logged<T>[] = [];
  private seq = 0;

  constructor(private readonly limit: number) {}

  /** Appends an entry and returns it with its place. */
  append(entry: T): Logged<T> {
    this.seq += 1;
    const logged = { ...entry, seq: this.seq };
    this.entries.push(logged);
    if (this.entries.length > this.limit * 2) this.entries = this.entries.slice(-this.limit);
    return logged;
  }

  /** The kept entries after a place, oldest first; places are continuous even after `clear`. */
  after(seq: number): Logged<T>[] {
    return this.entries.slice(-this.limit).filter((entry) => entry.seq > seq);
  }

  clear(): void {
    this.entries = [];
  }
}

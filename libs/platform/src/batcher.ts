/** How a batcher gathers. */
export interface BatcherOptions<I> {
  /** At most so many items go together. */
  readonly most: number;
  /** At most so many batches are under way; the rest gather meanwhile. */
  readonly lanes: number;
  /** Items of one key never share a batch. */
  readonly keyOf: (item: I) => string;
}

interface Waiting<I, O> {
  readonly item: I;
  readonly settle: { resolve(answer: O): void; reject(error: unknown): void };
}

/**
 * Gathers what is asked at the same time into one piece of work. Alone, an item goes at once; under load those that
 * arrive while others are under way go together, so that each costs less. `work` answers item by item, in order.
 */
export class Batcher<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private underWay = 0;
  private scheduled = false;

  constructor(
    private readonly work: (items: readonly I[]) => Promise<readonly O[]>,
    private readonly options: BatcherOptions<I>,
  ) {}

  add(item: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.waiting.push({ item, settle: { resolve, reject } });
      this.schedule();
    });
  }

  /** After what has arrived in this turn of the event loop was read, so that it goes together. */
  private schedule(): void {
    if (this.scheduled || this.underWay >= this.options.lanes) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      while (this.waiting.length > 0 && this.underWay < this.options.lanes) void this.go(this.take());
    });
  }

  private take(): Waiting<I, O>[] {
    const keys = new Set<string>();
    const [batch, rest]: [Waiting<I, O>[], Waiting<I, O>[]] = [[], []];
    for (const one of this.waiting) {
      const key = this.options.keyOf(one.item);
      if (batch.length < this.options.most && !keys.has(key)) batch.push(one);
      else rest.push(one);
      keys.add(key);
    }
    this.waiting = rest;
    return batch;
  }

  private async go(batch: readonly Waiting<I, O>[]): Promise<void> {
    this.underWay += 1;
    try {
      const answers = await this.work(batch.map((one) => one.item));
      if (answers.length !== batch.length) throw new Error('a batch was answered in part');
      batch.forEach(({ settle }, at) => settle.resolve(answers[at] as O));
    } catch (error) {
      batch.forEach(({ settle }) => settle.reject(error));
    } finally {
      this.underWay -= 1;
      this.schedule();
    }
  }
}

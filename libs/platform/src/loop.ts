import { setTimeout as sleep } from 'node:timers/promises';

export interface LoopOptions {
  /** Milliseconds between two rounds that found nothing to do. */
  readonly pauseMs: number;
  /** Told of a round that failed; the loop goes on after a longer pause. */
  readonly onError: (error: unknown) => void;
}

const pauseAfterErrorMs = 1000;

/**
 * Runs rounds of work one after another in this process until stopped. A round answers whether there may be more, in
 * which case the next follows at once. What a round takes from PostgreSQL it claims there, so any number of processes
 * may run the same loop.
 */
export class Loop {
  private readonly halt = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly round: () => Promise<boolean>,
    private readonly options: LoopOptions,
  ) {
    this.running = this.run();
  }

  /** Lets the present round end and starts no other. */
  async stop(): Promise<void> {
    this.halt.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.halt;
    while (!signal.aborted) {
      const pause = await this.once();
      if (pause > 0) await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  private async once(): Promise<number> {
    try {
      return (await this.round()) ? 0 : this.options.pauseMs;
    } catch (error) {
      if (!this.halt.signal.aborted) this.options.onError(error);
      return pauseAfterErrorMs;
    }
  }
}

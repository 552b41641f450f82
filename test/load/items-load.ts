import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram } from './histogram';
import { HttpLine } from './http-line';

const timeoutMs = 10_000;
export const lines = 32;

/** What asking for a while measured. */
export interface Asked {
  readonly perSecond: number;
  /** From the moment a question was due until its whole answer was there. */
  readonly latency: Histogram;
  readonly failed: number;
}

/** Asks one path after the other over `lines` connections, none waiting longer than its own last answer. */
export async function askFlatOut(port: number, paths: readonly string[], forMs: number): Promise<Asked> {
  const book = new Book(paths);
  const began = performance.now();
  const until = began + forMs;
  const work = async (): Promise<void> => {
    const line = new HttpLine(port);
    while (performance.now() < until) await book.ask(line, performance.now());
    line.close();
  };
  await Promise.all([...Array(lines).keys()].map(work));
  return book.result(performance.now() - began);
}

/** Asks at a steady rate; a question that finds every connection busy waits, and its waiting counts. */
export async function askSteadily(
  port: number,
  paths: readonly string[],
  forMs: number,
  perSecond: number,
): Promise<Asked> {
  const book = new Book(paths);
  const began = performance.now();
  const total = Math.floor((forMs / 1000) * perSecond);
  let next = 0;
  const work = async (): Promise<void> => {
    const line = new HttpLine(port);
    while (next < total) {
      const due = began + (next / perSecond) * 1000;
      next += 1;
      const wait = due - performance.now();
      if (wait > 0.5) await sleep(wait);
      await book.ask(line, Math.max(due, began));
    }
    line.close();
  };
  await Promise.all([...Array(lines).keys()].map(work));
  return book.result(performance.now() - began);
}

/** Counts what is asked and answered. */
class Book {
  private readonly latency = new Histogram();
  private asked = 0;
  private failed = 0;

  constructor(private readonly paths: readonly string[]) {}

  async ask(line: HttpLine, due: number): Promise<void> {
    const path = this.paths[this.asked % this.paths.length] ?? '/';
    this.asked += 1;
    try {
      const { status, body } = await line.request('GET', path, '', {}, timeoutMs);
      if (status !== 200 || !body.startsWith('{"items":[')) this.failed += 1;
      else this.latency.record((performance.now() - due) * 1000);
    } catch {
      this.failed += 1;
    }
  }

  result(tookMs: number): Asked {
    return { perSecond: (this.latency.count / tookMs) * 1000, latency: this.latency, failed: this.failed };
  }
}

/** The ids a question answers with, best first. */
export async function idsFor(port: number, path: string): Promise<string[]> {
  const line = new HttpLine(port);
  try {
    const { body } = await line.request('GET', path, '', {}, timeoutMs);
    return (JSON.parse(body) as { items: { id: string }[] }).items.map((item) => item.id);
  } finally {
    line.close();
  }
}

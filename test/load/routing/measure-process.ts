import { readFileSync } from 'node:fs';
import type { Document } from './document';
import type { Ask, Found, Usage } from './engine';
import { engines } from './engines';
import type { Measured, Report, Task } from './measured';

/** One engine in a process of its own, so that its memory and its speed are its own. */
async function measure({ engine, documentsFile, textsFile, databaseUrl, seconds }: Task): Promise<Measured> {
  const documents = JSON.parse(readFileSync(documentsFile, 'utf8')) as Document[];
  const texts = JSON.parse(readFileSync(textsFile, 'utf8')) as string[];
  const before = resident();
  const beforeBuild = ownCpuMs();
  const built = await engines[engine](documents, { databaseUrl });
  const elsewhere = (): Usage => built.elsewhere?.() ?? { bytes: 0, cpuMs: 0 };
  const buildMs = ownCpuMs() - beforeBuild + elsewhere().cpuMs;
  const found = await askAll(built.ask, texts);
  const bytes = resident() - before + elsewhere().bytes;
  await timesOf(built.ask, texts, warmUpSeconds);
  const beforeAsking = ownCpuMs() + elsewhere().cpuMs;
  const times = await timesOf(built.ask, texts, seconds);
  const cpuMs = ownCpuMs() + elsewhere().cpuMs - beforeAsking;
  const againMs = built.keep ? cpuMsOf(built.keep()) : null;
  await built.close?.();
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { found, buildMs, againMs, perSecond: (1000 * sorted.length) / cpuMs, p50: at(0.5), p99: at(0.99), bytes };
}

/** Processor time, which does not depend on who else uses the machine as the time of day does. */
function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function cpuMsOf(work: () => void): number {
  const before = ownCpuMs();
  work();
  return ownCpuMs() - before;
}

function resident(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

async function askAll(ask: Ask, texts: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const text of texts) found.push(await ask(text));
  return found;
}

/** How long each engine is asked before it counts, so that what the compiler does is not taken for what it does. */
const warmUpSeconds = 1;

/** Milliseconds of each question, over and over the texts until the time is up. */
async function timesOf(ask: Ask, texts: readonly string[], seconds: number): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + seconds * 1000;
  for (;;)
    for (const text of texts) {
      const began = performance.now();
      const answer = ask(text);
      if (answer instanceof Promise) await answer;
      const ended = performance.now();
      times.push(ended - began);
      if (ended > until) return times;
    }
}

function report(message: Report): void {
  process.send?.(message, () => process.disconnect());
}

process.once('message', (task: Task) => {
  measure(task).then(
    (measured) => report({ kind: 'measured', measured }),
    (error: unknown) => report({ kind: 'failed', why: String(error) }),
  );
});

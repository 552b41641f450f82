import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram, type HistogramData } from './histogram';
import { HttpLine } from './http-line';

/** Requests held for a while: as many as go, or at a given rate, sent when they are due whether or not others are answered. */
export interface GetLoad {
  readonly port: number;
  readonly connections: number;
  /** Null: a closed loop, each line asks again as soon as it is answered. */
  readonly perSecond: number | null;
  readonly warmUpMs: number;
  readonly ms: number;
  readonly method: 'GET' | 'POST';
  /** Taken in turn. */
  readonly paths: readonly string[];
}

export interface GetResult {
  readonly perSecond: number;
  readonly latency: HistogramData;
  readonly failures: number;
  /** Bytes of an answer, on average. */
  readonly meanBytes: number;
}

interface Tally {
  histogram: Histogram;
  failures: number;
  bytes: number;
}

/** The generator: a process of its own, told what to ask by the bench that forked it. */
function main(): void {
  process.on('message', (load: GetLoad) => {
    void hold(load).then((result) => process.send?.(result));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

async function hold(load: GetLoad): Promise<GetResult> {
  const lines = Array.from({ length: load.connections }, () => new HttpLine(load.port));
  const tally: Tally = { histogram: new Histogram(), failures: 0, bytes: 0 };
  const state = { stopping: false, measuring: false, next: 0 };
  const ask = async (line: HttpLine, due: number): Promise<void> => {
    const path = load.paths[(state.next += 1) % load.paths.length] ?? '/';
    const wasMeasuring = state.measuring;
    const answer = await line.request(load.method, path, '', {}, 10_000).catch(() => null);
    if (!wasMeasuring || !state.measuring) return;
    tally.histogram.record((performance.now() - due) * 1000);
    if (answer?.status !== 200) tally.failures += 1;
    tally.bytes += answer?.body.length ?? 0;
  };
  const running = load.perSecond === null ? closed(lines, state, ask) : paced(lines, state, ask, load.perSecond);
  await sleep(load.warmUpMs);
  const began = performance.now();
  state.measuring = true;
  await sleep(load.ms);
  state.measuring = false;
  const seconds = (performance.now() - began) / 1000;
  state.stopping = true;
  await running;
  for (const line of lines) line.close();
  const { histogram, failures, bytes } = tally;
  return {
    perSecond: histogram.count / seconds,
    latency: histogram.toData(),
    failures,
    meanBytes: bytes / histogram.count,
  };
}

type Ask = (line: HttpLine, due: number) => Promise<void>;

async function closed(lines: readonly HttpLine[], state: { stopping: boolean }, ask: Ask): Promise<void> {
  await Promise.all(
    lines.map(async (line) => {
      while (!state.stopping) await ask(line, performance.now());
    }),
  );
}

/** Durations count from when a request was due: one that waits for a free line has waited. */
async function paced(lines: readonly HttpLine[], state: { stopping: boolean }, ask: Ask, rate: number): Promise<void> {
  const free = [...lines];
  const due: number[] = [];
  const underWay = new Set<Promise<void>>();
  const go = (): void => {
    while (due.length > 0 && free.length > 0) {
      const line = free.pop();
      const at = due.shift();
      if (!line || at === undefined) return;
      const one = ask(line, at).finally(() => {
        underWay.delete(one);
        free.push(line);
        go();
      });
      underWay.add(one);
    }
  };
  const began = performance.now();
  for (let sent = 0; !state.stopping;) {
    const now = performance.now();
    for (; began + (sent * 1000) / rate <= now; sent += 1) due.push(began + (sent * 1000) / rate);
    go();
    await sleep(1);
  }
  await Promise.all(underWay);
}

main();

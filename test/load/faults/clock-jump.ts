import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { underLoad, type Fault } from './fault';

/** Within the 300 s a push's signature may be old, so that the platform is still listened to. */
const jumps = [120_000, -120_000];
let clockFile = '';

/** The clock of the product's processes jumps, and jumps back; PostgreSQL's and the platform's go on. */
export const clockJump: Fault = {
  name: 'the clock jumps 2 min and back',
  quick: 2,
  full: 10,
  prepare: (run) => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-bench-clock-'));
    clockFile = join(folder, 'offset');
    writeFileSync(clockFile, '0');
    run.cleanUp.defer(() => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    });
    const nodeArgs = ['--require', join(__dirname, 'clock-preload.js')];
    return Promise.resolve({ apis: 1, workers: 1, nodeArgs, extraEnv: { BENCH_CLOCK_FILE: clockFile } });
  },
  attempt: (ground, trial) =>
    underLoad(ground, 10, async () => {
      await sleep(1_000);
      writeFileSync(clockFile, String(jumps[trial % jumps.length] ?? 0));
      await sleep(3_000);
      writeFileSync(clockFile, '0');
      await sleep(1_500);
    }),
};

import { execFile } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { underLoad, type Fault } from './fault';

const execute = promisify(execFile);
const sizeMb = 400;
let disk = '';

/** The disk under PostgreSQL fills up while residents talk, and is freed again. */
export const fullDisk: Fault = {
  name: 'a full disk under PostgreSQL',
  quick: 1,
  full: 5,
  prepare: async (run) => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-bench-disk-'));
    chmodSync(folder, 0o755);
    try {
      await execute('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=755`, 'tmpfs', folder]);
    } catch {
      rmSync(folder, { recursive: true, force: true });
      return 'a small disk cannot be mounted here (that takes root and the right to mount)';
    }
    disk = folder;
    run.cleanUp.defer(async () => {
      await execute('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    });
    return { apis: 1, workers: 1, clusterParent: folder };
  },
  attempt: (ground) =>
    underLoad(ground, 10, async () => {
      await sleep(1_000);
      const filler = fill(join(disk, 'filler'));
      await sleep(3_000);
      rmSync(filler);
      // A server that gave up is started again, as its supervisor would.
      await sleep(500);
      if (!ground.cluster.isUp()) await ground.cluster.start();
      await sleep(2_000);
    }),
};

/** Writes until there is no room for another byte. */
function fill(path: string): string {
  const file = openSync(path, 'w');
  for (const size of [2 ** 20, 2 ** 12, 1]) {
    const block = Buffer.alloc(size, 1);
    try {
      while (writeSync(file, block) === size);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
  return path;
}

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return Math.max(latest, newest(path));
    return /(?<!\.spec)\.ts$/.test(entry.name) ? Math.max(latest, statSync(path).mtimeMs) : latest;
  }, 0);
}

/** Builds the product when its sources are newer than what `npm ci` built, so that processes run what is tested. */
export function buildWhenStale(root: string): void {
  const entry = join(root, 'dist/.build.tsbuildinfo');
  const built = existsSync(entry) ? statSync(entry).mtimeMs : 0;
  if (built >= Math.max(newest(join(root, 'apps')), newest(join(root, 'libs')))) return;
  process.stdout.write('The build is older than the sources: building.\n');
  execFileSync('npx', ['nest', 'build', 'standalone'], { cwd: root, stdio: 'inherit' });
}

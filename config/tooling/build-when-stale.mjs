import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Builds the product when a source is newer than the last build, so that tests of processes run what is tested. */
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return Math.max(latest, newest(path));
    const counts = /\.(ts|vue|json)$/.test(entry.name) && !entry.name.endsWith('.spec.ts');
    return counts ? Math.max(latest, statSync(path).mtimeMs) : latest;
  }, 0);
}

const built = join(root, 'dist/.build.tsbuildinfo');
const sources = ['apps', 'libs', 'test/load'].map((folder) => newest(join(root, folder)));
if (!existsSync(built) || statSync(built).mtimeMs < Math.max(...sources)) {
  process.stdout.write('The build is older than the sources: building.\n');
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' });
}

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@linli/platform';

interface Report {
  readonly summary: { readonly violations: { readonly from: string; readonly rule: { readonly name: string } }[] };
}

const root = projectRoot();
const room = (name: string): string => `libs/${name}/src/index.ts`;
const rooms = [
  'kernel',
  'contracts',
  'platform',
  'directory',
  'catalogue',
  'casework',
  'rating',
  'journeys',
  'testing',
];

/** One planted violation per rule: the file, what it says, and the rule that must catch it. */
const planted: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['kernel-looks-down-only', 'libs/kernel/src/bad.ts', `import '@linli/contracts';`],
  ['contracts-looks-down-only', 'libs/contracts/src/bad.ts', `import '@linli/platform';`],
  ['platform-looks-down-only', 'libs/platform/src/bad.ts', `import '@linli/directory';`],
  ['directory-looks-down-only', 'libs/directory/src/bad.ts', `import '@linli/catalogue';`],
  ['features-looks-down-only', 'libs/rating/src/bad.service.ts', `import '@linli/journeys';`],
  ['journeys-looks-down-only', 'libs/journeys/src/bad.ts', `import '@linli-app/api';`],
  ['apps-looks-down-only', 'apps/api/src/bad.ts', `import '@linli-app/standalone';`],
  ['features-are-strangers', 'libs/casework/src/bad.service.ts', `import '@linli/rating';`],
  ['apps-are-strangers', 'apps/api/src/worse.ts', `import '@linli-app/worker';`],
  ['through-the-front-door', 'libs/journeys/src/back.ts', `import '../../casework/src/case';`],
  ['rules-are-pure', 'libs/casework/src/rule.ts', `import '@linli/platform';`],
  ['testing-is-for-specs', 'libs/journeys/src/fake.ts', `import '@linli/testing';`],
  ['wechaty-in-the-bot-only', 'apps/worker/src/bad.ts', `import 'wechaty';`],
  ['no-circles', 'libs/kernel/src/one.ts', `import './other'; export const one = 1;`],
];

const honest: readonly (readonly [file: string, text: string])[] = [
  ...rooms.map((name) => [room(name), 'export const here = 1;'] as const),
  ...['api', 'worker', 'standalone'].map((name) => [`apps/${name}/src/index.ts`, 'export const here = 1;'] as const),
  ['libs/kernel/src/other.ts', `import './one'; export const other = 1;`],
  ['libs/casework/src/case.ts', `import { here } from '@linli/kernel'; export const kase = here;`],
  ['libs/casework/src/case.service.ts', `import '@linli/platform'; import './case'; import '@nestjs/common';`],
  ['libs/casework/src/case.spec.ts', `import '@linli/testing'; import './case';`],
  ['apps/api/src/main.ts', `import '@linli/journeys'; import '@linli/casework';`],
];

async function cruise(folder: string): Promise<Report> {
  const binary = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [binary, '-c', 'config/tooling/boundaries.cjs', '-T', 'json', 'apps', 'libs'];
  const run = promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 32_000_000 });
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  return JSON.parse(stdout) as Report;
}

describe('the boundaries of the house', () => {
  let folder: string;
  let violations: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linli-boundaries-'));
    cpSync(join(root, 'config/tooling'), join(folder, 'config/tooling'), { recursive: true });
    cpSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, text] of [...honest, ...planted.map(([, file, text]) => [file, text] as const)]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const { summary } = await cruise(folder);
    violations = summary.violations.map(({ from, rule }) => `${rule.name} ${from}`);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(planted)('%s is caught in %s', (rule, file) => expect(violations).toContain(`${rule} ${file}`));

  it('leave honest files alone', () => {
    const bad = new Set(planted.map(([, file]) => file));
    // The second half of the planted circle is reported where the cruise enters it.
    const unjust = violations.filter((one) => !bad.has(one.split(' ')[1] ?? '') && !one.startsWith('no-circles'));
    expect(unjust).toEqual([]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoCredentials } from '@linli/journeys';
import type { OpenDoors } from './open-doors';
import type { Ground } from './ground';

/** Says where to go next, once, in words; logs stay logs. */
export function announce({ config, accounts, freshCredentials }: Ground, { port, simulator }: OpenDoors): void {
  if (port === null) return;
  const home = `http://localhost:${port}`;
  const credentials = join(config.dataDir, 'demo-credentials.json');
  const lines = [
    '',
    'Linli (邻里一网通) is ready.',
    simulator ? `  chat with it     ${home}/` : `  home             ${home}/`,
    `  API reference    ${home}/docs`,
    `  ready probe      ${home}/health/ready`,
    ...(existsSync(credentials) ? [`  demo sign-ins    ${credentials}`] : []),
    accounts.simulated
      ? '  WeChat           the built-in simulator (set WECHAT_OFFICIAL_APP_ID and its companions for the real one)'
      : `  WeChat           push address ${home}/wechat/official`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (freshCredentials) process.stdout.write(`${signIns(freshCredentials)}\n`);
}

/** The demo's accounts, shown this once; the file keeps them. */
function signIns(path: string): string {
  const { officers } = JSON.parse(readFileSync(path, 'utf8')) as DemoCredentials;
  const rows = officers.map(({ account, password, role }) => `  ${account.padEnd(28)} ${password}   ${role}`);
  return ['Accounts of the demo district, shown this once:', ...rows, ''].join('\n');
}

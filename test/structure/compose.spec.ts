import { execFileSync, spawnSync } from 'node:child_process';
import { projectRoot } from '@linli/platform';

const there = spawnSync('docker-compose', ['--version']).status === 0;
if (!there) process.stdout.write('docker-compose is not installed: the compose file is not checked for form\n');

const env = {
  PATH: process.env['PATH'],
  POSTGRES_PASSWORD: 'p',
  WECHAT_OFFICIAL_APP_ID: 'wx1234567890',
  WECHAT_OFFICIAL_APP_SECRET: 's',
  WECHAT_OFFICIAL_TOKEN: 't',
};

(there ? describe : describe.skip)('docker-compose.yml', () => {
  const config = (variables: NodeJS.ProcessEnv): string =>
    execFileSync('docker-compose', ['config'], { cwd: projectRoot(), env: variables, stdio: 'pipe' }).toString();

  it('is well formed and opens two api, two worker and one bot beside PostgreSQL, Redis and a proxy', () => {
    const read = config(env);
    const services = [...read.matchAll(/^ {2}([\w-]+):$/gm)].map(([, name]) => name);
    expect(services).toEqual(
      expect.arrayContaining(['api-1', 'api-2', 'worker-1', 'worker-2', 'bot', 'postgres', 'redis', 'proxy']),
    );
  }, 30_000);

  it('has no password of its own: a missing one stops it', () => {
    expect(() => config({ ...env, POSTGRES_PASSWORD: '' })).toThrow(/POSTGRES_PASSWORD/);
  }, 30_000);
});

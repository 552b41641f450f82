import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { CleanUp } from './clean-up';
import type { PushAccount } from './wechat-push';

/** The empty handler's process. */
export interface EmptyServer {
  readonly pid: number;
  readonly port: number;
  close(): Promise<void>;
}

export async function startEmptyServer(account: PushAccount, cleanUp: CleanUp): Promise<EmptyServer> {
  const env = { ...process.env, NODE_ENV: 'production', BENCH_ACCOUNT: JSON.stringify(account) };
  const child = fork(join(__dirname, 'empty-handler.js'), { env, stdio: 'inherit' });
  const pid = child.pid ?? 0;
  cleanUp.watch(pid);
  const close = cleanUp.defer(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    cleanUp.forget(pid);
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (given) => resolve(Number(given)));
    child.once('exit', () => reject(new Error('the empty handler did not start')));
  });
  return { pid, port, close };
}

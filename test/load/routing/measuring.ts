import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { CleanUp } from '../clean-up';
import type { Measured, Report, Task } from './measured';

/** Measures one engine in a child; a sentence when it failed or was not done within `limitMs`. */
export async function measureApart(task: Task, limitMs: number, cleanUp: CleanUp): Promise<Measured | string> {
  const child = fork(join(__dirname, 'measure-process.js'), {
    execArgv: [...process.execArgv, '--expose-gc'],
    // What an engine says of itself is nobody's result.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const pid = child.pid ?? 0;
  cleanUp.watch(pid);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('exit', (code, signal) => resolve(`its process ended early (${signal ?? String(code)})`));
  });
  const answered = new Promise<Measured | string>((resolve) => {
    child.once('message', (report: Report) => resolve(report.kind === 'measured' ? report.measured : report.why));
  });
  const late = new AbortController();
  const tooLong = new Promise<string>((resolve) => {
    const timer = setTimeout(resolve, limitMs, `not done within ${limitMs / 1000} s`);
    late.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  child.send(task);
  const outcome = await Promise.race([answered, ended, tooLong]);
  late.abort();
  if (child.exitCode === null) child.kill('SIGKILL');
  await ended;
  cleanUp.forget(pid);
  return outcome;
}

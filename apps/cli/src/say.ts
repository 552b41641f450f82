import { SingleBar } from 'cli-progress';

/** A line for the operator. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A progress bar on a terminal; silent when the output is a file or a pipe. */
export function progress(what: string): { tick: (done: number, total: number) => void; end: () => void } {
  if (!process.stdout.isTTY) return { tick: () => undefined, end: () => undefined };
  const bar = new SingleBar({ format: `${what} {bar} {value}/{total}`, hideCursor: true });
  let started = false;
  return {
    tick: (done, total) => {
      if (!started) bar.start(total, done);
      else bar.update(done);
      started = true;
    },
    end: () => bar.stop(),
  };
}

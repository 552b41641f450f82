type Step = () => Promise<void>;

const limitMs = 30_000;

/** What must be undone before this process ends, last things first; nothing is left running whatever ends the bench. */
export class CleanUp {
  private readonly steps: Step[] = [];
  private readonly processes = new Set<number>();

  constructor() {
    // The last resort: whatever ends this process, what it started ends by its own id.
    process.once('exit', () => {
      for (const pid of this.processes) killQuietly(pid, 'SIGKILL');
    });
  }

  /** Runs `step` at the end, or when the returned function is called, whichever comes first. */
  defer(step: Step): Step {
    let pending = true;
    const once = async (): Promise<void> => {
      if (!pending) return;
      pending = false;
      this.steps.splice(this.steps.indexOf(once), 1);
      await step();
    };
    this.steps.push(once);
    return once;
  }

  /** A process that must not outlive this one. */
  watch(pid: number): void {
    this.processes.add(pid);
  }

  forget(pid: number): void {
    this.processes.delete(pid);
  }

  async all(): Promise<void> {
    const tooLong = new Promise<'late'>((resolve) => setTimeout(resolve, limitMs, 'late').unref());
    await Promise.race([this.eachStep(), tooLong]);
  }

  private async eachStep(): Promise<void> {
    for (let step = this.steps.at(-1); step; step = this.steps.at(-1)) {
      await step().catch((error: unknown) => process.stderr.write(`while cleaning up: ${String(error)}\n`));
    }
  }
}

export function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { LifecycleLoad, LifecycleSummary } from './lifecycle-writer';
import type { BookingLoad, BookingSummary } from './booking-writer';
import type { CleanUp } from './clean-up';
import type {
  CaseLoad,
  CaseSummary,
  LoadCommand,
  LoadReport,
  ResidentLoad,
  ResidentSummary,
  RoundResult,
} from './load-protocol';

/** Told when rounds begin and end, so that what the processes use is measured over the same time. */
export interface RoundWatcher {
  began(): void;
  ended(result: RoundResult): void;
}

/** The bench's hold on the generator's process. */
export class Generator {
  private listener: (report: LoadReport) => void = () => undefined;

  private constructor(
    private readonly child: ChildProcess,
    readonly platformUrl: string,
    readonly close: () => Promise<void>,
  ) {
    child.on('message', (report: LoadReport) => this.listener(report));
    child.once('exit', (code) => this.listener({ kind: 'failed', why: `the generator ended (${String(code)})` }));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  static async start(cleanUp: CleanUp): Promise<Generator> {
    const child = fork(join(__dirname, 'load-process.js'), { stdio: 'inherit' });
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
      child.once('error', reject);
      child.once('exit', () => reject(new Error('the generator did not start')));
      child.once('message', (report: LoadReport) => {
        if (report.kind === 'ready') resolve(report.platformPort);
      });
    });
    return new Generator(child, `http://127.0.0.1:${port}`, close);
  }

  holdLoad(load: ResidentLoad, watcher: RoundWatcher): Promise<ResidentSummary> {
    return this.command(load, (report, done) => {
      if (report.kind === 'roundBegan') watcher.began();
      if (report.kind === 'roundEnded') watcher.ended(report.result);
      if (report.kind === 'residentsDone') done(report.summary);
    });
  }

  writeCases(load: CaseLoad): Promise<CaseSummary> {
    return this.command(load, (report, done) => {
      if (report.kind === 'casesDone') done(report.summary);
    });
  }

  writeBookings(load: BookingLoad): Promise<BookingSummary> {
    return this.command(load, (report, done) => {
      if (report.kind === 'bookingsDone') done(report.summary);
    });
  }

  carryCases(load: LifecycleLoad): Promise<LifecycleSummary> {
    return this.command(load, (report, done) => {
      if (report.kind === 'lifecyclesDone') done(report.summary);
    });
  }

  private command<T>(command: LoadCommand, hear: (report: LoadReport, done: (value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      this.listener = (report) => {
        if (report.kind === 'failed') reject(new Error(report.why));
        else hear(report, resolve);
      };
      this.child.send(command);
    });
  }
}

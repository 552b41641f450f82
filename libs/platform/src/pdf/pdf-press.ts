import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { projectRoot } from '../config';
import type { PressAnswer } from './press-worker';
import type { PdfSheet } from './sheet';

/** Each takes a fifth of a second or so, with a hundred charts three; whoever comes after these is asked to come again. */
const waitingMost = 50;
const idleMs = 20_000;
const printMs = 30_000;
const heapMb = 192;

/**
 * Prints PDFs in a thread of its own, one after the other, so that nobody else waits for them. The thread starts with the
 * first sheet and ends when nothing was printed for a while: it holds some 80 MB, 120 MB once it has drawn
 * charts.
 */
@Injectable()
export class PdfPress implements OnApplicationShutdown {
  private worker: Worker | null = null;
  private line: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private rest: NodeJS.Timeout | null = null;

  /** The PDF of the sheet, which is asked for when its turn has come. */
  print(sheet: () => PdfSheet | Promise<PdfSheet>): Promise<Buffer> {
    if (this.waiting >= waitingMost) throw new Refusal('service.unavailable');
    this.waiting += 1;
    const made = this.line.then(async () => this.make(await sheet())).finally(() => (this.waiting -= 1));
    this.line = made.catch(() => undefined);
    return made;
  }

  /** Whether the thread is there. */
  get isWarm(): boolean {
    return this.worker !== null;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async make(sheet: PdfSheet): Promise<Buffer> {
    if (this.rest) clearTimeout(this.rest);
    const worker = (this.worker ??= started());
    worker.ref();
    try {
      const answer = await answerOf(worker, sheet);
      if ('failure' in answer) throw new Error(`a sheet could not be printed: ${answer.failure}`);
      return Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength);
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      worker.unref();
      this.rest = setTimeout(() => void this.stop(), idleMs).unref();
    }
  }

  private async stop(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }
}

/** The compiled thread, also for specs, which run from source. */
function started(): Worker {
  const compiled = join(projectRoot(), 'dist', 'libs', 'platform', 'src', 'pdf', 'press-worker.js');
  const font = join(projectRoot(), 'config', 'fonts', 'noto-sans-sc.otf');
  return new Worker(compiled, { workerData: font, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: heapMb } });
}

/** Hands over a sheet and waits for what comes of it: a thread that ends or takes too long gives nothing. */
function answerOf(worker: Worker, sheet: PdfSheet): Promise<PressAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(() => reject(new Error('a sheet took too long to print'))), printMs);
    const heard = (answer: PressAnswer): void => done(() => resolve(answer));
    const failed = (error: Error): void => done(() => reject(error));
    const ended = (): void => failed(new Error('the press ended in the middle of a sheet'));
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      worker.off('message', heard).off('error', failed).off('exit', ended);
      settle();
    };
    worker.once('message', heard).once('error', failed).once('exit', ended);
    worker.postMessage(sheet);
  });
}

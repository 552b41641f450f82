import { parentPort, workerData } from 'node:worker_threads';
import { drawer } from './drawing';
import type { PdfSheet } from './sheet';

/** What comes back for a sheet: the PDF, or why there is none. */
export type PressAnswer = { readonly bytes: Uint8Array } | { readonly failure: string };

/** The press itself, in a thread of its own: a sheet in, a PDF out, one after the other. */
const drawing = drawer(workerData as string);
parentPort?.on('message', (sheet: PdfSheet) => {
  void drawing
    .then((draw) => draw(sheet))
    .then(
      (bytes): PressAnswer => ({ bytes }),
      (error: unknown): PressAnswer => ({ failure: String((error as Error).stack ?? error) }),
    )
    .then((answer) => parentPort?.postMessage(answer));
});

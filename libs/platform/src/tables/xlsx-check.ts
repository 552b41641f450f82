import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { TableUnreadable } from './table';

const mostEntries = 1_000;
const mostBytes = 200 * 1024 * 1024;
const mostTimes = 200;

/** Refuses a workbook that would unpack to far more than it is, carries macros or is locked; before anything reads it. */
export async function checkWorkbook(bytes: Buffer): Promise<void> {
  const zip = await open(bytes);
  let total = 0;
  let count = 0;
  try {
    for await (const entry of entriesOf(zip)) {
      total += entry.uncompressedSize;
      count += 1;
      const problem = problemOf(entry, total, count, bytes.length);
      if (problem) throw new TableUnreadable(problem);
    }
  } finally {
    zip.close();
  }
}

function problemOf(entry: Entry, total: number, count: number, packed: number): string | null {
  if (/vbaProject|\.bin$/i.test(entry.fileName) && /vba|macro/i.test(entry.fileName))
    return 'carries macros: save it as a workbook without macros (.xlsx)';
  if ((entry.generalPurposeBitFlag & 1) === 1) return 'is locked with a password: save it without one';
  if (count > mostEntries || total > mostBytes || total > packed * mostTimes)
    return 'unpacks to far more than a table needs: save the rows alone as a new workbook, or as CSV';
  return null;
}

function open(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error: Error | null, zip) => {
      if (error) reject(new TableUnreadable(`is no workbook: ${error.message}`));
      else resolve(zip);
    });
  });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      zip.removeAllListeners();
      zip.once('entry', resolve);
      zip.once('end', () => resolve(null));
      zip.once('error', reject);
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

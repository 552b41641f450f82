import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { fromBuffer, open, type Entry, type ZipFile } from 'yauzl';
import { TableUnreadable } from './table';
import type { TableSource } from './table-text';

const mb = 1024 * 1024;

/** What a spreadsheet may unpack to: 256 MB in all, no part over 5 MB more than 200 times its packed size. */
const limits = { parts: 2_000, total: 256 * mb, ratio: 200, ratioFrom: 5 * mb, gap: 4_096 };

/** The parts of a spreadsheet that have been looked at and may be unpacked. */
export interface Parts {
  /** The text of a part, piece by piece; nothing when there is no such part. */
  text(name: string): AsyncGenerator<string>;
  close(): void;
}

type OpenZip<T> = (source: T, options: { lazyEntries: boolean; autoClose: boolean }) => Promise<ZipFile>;
const openFile: OpenZip<string> = promisify(open);
const openBytes: OpenZip<Buffer> = promisify(fromBuffer);

/**
 * Opens a spreadsheet after unpacking every part of it without keeping any and counting what comes out: a file that
 * claims to be small and is not, carries macros or hides parts is refused before anything in it is read.
 */
export async function openParts(source: TableSource): Promise<Parts> {
  const zip = await opened(source);
  try {
    const entries = await entriesOf(zip);
    checkDeclared(entries, zip.fileSize);
    let total = 0;
    for (const entry of entries) total += await sizeOf(zip, entry, limits.total - total);
    const byName = new Map(entries.map((entry) => [entry.fileName, entry]));
    if (!byName.has('xl/workbook.xml')) throw new TableUnreadable('is a zip archive, but no spreadsheet');
    return { text: (name) => textOf(zip, byName.get(name)), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function opened(source: TableSource): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false };
  try {
    return await (typeof source === 'string' ? openFile(source, options) : openBytes(source, options));
  } catch (error) {
    throw broken(error);
  }
}

function broken(error: unknown): TableUnreadable {
  return new TableUnreadable(`is a damaged spreadsheet (${(error as Error).message}): open it and save it again`);
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > limits.parts)
        reject(new TableUnreadable(`has more than ${limits.parts} parts: this is no table`));
      else zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', (error) => reject(broken(error)));
    zip.readEntry();
  });
}

/** What the directory of the archive claims; parts lie one behind the other, so that none is hidden between them. */
function checkDeclared(entries: readonly Entry[], fileSize: number): void {
  if (entries.some(({ fileName }) => /vbaProject|macrosheets|\.bin$/i.test(fileName) && /vba|macro/i.test(fileName)))
    throw new TableUnreadable('contains macros: save it as .xlsx without macros');
  if (entries.some((entry) => entry.isEncrypted()))
    throw new TableUnreadable('is encrypted: save it without a password');
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (total > limits.total) throw tooLarge();
  for (const { fileName, compressedSize, uncompressedSize } of entries)
    if (uncompressedSize > limits.ratioFrom && uncompressedSize > compressedSize * limits.ratio)
      throw new TableUnreadable(
        `unpacks its part ${fileName} to ${Math.round(uncompressedSize / compressedSize)} times its size`,
      );
  let end = 0;
  const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const { relativeOffsetOfLocalHeader: offset, compressedSize, fileNameLength } of inOrder) {
    if (offset > end + limits.gap || offset < end) throw new TableUnreadable('holds parts its directory does not name');
    end = offset + 30 + fileNameLength + compressedSize;
  }
  if (end > fileSize) throw broken(new Error('it ends too early'));
}

function tooLarge(): TableUnreadable {
  return new TableUnreadable(`unpacks to more than ${limits.total / mb} MB: split it into several files`);
}

async function sizeOf(zip: ZipFile, entry: Entry, allowed: number): Promise<number> {
  let size = 0;
  try {
    for await (const chunk of (await streamOf(zip, entry)) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > allowed) break;
    }
  } catch (error) {
    // The reader compares what a part claims with what comes out of it.
    throw /too many bytes|not enough bytes|size/i.test((error as Error).message)
      ? new TableUnreadable(
          `its part ${entry.fileName} is not as large as it claims: this file was tampered with or damaged`,
        )
      : broken(error);
  }
  if (size > allowed) throw tooLarge();
  return size;
}

function streamOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

async function* textOf(zip: ZipFile, entry: Entry | undefined): AsyncGenerator<string> {
  if (!entry) return;
  const decoder = new TextDecoder();
  for await (const chunk of (await streamOf(zip, entry)) as AsyncIterable<Buffer>)
    yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

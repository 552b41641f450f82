import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { Refusal } from '@linli/kernel';
import { JsonArrayCutter, type JsonElement } from '../json-lines';
import { unguarded } from './formula-text';
import { TableShaper, type FileRow, type ShaperOptions } from './table-shaper';
import { EncodingProbe, type Encoding } from './text-encoding';

/** Told how many bytes of the file have been read. */
export type OnBytes = (bytes: number) => void;

const pieceSize = 1 << 18;

/** The encoding of a text file, found by reading it once; refuses what is no text. */
export async function encodingOf(path: string): Promise<Encoding> {
  const probe = new EncodingProbe();
  for await (const bytes of createReadStream(path, { highWaterMark: pieceSize })) probe.push(bytes as Buffer);
  const encoding = probe.end();
  if (encoding) return encoding;
  throw refused('is no text in UTF-8, UTF-16 or GB 18030: save it again as "CSV UTF-8" or as .xlsx');
}

/** The text of a file, piece by piece. */
export async function* pieces(path: string, encoding: Encoding, onBytes: OnBytes): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: pieceSize })) {
    bytes += (chunk as Buffer).length;
    onBytes(bytes);
    yield decoder.decode(chunk as Buffer, { stream: true });
  }
  yield decoder.decode();
}

/** The rows of a JSON array; an element that is not JSON is one bad row, an array that is not whole refuses the file. */
export async function* jsonRows(text: AsyncIterable<string> | Iterable<string>): AsyncGenerator<FileRow> {
  const cutter = new JsonArrayCutter();
  for await (const piece of text) {
    for (const element of cutter.push(piece)) yield jsonRow(element);
    if (cutter.fault) break;
  }
  const fault = cutter.end();
  if (fault) throw refused(`is not JSON: ${fault.problem}`, `line ${fault.line}`);
}

function jsonRow({ line, text }: JsonElement): FileRow {
  const place = `line ${line}`;
  try {
    return { place, json: JSON.parse(text) as unknown, problems: [] };
  } catch (error) {
    return { place, problems: [{ at: 'row', problem: `is not JSON: ${(error as Error).message}` }] };
  }
}

/** The rows of a CSV file, whichever of comma, semicolon and tab it uses. */
export async function* csvRows(
  text: AsyncIterable<string>,
  shape: Omit<ShaperOptions, 'unit' | 'isStrict'>,
): AsyncGenerator<FileRow> {
  const shaper = new TableShaper({ ...shape, unit: 'line', isStrict: true });
  const iterator = text[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = first.done ? '' : first.value.replace(/^\uFEFF/, '');
  const parser = parse({ delimiter: delimiterOf(head), info: true, relax_column_count: true });
  const source = Readable.from(resumed(head, iterator), { objectMode: true });
  source.on('error', (error) => parser.destroy(error));
  let line = 1;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<ParsedLine>) {
      const row = shaper.push(line, record.map(unguarded));
      line = info.lines + 1;
      if (row === null) continue;
      if ('header' in row) throw new Refusal('catalogue.invalid', row.header);
      yield row;
    }
  } catch (error) {
    throw explained(error, line);
  }
  if (shaper.headerRow === 0) throw noHeader();
}

interface ParsedLine {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

async function* resumed(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield head;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    if (next.value !== '') yield next.value;
  }
}

function delimiterOf(head: string): string {
  const line = head.slice(0, head.search(/[\r\n]|$/));
  const count = (char: string): number => line.split(char).length;
  return [',', '\t', ';'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

const csvProblems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed: close it, or double the quotes inside a text ("")',
  CSV_INVALID_CLOSING_QUOTE: 'a text goes on after its closing quote: double the quotes inside a text ("")',
  INVALID_OPENING_QUOTE: 'a quote stands within a text: put the whole cell in quotes and double those inside ("")',
};

function explained(error: unknown, line: number): unknown {
  const { code } = error as CsvError;
  const problem = typeof code === 'string' ? csvProblems[code] : undefined;
  // The parser runs ahead of the rows taken; its message tells where it stood.
  const at = /at line (\d+)/.exec((error as Error).message)?.[1] ?? String(line);
  return problem ? refused(problem, `line ${at}`) : error;
}

/** A file refused whole. */
export function refused(problem: string, at = 'file'): Refusal {
  return new Refusal('catalogue.invalid', [{ at, problem }]);
}

export function noHeader(): Refusal {
  return refused(
    'has no header: one of its first 10 rows must name the columns (id, kind, name, department …)',
    'header',
  );
}

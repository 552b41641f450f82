import { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { unguarded } from './formula-text';
import { TableUnreadable, type TableLine, type TableShape } from './table';
import { TableShaper } from './table-shaper';

interface ParsedLine {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** The rows of a CSV file, whichever of comma, semicolon and tab it uses. */
export async function* csvLines(text: AsyncIterable<string>, shape: TableShape): AsyncGenerator<TableLine> {
  const shaper = new TableShaper(shape, 'line');
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
      if (row) yield row;
    }
  } catch (error) {
    throw explained(error, line);
  }
  shaper.end();
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
  return problem ? new TableUnreadable(problem, `line ${at}`) : error;
}

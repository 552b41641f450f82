/** A table read from a file: trimmed texts by column, each row with the line people see in their program. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly line: number;
  /** Empty cells are left out. */
  readonly cells: Readonly<Record<string, string>>;
}

/** A file that is no table we read; the message says what is wrong and what to do about it. */
export class TableUnreadable extends Error {}

/** Rows of texts as a table: the first row that holds anything names the columns, empty rows are passed over. */
export function tableOf(lines: readonly { readonly line: number; readonly texts: readonly string[] }[]): Table {
  const filled = lines
    .map(({ line, texts }) => ({ line, texts: texts.map((text) => text.trim()) }))
    .filter(({ texts }) => texts.some((text) => text !== ''));
  const [head, ...body] = filled;
  if (!head) throw new TableUnreadable('the file holds no rows');
  const columns = head.texts.filter((name) => name !== '');
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined) throw new TableUnreadable(`column "${twice}" stands there twice: rename or remove one`);
  return {
    columns,
    rows: body.map(({ line, texts }) => ({
      line,
      cells: Object.fromEntries(
        head.texts.flatMap((name, at) => (name !== '' && texts[at] ? [[name, texts[at]]] : [])),
      ),
    })),
  };
}

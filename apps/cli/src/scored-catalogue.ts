import type { CatalogueEntry } from '@linli/contracts';
import { CommandFailed } from './command-failed';

/** A row of a catalogue file as the router reads it. */
type Row = Partial<Omit<CatalogueEntry, 'department'>> & { readonly id: string; readonly department?: string };

/** The rows of a catalogue file; those without a name only add phrasings to an entry that is published. */
export function readRows(text: string): Row[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CommandFailed(`The catalogue file is not JSON: ${(error as Error).message}`);
  }
  const listed = pageItems(rows) ?? rows;
  if (!Array.isArray(listed) || !listed.every(isRow))
    throw new CommandFailed('The catalogue file must be a JSON array of entries, each with an id');
  return listed;
}

/** The API gives phrasings page by page; a page may be saved as it came. */
function pageItems(rows: unknown): unknown {
  return typeof rows === 'object' && rows !== null && 'items' in rows ? rows.items : undefined;
}

/** Whether the file stands alone: every row is a whole entry. */
export function standsAlone(rows: readonly Row[]): boolean {
  return rows.every((row) => row.name !== undefined);
}

/** The published entries as they would be with the file: whole rows replace or join them, others add their phrasings. */
export function laidOver(published: readonly CatalogueEntry[], rows: readonly Row[]): CatalogueEntry[] {
  const entries = new Map(published.map((entry) => [entry.id, entry]));
  const unknown: string[] = [];
  for (const row of rows) {
    const before = entries.get(row.id);
    if (row.name !== undefined) entries.set(row.id, entryOf(row, row.name));
    else if (before) entries.set(row.id, { ...before, phrasings: [...before.phrasings, ...(row.phrasings ?? [])] });
    else unknown.push(row.id);
  }
  if (unknown.length > 0)
    throw new CommandFailed(`These rows have no name and are not published: ${unknown.join(', ')}`);
  return [...entries.values()];
}

function entryOf(row: Row, name: string): CatalogueEntry {
  const { id, kind = 'item', category = '', summary = '', department = '', guide } = row;
  return {
    id,
    kind,
    name,
    department: { id: department, name: department },
    category,
    aliases: row.aliases ?? [],
    summary,
    keywords: row.keywords ?? [],
    phrasings: row.phrasings ?? [],
    version: 1,
    versionId: id,
    ...(guide ? { guide } : {}),
  };
}

function isRow(row: unknown): row is Row {
  if (typeof row !== 'object' || row === null) return false;
  const { id, name, aliases, keywords, phrasings } = row as Record<string, unknown>;
  const lists = [aliases, keywords, phrasings].every(
    (list) => list === undefined || (Array.isArray(list) && list.every((one) => typeof one === 'string')),
  );
  return typeof id === 'string' && id !== '' && (name === undefined || typeof name === 'string') && lists;
}

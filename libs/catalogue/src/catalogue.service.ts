import { Injectable } from '@nestjs/common';
import type { CatalogueEntry, EntryKind } from '@linli/contracts';
import { Clock, Database, type Tx } from '@linli/platform';
import type { ItemVersionRow } from './catalogue.row';
import { lastVersions, lockRevision, publishVersions, type PreparedEntry } from './versions/publication.store';
export type { PreparedEntry };

export interface PublishedCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** The published catalogue at one revision. */
export interface Snapshot {
  readonly revision: number;
  /** When it was published; null while nothing is. */
  readonly revisedAt: Date | null;
  readonly entries: readonly CatalogueEntry[];
  readonly byId: ReadonlyMap<string, CatalogueEntry>;
}

export interface EntryQuery {
  readonly q?: string | undefined;
  readonly kind?: EntryKind | undefined;
  readonly department?: string | undefined;
  readonly category?: string | undefined;
}

type Published = Pick<ItemVersionRow, 'id' | 'version' | 'content'> & {
  readonly department_id: string;
  readonly department_name: string;
};

const nothing: Snapshot = { revision: -1, revisedAt: null, entries: [], byId: new Map() };

/** The catalogue: published in versions, read from memory. */
@Injectable()
export class CatalogueService {
  private snapshot = nothing;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The published entries as of the last `refresh`. */
  current(): Snapshot {
    return this.snapshot;
  }

  /** Loads the catalogue when another revision was published; true when it did. */
  async refresh(): Promise<boolean> {
    const [row] = await this.database.sql<{ revision: number; revised_at: Date | null }>(
      'select revision, revised_at from catalogue_revision',
    );
    const { revision, revised_at: revisedAt } = row ?? { revision: 0, revised_at: null };
    if (revision === this.snapshot.revision) return false;
    const rows = await this.database.sql<Published>(
      `select v.id, v.version, v.content, d.id as department_id, d.name as department_name
       from catalogue_version v join directory_department d on d.id = v.department_id
       where v.state = 'published' order by v.entry_id`,
    );
    const entries = rows.map(entryOf);
    this.snapshot = { revision, revisedAt, entries, byId: new Map(entries.map((entry) => [entry.id, entry])) };
    return true;
  }

  entry(id: string): CatalogueEntry | undefined {
    return this.snapshot.byId.get(id);
  }

  /** The entry as it stood in that version, published or not any more. */
  async version(versionId: string): Promise<CatalogueEntry | null> {
    const [row] = await this.database.sql<Published>(
      `select v.id, v.version, v.content, d.id as department_id, d.name as department_name
       from catalogue_version v join directory_department d on d.id = v.department_id where v.id = $1`,
      [versionId],
    );
    return row ? entryOf(row) : null;
  }

  /** One page of entries; the cursor is the id of the last entry of the page before. */
  list(
    query: EntryQuery,
    limit: number,
    cursor: string | null,
  ): { items: CatalogueEntry[]; nextCursor: string | null } {
    const wanted = this.snapshot.entries.filter(
      (entry) => matches(entry, query) && (cursor === null || entry.id > cursor),
    );
    const items = wanted.slice(0, limit);
    return { items, nextCursor: wanted.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /**
   * Publishes what differs from what is published, each entry as its next version; the rest is left alone. With `dryRun`
   * it only says which is which. Publications at once take turns under the revision row's lock.
   */
  async publish(tx: Tx, entries: readonly PreparedEntry[], dryRun = false): Promise<PublishedCounts> {
    await lockRevision(tx);
    const last = await lastVersions(
      tx,
      entries.map((entry) => entry.id),
    );
    const fresh = entries.filter(({ id, hash }) => !(last.get(id)?.hash?.equals(hash) ?? false));
    const added = fresh.filter((entry) => !last.has(entry.id)).length;
    const counts = { added, changed: fresh.length - added, unchanged: entries.length - fresh.length };
    if (!dryRun && fresh.length > 0) await publishVersions(tx, fresh, last, this.clock.now());
    return counts;
  }
}

function entryOf(row: Published): CatalogueEntry {
  const { id, kind, name, category, aliases, summary, keywords, phrasings, guide, implementation } = row.content;
  return {
    id,
    kind,
    name,
    department: { id: row.department_id, name: row.department_name },
    category,
    aliases,
    summary,
    keywords,
    phrasings: phrasings ?? [],
    version: row.version,
    versionId: row.id,
    // The file's classes carry `undefined` where the contract leaves a field out; JSON has dropped those already.
    ...(guide ? { guide } : {}),
    ...(implementation ? { implementation } : {}),
  };
}

function matches(entry: CatalogueEntry, query: EntryQuery): boolean {
  if (query.kind && entry.kind !== query.kind) return false;
  if (query.category && entry.category !== query.category) return false;
  if (query.department && entry.department.id !== query.department && entry.department.name !== query.department)
    return false;
  if (!query.q) return true;
  const words = query.q.trim().toLowerCase();
  return [entry.name, entry.summary, ...entry.aliases, ...entry.keywords].some((text) =>
    text.toLowerCase().includes(words),
  );
}

import { Injectable } from '@nestjs/common';
import { newId } from '@linli/kernel';
import type { CatalogueEntry, EntryKind } from '@linli/contracts';
import { appendAudit, appendEvent, Clock, Database, type Tx } from '@linli/platform';
import type { ItemVersionRow } from './catalogue.row';

/** An entry ready to be published: read, checked, its content written out in one fixed order. */
export interface PreparedEntry {
  readonly id: string;
  readonly departmentId: string;
  /** Canonical JSON of the `CatalogueFileEntry`. */
  readonly content: string;
  /** SHA-256 of the content. */
  readonly hash: Buffer;
}

export interface PublishedCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** The published catalogue at one revision. */
export interface Snapshot {
  readonly revision: number;
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

/** Rows written with one statement. */
const batchSize = 500;

const nothing: Snapshot = { revision: -1, entries: [], byId: new Map() };

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
    const [row] = await this.database.sql<{ revision: number }>('select revision from catalogue_revision');
    const revision = row?.revision ?? 0;
    if (revision === this.snapshot.revision) return false;
    const rows = await this.database.sql<Published>(
      `select v.id, v.version, v.content, d.id as department_id, d.name as department_name
       from catalogue_version v join directory_department d on d.id = v.department_id
       where v.state = 'published' order by v.entry_id`,
    );
    const entries = rows.map(entryOf);
    this.snapshot = { revision, entries, byId: new Map(entries.map((entry) => [entry.id, entry])) };
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
    const [row] = await tx.sql<{ revision: number }>('select revision from catalogue_revision for update');
    const published = await this.publishedHashes(tx);
    const isSame = ({ id, hash }: PreparedEntry): boolean => published.get(id)?.hash.equals(hash) ?? false;
    const fresh = entries.filter((entry) => !isSame(entry));
    const added = fresh.filter((entry) => !published.has(entry.id)).length;
    const counts = { added, changed: fresh.length - added, unchanged: entries.length - fresh.length };
    if (dryRun || fresh.length === 0) return counts;
    const versions = fresh.map((entry) => (published.get(entry.id)?.version ?? 0) + 1);
    await this.replace(tx, fresh, versions, (row?.revision ?? 0) + 1);
    return counts;
  }

  private async replace(
    tx: Tx,
    fresh: readonly PreparedEntry[],
    versions: readonly number[],
    revision: number,
  ): Promise<void> {
    const now = this.clock.now();
    await tx.sql(`update catalogue_version set state = 'replaced' where state = 'published' and entry_id = any($1)`, [
      fresh.map((entry) => entry.id),
    ]);
    for (let at = 0; at < fresh.length; at += batchSize) {
      const batch = fresh.slice(at, at + batchSize);
      await tx.sql(
        `insert into catalogue_version
           (id, entry_id, version, department_id, content, content_hash, state, published_at)
         select id, entry_id, version, department_id, content, content_hash, 'published', $7
         from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::jsonb[], $6::bytea[])
           as fresh (id, entry_id, version, department_id, content, content_hash)`,
        [
          batch.map(() => newId()),
          batch.map((entry) => entry.id),
          versions.slice(at, at + batchSize),
          batch.map((entry) => entry.departmentId),
          batch.map((entry) => entry.content),
          batch.map((entry) => entry.hash),
          now,
        ],
      );
    }
    await tx.sql('update catalogue_revision set revision = $1', [revision]);
    await appendEvent(tx, 'catalogue.published', { revision }, now);
    await appendAudit(tx, {
      actor: { kind: 'system', id: 'catalogue' },
      action: 'catalogue.publish',
      subject: `catalogue:${revision}`,
      detail: { entries: fresh.length },
      at: now,
    });
  }

  private async publishedHashes(tx: Tx): Promise<Map<string, { hash: Buffer; version: number }>> {
    const rows = await tx.sql<{ entry_id: string; content_hash: Buffer; version: number }>(
      `select distinct on (entry_id) entry_id, version,
         case when state = 'published' then content_hash else '' end as content_hash
       from catalogue_version order by entry_id, version desc`,
    );
    return new Map(rows.map((row) => [row.entry_id, { hash: row.content_hash, version: row.version }]));
  }
}

function entryOf(row: Published): CatalogueEntry {
  const { id, kind, name, category, aliases, summary, keywords, phrasings, guide } = row.content;
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
    ...(guide ? { guide: guide } : {}),
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

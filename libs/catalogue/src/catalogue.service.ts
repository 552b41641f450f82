import { Injectable } from '@nestjs/common';
import type { CatalogueEntry } from '@linli/contracts';
import { Clock, Database, type Tx } from '@linli/platform';
import { entryOf, keptColumns, keptTables, type KeptVersion } from './versions/kept-version';
import {
  lastVersions,
  lockRevision,
  publishVersions,
  type PreparedEntry,
  type PublicationAct,
} from './versions/publication.store';

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

/** How entries are published. */
export interface Publishing {
  /** Only says what would be. */
  readonly dryRun?: boolean;
  /** The operator whose file they come from, and its SHA-256. */
  readonly by?: { readonly importer: string; readonly digest: string };
}

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
    const rows = await this.database.sql<KeptVersion>(
      `select ${keptColumns} from ${keptTables} where v.state = 'published' order by v.entry_id`,
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
    const [row] = await this.database.sql<KeptVersion>(`select ${keptColumns} from ${keptTables} where v.id = $1`, [
      versionId,
    ]);
    return row ? entryOf(row) : null;
  }

  /**
   * Publishes what differs from what is published, each entry as its next version; the rest is left alone. With `dryRun`
   * it only says which is which. Publications at once take turns under the revision row's lock.
   */
  async publish(
    tx: Tx,
    entries: readonly PreparedEntry[],
    { dryRun = false, by }: Publishing = {},
  ): Promise<PublishedCounts> {
    await lockRevision(tx);
    const last = await lastVersions(
      tx,
      entries.map((entry) => entry.id),
    );
    const fresh = entries.filter(({ id, hash }) => !(last.get(id)?.hash?.equals(hash) ?? false));
    const added = fresh.filter((entry) => !last.has(entry.id)).length;
    const counts = { added, changed: fresh.length - added, unchanged: entries.length - fresh.length };
    if (!dryRun && fresh.length > 0)
      await publishVersions(tx, fresh, last, this.clock.now(), by && importOf(by, counts));
    return counts;
  }
}

/** The operator's act: what is published without another officer's review is traced to its file. */
function importOf({ importer, digest }: NonNullable<Publishing['by']>, counts: PublishedCounts): PublicationAct {
  return {
    actor: { kind: 'system', id: importer },
    action: 'catalogue.import',
    detail: { sha256: digest, ...counts },
  };
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '@linli/platform';
import type { PinnedEntry } from './case';
import type { Reader } from './case-trail.store';

/** Entries kept at hand; one is some twenty kilobytes. */
const most = 128;

/**
 * The catalogue's entries as they stood when cases were filed, one row a version. A version never changes, so those read
 * last stay at hand.
 */
@Injectable()
export class EntryShelf {
  private readonly atHand = new Map<string, PinnedEntry>();
  /** Versions whose row another transaction has committed. */
  private readonly settled = new Set<string>();

  /** Keeps the entry, once per version, before the first case that points at it. */
  async pin(tx: Tx, entry: PinnedEntry): Promise<void> {
    const { versionId } = entry;
    if (this.settled.has(versionId)) return;
    // A row of this very transaction may still be undone.
    const [row] = await tx.sql<{ settled: boolean }>(
      `with made as (
         insert into casework_entry (version_id, entry) select $1, $2::text::jsonb
         where not exists (select 1 from casework_entry where version_id = $1) on conflict do nothing)
       select exists (select 1 from casework_entry
         where version_id = $1 and xmin <> pg_current_xact_id()::xid) as settled`,
      [versionId, JSON.stringify(entry)],
    );
    if (row?.settled) this.settled.add(versionId);
  }

  /** The entries of those versions. */
  async of(reader: Reader, versionIds: readonly string[]): Promise<ReadonlyMap<string, PinnedEntry>> {
    const found = new Map<string, PinnedEntry>();
    for (const id of versionIds) {
      const entry = this.atHand.get(id);
      if (entry) found.set(id, entry);
    }
    const missing = [...new Set(versionIds)].filter((id) => !found.has(id));
    if (missing.length === 0) return found;
    const rows = await reader.sql<{ version_id: string; entry: PinnedEntry }>(
      'select version_id, entry from casework_entry where version_id = any($1::uuid[])',
      [missing],
    );
    for (const { version_id: id, entry } of rows) {
      found.set(id, entry);
      this.keep(id, entry);
    }
    return found;
  }

  private keep(id: string, entry: PinnedEntry): void {
    this.atHand.set(id, entry);
    if (this.atHand.size <= most) return;
    const [oldest] = this.atHand.keys();
    if (oldest !== undefined) this.atHand.delete(oldest);
  }
}

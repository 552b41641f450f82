import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, Refusal, type RefusalDetail } from '@linli/kernel';
import type { CatalogueEntry, EntryKind } from '@linli/contracts';
import { DirectoryService } from '@linli/directory';
import { appendAudit, appendEvent, Clock, Database, type Tx } from '@linli/platform';
import { ItemVersionRow } from './catalogue.row';
import { readEntry, type CatalogueFileEntry } from './entry-file';
import { elementLines } from './json-lines';

/** What an import did, or would do. */
export interface ImportReport {
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Every bad row: `line 12 (idcard), guide.committedLimit`. */
  readonly bad: readonly RefusalDetail[];
  readonly skipped: number;
}

export interface ImportOptions {
  /** Report only. */
  readonly dryRun: boolean;
  /** Import the good rows although others are bad. */
  readonly skipBad: boolean;
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

const nothing: Snapshot = { revision: -1, entries: [], byId: new Map() };

/** The catalogue: imported whole or not at all, published in versions, read from memory. */
@Injectable()
export class CatalogueService {
  private snapshot = nothing;

  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryService,
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
   * Imports and publishes a catalogue file (JSON). Refuses the whole file when any row is bad, unless asked to skip;
   * a row equal to what is published makes no new version.
   */
  async import(
    text: string,
    options: ImportOptions,
    onProgress: (done: number, total: number) => void = () => undefined,
  ): Promise<ImportReport> {
    const { good, bad, total } = await this.check(text);
    if (bad.length > 0 && !options.skipBad) {
      return { total, added: 0, changed: 0, unchanged: 0, bad, skipped: 0 };
    }
    const counts = { added: 0, changed: 0, unchanged: 0 };
    await this.publish(good, options.dryRun, (outcome, done) => {
      counts[outcome] += 1;
      onProgress(done, good.length);
    });
    return { total, ...counts, bad, skipped: total - good.length };
  }

  private async check(text: string): Promise<{ good: CatalogueFileEntry[]; bad: RefusalDetail[]; total: number }> {
    let rows: unknown;
    try {
      rows = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch (error) {
      throw new Refusal('catalogue.invalid', [{ at: 'file', problem: `is not JSON: ${(error as Error).message}` }]);
    }
    if (!Array.isArray(rows))
      throw new Refusal('catalogue.invalid', [{ at: 'file', problem: 'must be a JSON array of entries' }]);
    const lines = elementLines(text);
    const departments = new Set((await this.directory.departments()).map((department) => department.name));
    const seen = new Map<string, number>();
    const good: CatalogueFileEntry[] = [];
    const bad: RefusalDetail[] = [];
    rows.forEach((row, index) => {
      const line = lines[index] ?? 0;
      const { entry, problems } = readEntry(row, departments);
      const earlier = seen.get(entry.id);
      if (earlier !== undefined)
        problems.push({ at: 'id', problem: `"${entry.id}" stands already on line ${earlier}` });
      else seen.set(entry.id, line);
      bad.push(
        ...problems.map(({ at, problem }) => ({
          at: `line ${line}${entry.id ? ` (${entry.id})` : ''}, ${at}`,
          problem,
        })),
      );
      if (problems.length === 0) good.push(entry);
    });
    return { good, bad, total: rows.length };
  }

  private async publish(
    entries: readonly CatalogueFileEntry[],
    dryRun: boolean,
    onOutcome: (outcome: 'added' | 'changed' | 'unchanged', done: number) => void,
  ): Promise<void> {
    await this.database.transact(async (tx) => {
      const [row] = await tx.sql<{ revision: number }>('select revision from catalogue_revision for update');
      const published = await this.publishedHashes(tx);
      const departments = new Map((await this.directory.departments()).map((one) => [one.name, one.id]));
      const fresh: ItemVersionRow[] = [];
      entries.forEach((entry, index) => {
        const contentHash = createHash('sha256').update(JSON.stringify(entry)).digest();
        const before = published.get(entry.id);
        if (before?.hash.equals(contentHash)) return onOutcome('unchanged', index + 1);
        onOutcome(before ? 'changed' : 'added', index + 1);
        fresh.push(
          tx.manager.create(ItemVersionRow, {
            id: newId(),
            entryId: entry.id,
            version: (before?.version ?? 0) + 1,
            departmentId: departments.get(entry.department) ?? '',
            content: entry,
            contentHash,
            state: 'published',
            publishedAt: this.clock.now(),
          }),
        );
      });
      if (dryRun || fresh.length === 0) return;
      await this.replace(tx, fresh, (row?.revision ?? 0) + 1);
    });
  }

  private async replace(tx: Tx, fresh: readonly ItemVersionRow[], revision: number): Promise<void> {
    const now = this.clock.now();
    await tx.sql(`update catalogue_version set state = 'replaced' where state = 'published' and entry_id = any($1)`, [
      fresh.map((row) => row.entryId),
    ]);
    for (let at = 0; at < fresh.length; at += 500) await tx.manager.insert(ItemVersionRow, fresh.slice(at, at + 500));
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

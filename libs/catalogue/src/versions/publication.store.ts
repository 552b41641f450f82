import { newId } from '@linli/kernel';
import { appendAudit, appendEvent, type AuditActor, type Database, type Tx } from '@linli/platform';
import type { CatalogueFileEntry } from '../entry-file';
import type { Standing } from './draft';

/** An entry ready to be published: read, checked, its content written out in one fixed order. */
export interface PreparedEntry {
  readonly id: string;
  readonly departmentId: string;
  /** Canonical JSON of the `CatalogueFileEntry`. */
  readonly content: string;
  /** SHA-256 of the content. */
  readonly hash: Buffer;
  /** Id of the draft it was reviewed as; an import has none. */
  readonly draftId?: string;
}

/** Who publishes, and what the audit trail keeps of it. */
export interface PublicationAct {
  readonly actor: AuditActor;
  readonly action: string;
  readonly detail: Record<string, unknown>;
}

/** The clock publishes what officers reviewed. */
const byTheClock: PublicationAct = {
  actor: { kind: 'system', id: 'catalogue' },
  action: 'catalogue.publish',
  detail: {},
};

/** What the history of an entry holds: its last version, and the content's digest while that is published. */
export interface LastVersion {
  readonly version: number;
  readonly hash: Buffer | null;
}

type Reader = Pick<Tx, 'sql'> | Database;

/** Rows written with one statement. */
const batchSize = 500;

/** Publications take turns under this lock until they commit; returns the revision that stands. */
export async function lockRevision(tx: Tx): Promise<number> {
  const [row] = await tx.sql<{ revision: number }>('select revision from catalogue_revision for update');
  return row?.revision ?? 0;
}

/** The last version of each entry named; entries without any are left out. */
export async function lastVersions(reader: Reader, entryIds: readonly string[]): Promise<Map<string, LastVersion>> {
  const rows = await reader.sql<{ entry_id: string; version: number; hash: Buffer | null }>(
    `select distinct on (entry_id) entry_id, version, case when state = 'published' then content_hash end as hash
     from catalogue_version where entry_id = any($1) order by entry_id, version desc`,
    [entryIds],
  );
  return new Map(rows.map(({ entry_id, version, hash }) => [entry_id, { version, hash }]));
}

/** What is published of an entry, and whose it is. */
export interface StandingEntry extends Standing {
  readonly departmentId: string;
}

/** What is published now of each entry named. */
export async function entriesStanding(reader: Reader, ids: readonly string[]): Promise<Map<string, StandingEntry>> {
  const rows = await reader.sql<StandingEntry & { readonly id: string }>(
    `select entry_id as id, version, content_hash as hash, department_id as "departmentId" from catalogue_version
     where state = 'published' and entry_id = any($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

/** What is published of an entry, word by word. */
export interface StandingContent {
  readonly version: number;
  readonly content: CatalogueFileEntry;
}

/** The words that are published now of each entry named. */
export async function publishedContents(reader: Reader, ids: readonly string[]): Promise<Map<string, StandingContent>> {
  const rows = await reader.sql<StandingContent & { readonly id: string }>(
    `select entry_id as id, version, content from catalogue_version where state = 'published' and entry_id = any($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

/** The version of an entry that is published now. */
export async function standingOf(reader: Reader, entryId: string): Promise<StandingEntry | null> {
  return (await entriesStanding(reader, [entryId])).get(entryId) ?? null;
}

/**
 * Makes each entry's next version the published one and raises the revision once. Under the revision's lock; `last` was
 * read under it.
 */
export async function publishVersions(
  tx: Tx,
  fresh: readonly PreparedEntry[],
  last: ReadonlyMap<string, LastVersion>,
  now: Date,
  act = byTheClock,
): Promise<void> {
  for (let at = 0; at < fresh.length; at += batchSize) {
    const batch = fresh.slice(at, at + batchSize);
    await replaceBatch(tx, batch, last, now);
  }
  await raiseRevision(tx, { ...act, detail: { entries: fresh.length, ...act.detail } }, now);
}

async function replaceBatch(
  tx: Tx,
  batch: readonly PreparedEntry[],
  last: ReadonlyMap<string, LastVersion>,
  now: Date,
): Promise<void> {
  const ids = batch.map((entry) => entry.id);
  await tx.sql(
    `update catalogue_version set state = 'replaced', ended_at = $2 where state = 'published' and entry_id = any($1)`,
    [ids, now],
  );
  await tx.sql(
    `insert into catalogue_version
       (id, entry_id, version, department_id, content, content_hash, state, published_at)
     select id, entry_id, version, department_id, content, content_hash, 'published', $7
     from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::jsonb[], $6::bytea[])
       as fresh (id, entry_id, version, department_id, content, content_hash)`,
    [
      batch.map((entry) => entry.draftId ?? newId()),
      ids,
      batch.map((entry) => (last.get(entry.id)?.version ?? 0) + 1),
      batch.map((entry) => entry.departmentId),
      batch.map((entry) => entry.content),
      batch.map((entry) => entry.hash),
      now,
    ],
  );
  await tx.sql(
    `update catalogue_version v set leaves_list = true from catalogue_version n
     where n.entry_id = any($1) and n.state = 'published' and v.entry_id = n.entry_id and v.version = n.version - 1
       and v.state = 'replaced' and v.public_list is distinct from n.public_list and v.public_list is not null`,
    [ids],
  );
}

/** Takes a published entry out of the catalogue; answers its version, or null when it is not published. Under the revision's lock. */
export async function withdrawVersion(
  tx: Tx,
  { entryId, reason, actor }: { readonly entryId: string; readonly reason: string; readonly actor: AuditActor },
  now: Date,
): Promise<number | null> {
  const rows = await tx.sql<{ version: number }>(
    `update catalogue_version set state = 'withdrawn', ended_at = $2, withdrawal_reason = $3, leaves_list = true
     where entry_id = $1 and state = 'published' returning version`,
    [entryId, now, reason],
  );
  const [row] = rows;
  if (!row) return null;
  const detail = { entryId, version: row.version };
  await raiseRevision(tx, { actor, action: 'catalogue.withdraw', detail }, now);
  return row.version;
}

async function raiseRevision(tx: Tx, { actor, action, detail }: PublicationAct, now: Date): Promise<void> {
  const [row] = await tx.sql<{ revision: number }>(
    'update catalogue_revision set revision = revision + 1, revised_at = $1 returning revision',
    [now],
  );
  const revision = row?.revision ?? 0;
  await appendEvent(tx, 'catalogue.published', { revision }, now);
  await appendAudit(tx, { actor, action, subject: `catalogue:${revision}`, detail, at: now });
}

import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { appendAudit, Clock, Database, type AuditActor, type Tx } from '@linli/platform';
import { CatalogueService } from '../catalogue.service';
import { canonicalJson } from '../files/canonical-json';
import { composeLifeEvent } from './compose';
import { readLifeEvents } from './entry-file';
import type { LifeEvent, LifeEventGuide } from './life-event';

/** What an import of life events did. */
export interface LifeEventReport {
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface LifeEventSummary {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly items: number;
}

interface Prepared {
  readonly id: string;
  readonly content: string;
  readonly hash: Buffer;
}

/** 一事联办: bundles kept in versions, composed from the catalogue as it stands when they are read. */
@Injectable()
export class LifeEventService {
  constructor(
    private readonly database: Database,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** Takes a file whole or not at all; the same bundle again makes no new version. The catalogue must have been loaded. */
  async import(tx: Tx, json: unknown, by: AuditActor): Promise<LifeEventReport> {
    const { events, problems } = readLifeEvents(json, this.catalogue.current().byId);
    if (problems.length > 0) throw new Refusal('lifeEvent.invalid', problems);
    // Two files at once take turns, or both would make the same next version.
    await tx.sql('lock table catalogue_life_event in exclusive mode');
    const kept = await this.published(tx);
    const prepared = events.map((event): Prepared => {
      const content = canonicalJson(event);
      return { id: event.id, content, hash: createHash('sha256').update(content).digest() };
    });
    const fresh = prepared.filter(({ id, hash }) => !kept.get(id)?.hash.equals(hash));
    const changed = fresh.filter(({ id }) => kept.has(id)).length;
    if (fresh.length > 0) await this.replace(tx, fresh, kept, by);
    return { total: events.length, added: fresh.length - changed, changed, unchanged: events.length - fresh.length };
  }

  async list(limit: number, cursor: string | null): Promise<{ items: LifeEventSummary[]; nextCursor: string | null }> {
    const rows = await this.database.sql<{ content: LifeEvent }>(
      `select content from catalogue_life_event where state = 'published' and id > $2 order by id limit $1`,
      [limit + 1, cursor ?? ''],
    );
    const items = rows.slice(0, limit).map(({ content: { id, name, summary, items: parts } }) => ({
      id,
      name,
      summary,
      items: parts.length,
    }));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** The composed guide of a life event. */
  async guide(id: string): Promise<LifeEventGuide> {
    const [row] = await this.database.sql<{ content: LifeEvent }>(
      `select content from catalogue_life_event where state = 'published' and id = $1`,
      [id],
    );
    if (!row) throw new Refusal('lifeEvent.notFound');
    return composeLifeEvent(row.content, this.catalogue.current().byId);
  }

  private async published(tx: Tx): Promise<Map<string, { hash: Buffer; version: number }>> {
    const rows = await tx.sql<{ id: string; hash: Buffer; version: number }>(
      `select id, content_hash as hash, version from catalogue_life_event where state = 'published'`,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async replace(
    tx: Tx,
    fresh: readonly Prepared[],
    kept: ReadonlyMap<string, { version: number }>,
    by: AuditActor,
  ): Promise<void> {
    const ids = fresh.map((one) => one.id);
    const at = this.clock.now();
    await tx.sql(`update catalogue_life_event set state = 'replaced' where state = 'published' and id = any($1)`, [
      ids,
    ]);
    await tx.sql(
      `insert into catalogue_life_event (id, version, content, content_hash, state, published_at)
       select f.*, 'published', $5::timestamptz
       from unnest($1::text[], $2::int[], $3::jsonb[], $4::bytea[]) as f`,
      [
        ids,
        ids.map((id) => (kept.get(id)?.version ?? 0) + 1),
        fresh.map((one) => one.content),
        fresh.map((one) => one.hash),
        at,
      ],
    );
    await appendAudit(tx, { actor: by, action: 'lifeEvent.import', subject: 'lifeEvents', detail: { ids }, at });
  }
}

import { Injectable } from '@nestjs/common';
import { isUuid, type RefusalCode, type RefusalDetail } from '@linli/kernel';
import { Database, type Tx } from '@linli/platform';
import type { DraftState } from '../versions/draft';
import type { BulkDecision, BulkOrder } from './bulk-review';

/** An order to review many drafts, and how far it is. */
export interface BulkReview {
  readonly id: string;
  readonly importId: string;
  readonly officerId: string;
  readonly decision: BulkDecision;
  readonly reasons: readonly string[];
  readonly publishFrom: Date | null;
  readonly orderedAt: Date;
  readonly total: number;
  /** Approved, or sent back. */
  readonly done: number;
  /** Stood so already. */
  readonly unchanged: number;
  readonly failed: number;
  readonly finishedAt: Date | null;
}

/** A draft an order could not be carried out on, and why. */
export interface BulkFailure {
  readonly draftId: string;
  /** Null for a draft the import does not have. */
  readonly itemId: string | null;
  readonly name: string | null;
  readonly code: RefusalCode;
  readonly problems: readonly RefusalDetail[];
}

/** The next drafts of an order under way. */
export interface BulkSlice extends BulkOrder {
  readonly id: string;
  readonly importId: string;
  readonly position: number;
  readonly draftIds: readonly string[];
}

/** What one slice came to. */
export interface SliceResult {
  readonly done: number;
  readonly unchanged: number;
  readonly failures: readonly Pick<BulkFailure, 'draftId' | 'code' | 'problems'>[];
}

const columns = `b.id, b.import_id as "importId", b.officer_id as "officerId", b.decision, b.reasons,
  b.publish_from as "publishFrom", b.ordered_at as "orderedAt", cardinality(b.draft_ids) as total, b.done, b.unchanged,
  b.failed, b.finished_at as "finishedAt"`;

/** Orders to review many drafts, in PostgreSQL. */
@Injectable()
export class BulkReviewStore {
  constructor(private readonly database: Database) {}

  /** Enters an order; `null` when another of the same import is under way. */
  async add(
    tx: Tx,
    order: BulkOrder & { readonly id: string; readonly importId: string; readonly importerId: string },
    draftIds: readonly string[],
    now: Date,
  ): Promise<BulkReview | null> {
    const [added] = await tx.sql<BulkReview>(
      `insert into catalogue_bulk_review as b (id, import_id, importer_id, officer_id, department_id, decision, reasons,
         publish_from, draft_ids, seen_at, ordered_at, finished_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[], $10, $11::timestamptz,
         case when cardinality($9::uuid[]) = 0 then $11::timestamptz end)
       on conflict (import_id) where finished_at is null do nothing returning ${columns}`,
      [
        order.id,
        order.importId,
        order.importerId,
        order.officerId,
        order.departmentId,
        order.decision,
        order.reasons,
        order.publishFrom,
        draftIds,
        order.seenAt,
        now,
      ],
    );
    return added ?? null;
  }

  /** Drafts of an import that stand in one of the states, by id. */
  async waiting(
    tx: Tx,
    importId: string,
    departmentId: string | null,
    states: readonly DraftState[],
  ): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      `select id from catalogue_draft where import_id = $1 and state = any($2)
         and ($3::text is null or department_id = $3) order by id`,
      [importId, states, departmentId],
    );
    return rows.map(({ id }) => id);
  }

  async read(id: string): Promise<BulkReview | null> {
    if (!isUuid(id)) return null;
    const [found] = await this.database.sql<BulkReview>(
      `select ${columns} from catalogue_bulk_review b where b.id = $1`,
      [id],
    );
    return found ?? null;
  }

  /** The newest order of each import. */
  async latest(importIds: readonly string[]): Promise<Map<string, BulkReview>> {
    const rows = await this.database.sql<BulkReview>(
      `select distinct on (b.import_id) ${columns} from catalogue_bulk_review b where b.import_id = any($1)
       order by b.import_id, b.id desc`,
      [importIds],
    );
    return new Map(rows.map((row) => [row.importId, row]));
  }

  /** The next drafts of the oldest order nobody else is at, or of the one named. */
  async lockNext(tx: Tx, limit: number, id: string | null): Promise<BulkSlice | null> {
    const [found] = await tx.sql<BulkSlice>(
      `select id, import_id as "importId", officer_id as "officerId", department_id as "departmentId", decision, reasons,
         publish_from as "publishFrom", seen_at as "seenAt", position,
         draft_ids[position + 1 : position + $1] as "draftIds"
       from catalogue_bulk_review where finished_at is null and ($2::uuid is null or id = $2)
       order by id limit 1 for update skip locked`,
      [limit, id],
    );
    return found ?? null;
  }

  async advance(tx: Tx, slice: BulkSlice, { done, unchanged, failures }: SliceResult, now: Date): Promise<void> {
    await tx.sql(
      `insert into catalogue_bulk_review_failure (review_id, draft_id, code, problems)
       select $1, draft_id, code, problems from jsonb_to_recordset($2::jsonb)
         as f (draft_id uuid, code text, problems jsonb)`,
      [slice.id, JSON.stringify(failures.map(({ draftId, ...why }) => ({ draft_id: draftId, ...why })))],
    );
    await tx.sql(
      `update catalogue_bulk_review set position = position + $2, done = done + $3, unchanged = unchanged + $4,
         failed = failed + $5, finished_at = case when position + $2 = cardinality(draft_ids) then $6::timestamptz end
       where id = $1`,
      [slice.id, slice.draftIds.length, done, unchanged, failures.length, now],
    );
  }

  /** Failures of an order by draft, after `after`; of a draft the officer did not reach no word is told. */
  async failures(id: string, departmentId: string | null, limit: number, after: string | null): Promise<BulkFailure[]> {
    return this.database.sql<BulkFailure>(
      `select f.draft_id as "draftId", d.entry_id as "itemId", d.content ->> 'name' as name, f.code, f.problems
       from catalogue_bulk_review_failure f
       left join catalogue_draft d on d.id = f.draft_id and f.code <> 'catalogue.draftNotFound'
       where f.review_id = $1 and ($2::text is null or d.id is null or d.department_id = $2)
         and ($3::uuid is null or f.draft_id > $3)
       order by f.draft_id limit $4`,
      [id, departmentId, after, limit],
    );
  }
}

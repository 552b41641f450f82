import { Injectable } from '@nestjs/common';
import { isUuid, Refusal } from '@linli/kernel';
import { Database, sqlState, together, type Tx } from '@linli/platform';
import type { Draft, DraftState } from './draft';
import { columns, draftOf, recordOf, type DraftRecord } from './draft-record';
import type { DraftVerb } from './life';
import type { WritingReach } from './reach';

/** One step of a draft as its history tells it. */
export interface DraftStep {
  readonly at: Date;
  readonly what: DraftVerb | 'open';
  /** Null when the clock did it. */
  readonly officerId: string | null;
  readonly reasons: readonly string[];
}

/** A draft after a step, and whose step it was. */
export interface Taken {
  readonly draft: Draft;
  readonly what: DraftStep['what'];
  readonly officerId: string | null;
}

/** Drafts and their steps in PostgreSQL. */
@Injectable()
export class DraftStore {
  constructor(private readonly database: Database) {}

  async read(id: string): Promise<Draft | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.database.sql<DraftRecord>(`select ${columns} from catalogue_draft d where d.id = $1`, [
      id,
    ]);
    return row ? draftOf(row) : null;
  }

  async lock(tx: Tx, id: string): Promise<Draft | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.sql<DraftRecord>(`select ${columns} from catalogue_draft d where d.id = $1 for update`, [
      id,
    ]);
    return row ? draftOf(row) : null;
  }

  /** The drafts of an import among those named, by id. */
  async lockOf(tx: Tx, importId: string, ids: readonly string[]): Promise<Map<string, Draft>> {
    const rows = await tx.sql<DraftRecord>(
      `select ${columns} from catalogue_draft d where d.import_id = $1 and d.id = any($2) order by d.id for update`,
      [importId, ids],
    );
    return new Map(rows.map((row) => [row.id, draftOf(row)]));
  }

  /** Drafts whose time has come, earliest first; those another process is publishing are left to it. */
  async lockDue(tx: Tx, now: Date, limit: number): Promise<Draft[]> {
    const rows = await tx.sql<DraftRecord>(
      `select ${columns} from catalogue_draft d where d.state = 'scheduled' and d.published_from <= $1
       order by d.published_from, d.id limit $2 for update skip locked`,
      [now, limit],
    );
    return rows.map(draftOf);
  }

  /** Enters new drafts, of an import or of nobody's file; refuses a second one of the same entry. */
  async enter(tx: Tx, drafts: readonly Draft[], importId: string | null = null): Promise<void> {
    const records = drafts.map((draft) => ({
      ...recordOf(draft, true),
      entry_id: draft.entryId,
      author_id: draft.authorId,
      created_at: draft.createdAt,
    }));
    try {
      await tx.sql(
        `insert into catalogue_draft (id, entry_id, department_id, content, base_version, state, revision, author_id,
           editor_ids, created_at, updated_at, import_id)
         select id, entry_id, department_id, content, base_version, state, revision, author_id, editor_ids, created_at,
           updated_at, $2
         from jsonb_to_recordset($1::jsonb) as r (id uuid, entry_id text, department_id text, content jsonb,
           base_version int, state text, revision int, author_id uuid, editor_ids uuid[], created_at timestamptz,
           updated_at timestamptz)`,
        [JSON.stringify(records), importId],
      );
    } catch (error) {
      if (sqlState(error) === '23505') throw new Refusal('catalogue.draftOpen');
      throw error;
    }
    await this.addSteps(
      tx,
      drafts.map((draft) => ({ draft, what: 'open', officerId: draft.authorId })),
    );
  }

  /** The open drafts of the entries named, by entry. */
  async openOf(tx: Tx, entryIds: readonly string[]): Promise<Map<string, Draft>> {
    const rows = await tx.sql<DraftRecord>(
      `select ${columns} from catalogue_draft d where d.is_open and d.entry_id = any($1)`,
      [entryIds],
    );
    return new Map(rows.map((row) => [row.entry_id, draftOf(row)]));
  }

  /** Writes what steps made of locked drafts, and the steps, in their order. Only an edit brings other words. */
  async keep(tx: Tx, taken: readonly Taken[]): Promise<void> {
    const edited = new Set(taken.filter(({ what }) => what === 'edit').map(({ draft }) => draft.id));
    const last = new Map(taken.map(({ draft }) => [draft.id, draft]));
    const records = [...last.values()].map((draft) => recordOf(draft, edited.has(draft.id)));
    await together(
      tx.sql(
        `update catalogue_draft d set department_id = r.department_id, content = coalesce(r.content, d.content),
           base_version = r.base_version, state = r.state, revision = r.revision, editor_ids = r.editor_ids,
           reviewer_id = r.reviewer_id, reviewed_at = r.reviewed_at, published_from = r.published_from,
           version = r.version, reasons = r.reasons, updated_at = r.updated_at
         from jsonb_to_recordset($1::jsonb) as r (id uuid, department_id text, content jsonb, base_version int,
           state text, revision int, editor_ids uuid[], reviewer_id uuid, reviewed_at timestamptz,
           published_from timestamptz, version int, reasons text[], updated_at timestamptz)
         where d.id = r.id`,
        [JSON.stringify(records)],
      ),
      this.addSteps(tx, taken),
    );
  }

  async steps(reader: Tx | Database, draftId: string): Promise<DraftStep[]> {
    return reader.sql<DraftStep>(
      `select at, what, officer_id as "officerId", reasons from catalogue_draft_step where draft_id = $1
       order by revision`,
      [draftId],
    );
  }

  /** Drafts within an officer's reach, newest first, older than `before`; without a state, those that are open. */
  async list(
    reach: Exclude<WritingReach, { over: 'nothing' }>,
    state: DraftState | null,
    limit: number,
    before: string | null,
  ): Promise<Draft[]> {
    const params: unknown[] = [limit];
    const next = (value: unknown): string => `$${params.push(value)}`;
    const parts = [state ? `d.state = ${next(state)}` : 'd.is_open'];
    if (reach.over === 'department') parts.push(`d.department_id = ${next(reach.id)}`);
    if (before !== null) parts.push(`d.id < ${next(before)}`);
    const rows = await this.database.sql<DraftRecord>(
      `select ${columns} from catalogue_draft d where ${parts.join(' and ')} order by d.id desc limit $1`,
      params,
    );
    return rows.map(draftOf);
  }

  /** Drafts of one import within an officer's reach in one state, by id, after `after`. */
  async ofImport(
    reach: Exclude<WritingReach, { over: 'nothing' }>,
    { importId, state }: { readonly importId: string; readonly state: DraftState },
    limit: number,
    after: string | null,
  ): Promise<Draft[]> {
    const rows = await this.database.sql<DraftRecord>(
      `select ${columns} from catalogue_draft d where d.import_id = $1 and d.state = $2
         and ($3::text is null or d.department_id = $3) and ($4::uuid is null or d.id > $4) order by d.id limit $5`,
      [importId, state, reach.over === 'department' ? reach.id : null, after, limit],
    );
    return rows.map(draftOf);
  }

  private async addSteps(tx: Tx, taken: readonly Taken[]): Promise<void> {
    const steps = taken.map(({ draft, what, officerId }) => ({
      draft_id: draft.id,
      revision: draft.revision,
      at: draft.updatedAt,
      what,
      officer_id: officerId,
      reasons: 'reasons' in draft ? draft.reasons : [],
    }));
    await tx.sql(
      `insert into catalogue_draft_step (draft_id, revision, at, what, officer_id, reasons)
       select draft_id, revision, at, what, officer_id, reasons from jsonb_to_recordset($1::jsonb)
         as s (draft_id uuid, revision int, at timestamptz, what text, officer_id uuid, reasons text[])`,
      [JSON.stringify(steps)],
    );
  }
}

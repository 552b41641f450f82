import { Injectable } from '@nestjs/common';
import { isUuid } from '@linli/kernel';
import { Database, type Tx } from '@linli/platform';
import type { DraftState } from '../versions/draft';
import type { WritingReach } from '../versions/reach';

/** A file that was taken as drafts. */
export interface ImportRun {
  readonly id: string;
  /** The officer in whose name the drafts were written; another reviews them. */
  readonly officerId: string;
  /** The operator who brought the file. */
  readonly importer: string;
  readonly fileName: string;
  /** SHA-256 of the file, in hex. */
  readonly digest: string;
  /** How many drafts it brought. */
  readonly drafts: number;
  readonly importedAt: Date;
}

/** How many drafts stand in which state. */
export type StateCounts = Readonly<Partial<Record<DraftState, number>>>;
type Reach = Exclude<WritingReach, { over: 'nothing' }>;

const columns = `r.id, r.officer_id as "officerId", r.importer, r.file_name as "fileName", r.digest, r.drafts,
  r.imported_at as "importedAt"`;
/** A department sees the runs that brought drafts of its own. */
const within = `($1::text is null or exists (select from catalogue_draft d where d.import_id = r.id and d.department_id = $1))`;

/** Imports of drafts in PostgreSQL. */
@Injectable()
export class ImportRunStore {
  constructor(private readonly database: Database) {}

  async add(tx: Tx, run: ImportRun): Promise<void> {
    const { id, officerId, importer, fileName, digest, drafts, importedAt } = run;
    await tx.sql(
      `insert into catalogue_import_run (id, officer_id, importer, file_name, digest, drafts, imported_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, officerId, importer, fileName, digest, drafts, importedAt],
    );
  }

  /** Runs within reach, newest first, older than `before`. */
  async list(reach: Reach, limit: number, before: string | null): Promise<ImportRun[]> {
    return this.database.sql<ImportRun>(
      `select ${columns} from catalogue_import_run r where ${within} and ($2::uuid is null or r.id < $2)
       order by r.id desc limit $3`,
      [departmentOf(reach), before, limit],
    );
  }

  async read(reader: Tx | Database, reach: Reach, id: string): Promise<ImportRun | null> {
    if (!isUuid(id)) return null;
    const [run] = await reader.sql<ImportRun>(
      `select ${columns} from catalogue_import_run r where ${within} and r.id = $2`,
      [departmentOf(reach), id],
    );
    return run ?? null;
  }

  /** How the drafts within reach stand, by run. */
  async states(reach: Reach, ids: readonly string[]): Promise<Map<string, StateCounts>> {
    const rows = await this.database.sql<{ id: string; state: DraftState; count: number }>(
      `select import_id as id, state, count(*)::int as count from catalogue_draft
       where import_id = any($1) and ($2::text is null or department_id = $2) group by 1, 2`,
      [ids, departmentOf(reach)],
    );
    const counts = new Map<string, Partial<Record<DraftState, number>>>();
    for (const { id, state, count } of rows) counts.set(id, { ...counts.get(id), [state]: count });
    return counts;
  }
}

/** The department a reach ends at; null where it does not end. */
export function departmentOf(reach: Reach): string | null {
  return reach.over === 'department' ? reach.id : null;
}

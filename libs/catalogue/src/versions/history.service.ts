import { Injectable } from '@nestjs/common';
import type { CatalogueEntry } from '@linli/contracts';
import { addDays, isUuid, Refusal, startOf, type LocalDate } from '@linli/kernel';
import { Database } from '@linli/platform';
import type { CatalogueFileEntry } from '../entry-file';
import { diffVersions, type VersionChange } from './diff';
import { entryOf, keptColumns, keptTables, type KeptVersion } from './kept-version';

/** One version of an entry in its history. */
export interface VersionRecord {
  readonly version: number;
  readonly versionId: string;
  readonly name: string;
  readonly state: 'published' | 'replaced' | 'withdrawn';
  readonly publishedAt: Date;
  /** When it was replaced or withdrawn. */
  readonly endedAt: Date | null;
  readonly withdrawalReason: string | null;
}

/** What the public lists have in common with the adjustments of each. */
export type ListName = 'powers' | 'responsibilities' | 'services';

/** 动态调整: one entry came into a list, changed in it, or left it. */
export interface Adjustment {
  readonly at: Date;
  readonly what: 'added' | 'changed' | 'withdrawn';
  readonly item: { readonly id: string; readonly name: string };
  readonly department: { readonly id: string; readonly name: string };
  readonly version: number;
  /** Chinese names of the fields that changed. */
  readonly fields: readonly string[];
  readonly reason: string | null;
}

interface AdjustmentRow {
  readonly at: Date;
  readonly id: string;
  readonly what: Adjustment['what'];
  readonly version: number;
  readonly entry_id: string;
  readonly department_id: string;
  readonly department_name: string;
  readonly reason: string | null;
  readonly content: CatalogueFileEntry;
  readonly before: CatalogueFileEntry | null;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The published versions of entries through time: for officers, and for anybody who asks what was in force when. */
@Injectable()
export class CatalogueHistory {
  constructor(private readonly database: Database) {}

  /** An entry's versions, newest first; the cursor is the last version shown. Refuses an entry that never was. */
  async versions(entryId: string, limit: number, cursor: string | null): Promise<Page<VersionRecord>> {
    if (cursor !== null && !/^[1-9]\d{0,8}$/.test(cursor)) throw new Refusal('request.cursorInvalid');
    const rows = await this.database.sql<VersionRecord>(
      `select version, id as "versionId", content ->> 'name' as name, state, published_at as "publishedAt",
         ended_at as "endedAt", withdrawal_reason as "withdrawalReason"
       from catalogue_version where entry_id = $1 and version < $2 order by version desc limit $3`,
      [entryId, cursor === null ? 2_147_483_647 : Number(cursor), limit + 1],
    );
    if (rows.length === 0 && cursor === null) throw new Refusal('item.notFound');
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.version ?? '') : null };
  }

  /** Everything in which version `b` of an entry differs from version `a`. */
  async diff(entryId: string, a: number, b: number): Promise<VersionChange[]> {
    const rows = await this.database.sql<{ version: number; content: CatalogueFileEntry }>(
      'select version, content from catalogue_version where entry_id = $1 and version = any($2)',
      [entryId, [a, b]],
    );
    const contents = new Map(rows.map(({ version, content }) => [version, content]));
    const [before, after] = [contents.get(a), contents.get(b)];
    if (!before || !after) throw new Refusal('catalogue.versionNotFound');
    return diffVersions(before, after);
  }

  /**
   * What came into a list, changed in it or left it, newest first; with a day, until its end. A duty comes and goes with
   * its power.
   */
  async adjustments(
    list: ListName,
    on: LocalDate | null,
    limit: number,
    cursor: string | null,
  ): Promise<Page<Adjustment>> {
    const after = positionOf(cursor);
    const rows = await this.database.sql<AdjustmentRow>(adjustmentsSql(after), [
      keptAs(list),
      limit + 1,
      on ? endOf(on) : 'infinity',
      ...(after ? [after.at, after.id] : []),
    ]);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(adjustmentOf),
      nextCursor: rows.length > limit && last ? cursorOf(last) : null,
    };
  }

  /** The entries of a list as they stood when a day ended, by id; the cursor is the last id shown, no limit all. */
  async listOn(
    list: ListName,
    on: LocalDate,
    limit: number | null,
    cursor: string | null,
  ): Promise<Page<CatalogueEntry>> {
    const rows = await this.database.sql<KeptVersion & { readonly entry_id: string }>(
      `select v.entry_id, ${keptColumns} from ${keptTables}
       where v.public_list = $1 and ${inForce} and v.entry_id > $3 order by v.entry_id limit $4`,
      [keptAs(list), endOf(on), cursor ?? '', limit === null ? null : limit + 1],
    );
    const shown = limit === null ? rows : rows.slice(0, limit);
    return {
      items: shown.map(entryOf),
      nextCursor: rows.length > shown.length ? (shown.at(-1)?.entry_id ?? null) : null,
    };
  }

  /** Since when a list stood as it did when a day ended, and how many powers nobody had told the public of. */
  async standingOn(list: ListName, on: LocalDate): Promise<{ readonly since: Date | null; readonly pending: number }> {
    const [row] = await this.database.sql<{ since: Date | null; pending: number }>(
      `select greatest(
         (select max(published_at) from catalogue_version where public_list = $1 and published_at < $2),
         (select max(ended_at) from catalogue_version where public_list = $1 and leaves_list and ended_at < $2)) as since,
         (select count(*)::int from catalogue_version v
          where v.public_list is null and v.content ->> 'kind' <> 'report' and ${inForce}) as pending`,
      [keptAs(list), endOf(on)],
    );
    return row ?? { since: null, pending: 0 };
  }
}

/** Whether a version stood at the instant `$2`. */
const inForce = 'v.published_at < $2 and (v.ended_at is null or v.ended_at >= $2)';

/** Duties are kept with their powers. */
function keptAs(list: ListName): string {
  return list === 'responsibilities' ? 'powers' : list;
}

function endOf(day: LocalDate): Date {
  return startOf(addDays(day, 1));
}

/**
 * The newest beginnings and endings, each through its own index, then merged. Where one version began and ended in the
 * same instant its end comes first, so a page that ended there has its beginning still to show.
 */
function adjustmentsSql(after: Position | null): string {
  const page = (at: string, operator: '<' | '<='): string =>
    `and ${at} < $3 ${after ? `and (${at}, v.id) ${operator} ($4, $5)` : ''} order by ${at} desc, v.id desc limit $2`;
  return `
    select c.at, c.id, c.what, v.version, v.entry_id, v.department_id, d.name as department_name,
      case when c.what = 'withdrawn' then v.withdrawal_reason end as reason, v.content,
      case when c.what = 'changed' then p.content end as before
    from (
      (select v.id, v.published_at as at, case when p.public_list = v.public_list and p.state = 'replaced'
         then 'changed' else 'added' end as what
       from catalogue_version v left join catalogue_version p on p.entry_id = v.entry_id and p.version = v.version - 1
       where v.public_list = $1 ${page('v.published_at', after?.isEnd ? '<=' : '<')})
      union all
      (select v.id, v.ended_at, 'withdrawn' from catalogue_version v
       where v.public_list = $1 and v.leaves_list ${page('v.ended_at', '<')})
    ) c
    join catalogue_version v on v.id = c.id
    join directory_department d on d.id = v.department_id
    left join catalogue_version p on p.entry_id = v.entry_id and p.version = v.version - 1
    order by c.at desc, c.id desc, c.what = 'withdrawn' desc limit $2`;
}

function adjustmentOf(row: AdjustmentRow): Adjustment {
  const labels = row.before ? diffVersions(row.before, row.content).map((one) => one.label) : [];
  return {
    at: row.at,
    what: row.what,
    item: { id: row.entry_id, name: row.content.name },
    department: { id: row.department_id, name: row.department_name },
    version: row.version,
    fields: [...new Set(labels)],
    reason: row.reason,
  };
}

/** Where a page ended: at the beginning of a version, or at its end. */
interface Position {
  readonly at: string;
  readonly id: string;
  readonly isEnd: boolean;
}

function cursorOf({ at, id, what }: AdjustmentRow): string {
  const end = what === 'withdrawn' ? 'end' : 'begin';
  return Buffer.from(`${at.toISOString()}~${id}~${end}`, 'utf8').toString('base64url');
}

function positionOf(cursor: string | null): Position | null {
  if (cursor === null) return null;
  const [at = '', id = '', end = '', ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('~');
  const isOurs = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(at) && isUuid(id) && /^(begin|end)$/.test(end);
  if (rest.length > 0 || !isOurs || Number.isNaN(Date.parse(at))) throw new Refusal('request.cursorInvalid');
  return { at, id, isEnd: end === 'end' };
}

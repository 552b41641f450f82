import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, type LocalDate } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { changesBetween, textOf, type Change, type LoggedRow } from './adjustment';
import { nameOf } from './file-check';
import { matterKey } from './matter';
import type { ListFileEntry, ListRowEntry } from './responsibility-file';
import { columns } from './columns';

/** The newest version of a list as kept. */
export interface NewestVersion {
  readonly list_id: string;
  readonly kind: string;
  readonly owner_level: string;
  readonly owner_id: string | null;
  readonly version_id: string;
  readonly version: number;
  readonly effective_on: LocalDate;
  readonly content_hash: Buffer;
}

interface FreshVersion {
  readonly list: ListFileEntry;
  readonly id: string;
  readonly number: number;
  readonly hash: Buffer;
  readonly changes: readonly Change[];
}

/** Lists, their versions and the log of adjustments. */
@Injectable()
export class ListStore {
  /** Locks everything a file may change, so that two files at once take turns. */
  async lock(tx: Tx): Promise<number> {
    const [row] = await tx.sql<{ community_cap: number }>(
      'select community_cap from responsibility_setting for update',
    );
    return row?.community_cap ?? 0;
  }

  async newest(tx: Tx, listIds: readonly string[]): Promise<Map<string, NewestVersion>> {
    const rows = await tx.sql<NewestVersion>(
      `select distinct on (l.id) l.id as list_id, l.kind, l.owner_level, l.owner_id, v.id as version_id, v.version,
         v.effective_on, v.content_hash
       from responsibility_list l join responsibility_version v on v.list_id = l.id
       where l.id = any($1) order by l.id, v.version desc`,
      [listIds],
    );
    return new Map(rows.map((row) => [row.list_id, row]));
  }

  /** Adds a version of each list that differs from its newest one; returns how many did. */
  async save(tx: Tx, lists: readonly ListFileEntry[], newest: Map<string, NewestVersion>, now: Date): Promise<number> {
    const differing = lists.filter((list) => !newest.get(list.id)?.content_hash.equals(hashOf(list)));
    if (differing.length === 0) return 0;
    const before = await this.rowsOf(
      tx,
      differing.flatMap((list) => newest.get(list.id)?.version_id ?? []),
    );
    const fresh = differing.map((list): FreshVersion => {
      const last = newest.get(list.id);
      const earlier = before.filter((row) => row.versionId === last?.version_id).map((row) => row.row);
      return {
        list,
        id: newId(),
        number: (last?.version ?? 0) + 1,
        hash: hashOf(list),
        changes: changesBetween(earlier, list.entries.map(loggedOf)),
      };
    });
    await this.insertVersions(tx, fresh, now);
    await this.insertRows(tx, fresh);
    await this.log(tx, fresh, now);
    return fresh.length;
  }

  private async insertVersions(tx: Tx, fresh: readonly FreshVersion[], now: Date): Promise<void> {
    const lists = fresh.map(({ list }) => list);
    await tx.sql(
      `insert into responsibility_list (id, kind, title, owner_level, owner_id)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
       on conflict (id) do update set title = excluded.title`,
      columns(lists, [(l) => l.id, (l) => l.kind, (l) => l.title, (l) => l.level, (l) => l.unit ?? null]),
    );
    await tx.sql(
      `update responsibility_version v set ends_on = f.effective_on
       from unnest($1::text[], $2::date[]) as f (list_id, effective_on)
       where v.list_id = f.list_id and v.ends_on is null`,
      columns(lists, [(l) => l.id, (l) => l.effectiveOn]),
    );
    await tx.sql(
      `insert into responsibility_version
         (id, list_id, version, effective_on, decided_by, document_no, reason, content_hash, loaded_at)
       select f.*, $9::timestamptz from unnest($1::uuid[], $2::text[], $3::int[], $4::date[], $5::text[], $6::text[],
         $7::text[], $8::bytea[]) as f`,
      [
        ...columns(fresh, [
          (f) => f.id,
          (f) => f.list.id,
          (f) => f.number,
          (f) => f.list.effectiveOn,
          (f) => f.list.decidedBy,
          (f) => f.list.documentNo,
          (f) => f.list.reason,
          (f) => f.hash,
        ]),
        now,
      ],
    );
  }

  private async insertRows(tx: Tx, fresh: readonly FreshVersion[]): Promise<void> {
    const rows = fresh.flatMap(({ id, list }) =>
      list.entries.map((row, position) => ({ id, listId: list.id, position, row, name: nameOf(row.matter) })),
    );
    await tx.sql(
      `insert into responsibility_entry (version_id, list_id, position, key, matter_key, entry_id, category, matter_text,
         level, office_id, role, part, power_type, basis)
       select * from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[],
         $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])`,
      columns(rows, [
        (r) => r.id,
        (r) => r.listId,
        (r) => r.position,
        (r) => r.row.key,
        (r) => matterKey(r.name),
        (r) => r.name.entryId,
        (r) => r.name.category,
        (r) => r.name.text,
        (r) => r.row.responsible.level,
        (r) => r.row.responsible.office ?? null,
        (r) => r.row.role,
        (r) => r.row.part ?? null,
        (r) => r.row.powerType ?? null,
        (r) => r.row.basis,
      ]),
    );
  }

  private async log(tx: Tx, fresh: readonly FreshVersion[], now: Date): Promise<void> {
    const changes = fresh.flatMap((version) => version.changes.map((change) => ({ version, change })));
    await tx.sql(
      `insert into responsibility_adjustment
         (id, list_id, version_id, decided_by, reason, change, key, before, after, at)
       select f.*, $10::timestamptz from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[],
         $7::text[], $8::jsonb[], $9::jsonb[]) as f`,
      [
        ...columns(changes, [
          () => newId(),
          (c) => c.version.list.id,
          (c) => c.version.id,
          (c) => c.version.list.decidedBy,
          (c) => c.version.list.reason,
          (c) => c.change.change,
          (c) => c.change.key,
          (c) => (c.change.before === null ? null : JSON.stringify(c.change.before)),
          (c) => (c.change.after === null ? null : JSON.stringify(c.change.after)),
        ]),
        now,
      ],
    );
  }

  private async rowsOf(tx: Tx, versionIds: readonly string[]): Promise<{ versionId: string; row: LoggedRow }[]> {
    const rows = await tx.sql<LoggedRow & { versionId: string }>(
      `select version_id as "versionId", key, matter_key as matter, level, office_id as office, role, part,
         power_type as "powerType", basis from responsibility_entry where version_id = any($1::uuid[])`,
      [versionIds],
    );
    return rows.map(({ versionId, ...row }) => ({ versionId, row }));
  }
}

function loggedOf(row: ListRowEntry): LoggedRow {
  return {
    key: row.key,
    matter: matterKey(nameOf(row.matter)),
    level: row.responsible.level,
    office: row.responsible.office ?? null,
    role: row.role,
    part: row.part ?? null,
    powerType: row.powerType ?? null,
    basis: row.basis,
  };
}

/** What makes a version: its title and rows in their order. The day it begins does not; the same rows again are the same list. */
export function hashOf(list: ListFileEntry): Buffer {
  const text = JSON.stringify([list.title, list.entries.map((row) => textOf(loggedOf(row)))]);
  return createHash('sha256').update(text).digest();
}

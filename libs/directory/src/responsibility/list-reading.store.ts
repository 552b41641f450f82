import { Injectable } from '@nestjs/common';
import type { ItemType } from '@linli/contracts';
import { Refusal, type LocalDate, positionOf, wholePageOf, type Page } from '@linli/kernel';
import { Database } from '@linli/platform';
import type { DepartmentLevel } from '../roles';
import type { LoggedRow } from './adjustment';
import type { DutyRole, ListKind, ListPart } from './responsibility-list';
import { UnitStore } from './unit.store';

/** A list as it is published: 向社会公开. */
export interface PublishedList {
  readonly id: string;
  readonly kind: ListKind;
  readonly title: string;
  readonly level: DepartmentLevel;
  readonly unit: string | null;
  readonly version: number;
  readonly effectiveOn: LocalDate;
  readonly decidedBy: string;
  readonly documentNo: string;
  readonly rows: number;
}

export interface PublishedRow {
  readonly listId: string;
  readonly listTitle: string;
  readonly position: number;
  readonly key: string;
  readonly entryId: string | null;
  readonly category: string | null;
  readonly text: string | null;
  readonly level: DepartmentLevel;
  readonly officeId: string | null;
  readonly officeName: string | null;
  readonly role: DutyRole;
  readonly part: ListPart | null;
  readonly powerType: ItemType | null;
  readonly basis: string;
  readonly effectiveOn: LocalDate;
}

export interface ListVersion {
  readonly version: number;
  readonly effectiveOn: LocalDate;
  readonly endsOn: LocalDate | null;
  readonly decidedBy: string;
  readonly documentNo: string;
  readonly reason: string;
  readonly loadedAt: Date;
}

export interface Adjustment {
  readonly id: string;
  readonly version: number;
  readonly at: Date;
  readonly decidedBy: string;
  readonly reason: string;
  readonly change: 'added' | 'changed' | 'removed';
  readonly key: string;
  readonly before: LoggedRow | null;
  readonly after: LoggedRow | null;
}

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;
const uuid = /^[0-9a-f-]{36}$/;

/** Lists as the public reads them, one page at a time. */
@Injectable()
export class ListReadingStore {
  constructor(
    private readonly database: Database,
    private readonly units: UnitStore,
  ) {}

  async lists(on: LocalDate, limit: number, cursor: string | null): Promise<Page<PublishedList>> {
    const after = positionOf(cursor, /^list$/, slug);
    const rows = await this.database.sql<PublishedList>(
      `select l.id, l.kind, l.title, l.owner_level as level, l.owner_id as unit, v.version,
         v.effective_on as "effectiveOn", v.decided_by as "decidedBy", v.document_no as "documentNo",
         (select count(*)::int from responsibility_entry e where e.version_id = v.id) as rows
       from responsibility_list l join responsibility_version v on v.list_id = l.id
       where v.effective_on <= $1 and (v.ends_on is null or v.ends_on > $1) and l.id > $3
       order by l.id limit $2`,
      [on, limit + 1, after?.id ?? ''],
    );
    return wholePageOf(rows, limit, (row) => ({ by: 'list', id: row.id }));
  }

  /** The rows of a kind of list in force on a day; `unitId` narrows them to those of one unit or one office. */
  async rows(
    kind: ListKind,
    unitId: string | null,
    on: LocalDate,
    limit: number,
    cursor: string | null,
  ): Promise<Page<PublishedRow>> {
    const after = positionOf(cursor, slug, /^\d{1,6}$/);
    const unit = unitId === null ? null : (await this.units.units([unitId])).get(unitId);
    if (unit === undefined) throw new Refusal('directory.notFound');
    const rows = await this.database.sql<PublishedRow>(
      `select e.list_id as "listId", l.title as "listTitle", e.position, e.key, e.entry_id as "entryId", e.category,
         e.matter_text as text, e.level, d.id as "officeId", d.name as "officeName", e.role, e.part,
         e.power_type as "powerType", e.basis, v.effective_on as "effectiveOn"
       from responsibility_list l
         join responsibility_version v on v.list_id = l.id
         join responsibility_entry e on e.version_id = v.id
         left join directory_department d on d.id = e.office_id
       where l.kind = $1 and v.effective_on <= $2 and (v.ends_on is null or v.ends_on > $2)
         and (e.list_id, e.position) > ($4, $5)
         and ($6::text is null or e.office_id = $6)
         and ($7::text is null or (l.owner_level = $7 and (l.owner_id is null or l.owner_id = $8 or l.owner_id = $9)))
       order by e.list_id, e.position limit $3`,
      [
        kind,
        on,
        limit + 1,
        after?.by ?? '',
        Number(after?.id ?? 0),
        unit?.kind === 'department' ? unit.id : null,
        unit && unit.kind !== 'department' ? unit.level : null,
        unit?.id ?? null,
        unit?.subdistrictId ?? null,
      ],
    );
    return wholePageOf(rows, limit, (row) => ({ by: row.listId, id: String(row.position) }));
  }

  /** A list's versions, the newest first. */
  async versions(listId: string, limit: number, cursor: string | null): Promise<Page<ListVersion>> {
    await this.refuseUnknown(listId);
    const after = positionOf(cursor, /^version$/, /^\d{1,9}$/);
    const rows = await this.database.sql<ListVersion>(
      `select version, effective_on as "effectiveOn", ends_on as "endsOn", decided_by as "decidedBy",
         document_no as "documentNo", reason, loaded_at as "loadedAt"
       from responsibility_version where list_id = $1 and version < $3 order by version desc limit $2`,
      [listId, limit + 1, after === null ? 2_147_483_647 : Number(after.id)],
    );
    return wholePageOf(rows, limit, (row) => ({ by: 'version', id: String(row.version) }));
  }

  /** Who changed what, when and why, the newest first. */
  async adjustments(listId: string, limit: number, cursor: string | null): Promise<Page<Adjustment>> {
    await this.refuseUnknown(listId);
    const after = positionOf(cursor, /^adjustment$/, uuid);
    const rows = await this.database.sql<Adjustment>(
      `select a.id, v.version, a.at, a.decided_by as "decidedBy", a.reason, a.change, a.key, a.before, a.after
       from responsibility_adjustment a join responsibility_version v on v.id = a.version_id
       where a.list_id = $1 ${after ? 'and a.id < $3' : ''} order by a.id desc limit $2`,
      [listId, limit + 1, ...(after ? [after.id] : [])],
    );
    return wholePageOf(rows, limit, (row) => ({ by: 'adjustment', id: row.id }));
  }

  private async refuseUnknown(listId: string): Promise<void> {
    const [row] = await this.database.sql('select 1 from responsibility_list where id = $1', [listId]);
    if (!row) throw new Refusal('responsibility.notFound');
  }
}

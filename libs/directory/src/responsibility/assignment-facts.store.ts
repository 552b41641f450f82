import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@linli/kernel';
import { Database, type Tx } from '@linli/platform';
import type { DepartmentLevel } from '../roles';
import { keysOf, type Guard, type Matter } from './matter';
import type { AdmissionFact, DutyRole, ListFact, ListKind, ListPart } from './responsibility-list';

/** What the check needs of the records: a fixed number of indexed lookups, however long the lists grow. */
export interface AssignmentFacts {
  readonly lists: readonly ListFact[];
  readonly admissions: readonly AdmissionFact[];
  readonly guards: readonly Guard[];
  readonly communityCap: number;
}

interface ListRow {
  readonly listId: string;
  readonly kind: ListKind;
  readonly title: string;
  readonly ownerLevel: DepartmentLevel;
  readonly ownerId: string | null;
  readonly effectiveOn: LocalDate;
  readonly until: LocalDate | null;
  readonly key: string;
  readonly entryId: string | null;
  readonly category: string | null;
  readonly text: string | null;
  readonly level: DepartmentLevel;
  readonly officeId: string | null;
  readonly officeName: string | null;
  readonly role: DutyRole;
  readonly part: ListPart | null;
}

type AdmissionRow = Omit<AdmissionFact, 'matter'> & Pick<ListRow, 'entryId' | 'category' | 'text'>;

@Injectable()
export class AssignmentFactsStore {
  constructor(private readonly database: Database) {}

  /** Facts about a matter on a day in an area; the load is that of its community. */
  async factsOf(
    matter: Matter,
    on: LocalDate,
    area: { readonly subdistrictId: string | null; readonly communityId: string | null },
    reader: Pick<Tx, 'sql'> = this.database,
  ): Promise<AssignmentFacts> {
    const keys = keysOf(matter);
    const [lists, admissions, guards, setting] = await Promise.all([
      this.lists(reader, keys, on),
      this.admissions(reader, keys, on, area),
      this.guardsOf(matter, reader),
      reader.sql<{ cap: number }>('select community_cap as cap from responsibility_setting'),
    ]);
    return { lists, admissions, guards, communityCap: setting[0]?.cap ?? 0 };
  }

  async guardsOf(matter: Matter, reader: Pick<Tx, 'sql'> = this.database): Promise<Guard[]> {
    return reader.sql<Guard>(
      `select nature, category, entry_id as "entryId" from responsibility_guard where category = $1 or entry_id = $2`,
      [matter.category, matter.entryId],
    );
  }

  async guards(reader: Pick<Tx, 'sql'>): Promise<Guard[]> {
    return reader.sql<Guard>('select nature, category, entry_id as "entryId" from responsibility_guard');
  }

  /** Rows in force on the day, and rows to come. */
  private async lists(reader: Pick<Tx, 'sql'>, keys: readonly string[], on: LocalDate): Promise<ListFact[]> {
    const rows = await reader.sql<ListRow>(
      `select l.id as "listId", l.kind, l.title, l.owner_level as "ownerLevel", l.owner_id as "ownerId",
         v.effective_on as "effectiveOn", v.ends_on as until, e.key, e.entry_id as "entryId", e.category,
         e.matter_text as text, e.level, d.id as "officeId", d.name as "officeName", e.role, e.part
       from responsibility_entry e
         join responsibility_version v on v.id = e.version_id
         join responsibility_list l on l.id = v.list_id
         left join directory_department d on d.id = e.office_id
       where e.matter_key = any($1) and (v.ends_on is null or v.ends_on > $2)
       order by l.id, v.effective_on, e.position`,
      [keys, on],
    );
    return rows.map(({ entryId, category, text, officeId, officeName, ...row }) => ({
      ...row,
      matter: { entryId, category, text },
      office: officeId === null ? null : { level: row.level, id: officeId, name: officeName ?? '' },
    }));
  }

  /** Approved ones, the latest first; those that ended long ago say nothing any more. */
  private async admissions(
    reader: Pick<Tx, 'sql'>,
    keys: readonly string[],
    on: LocalDate,
    { subdistrictId, communityId }: { readonly subdistrictId: string | null; readonly communityId: string | null },
  ): Promise<AdmissionFact[]> {
    const rows = await reader.sql<AdmissionRow>(
      `select a.id, a.kind, a.title, a.entry_id as "entryId", a.category, a.matter_text as text,
         a.from_unit as "fromUnitId", a.to_level as "toLevel", a.to_unit as "toUnitId", a.document_no as "documentNo",
         a.effective_on as "effectiveOn", a.until,
         case when a.to_level = 'community' and $3::text is not null then (
           select count(*)::int from responsibility_admission o
           where o.state in ('approved', 'revoked') and o.to_level = 'community'
             and (o.to_unit is null or o.to_unit = $3) and o.effective_on <= $2 and (o.until is null or o.until > $2)
             and (o.effective_on, o.id) <= (a.effective_on, a.id)) else 0 end as position
       from responsibility_admission a
       where a.matter_key = any($1) and a.state in ('approved', 'revoked')
         and (a.to_unit is null or a.to_unit = any($4)) and (a.until is null or a.until > $2::date - 400)
       order by a.effective_on desc`,
      [keys, on, communityId, [subdistrictId, communityId]],
    );
    return rows.map(({ entryId, category, text, ...row }) => ({ ...row, matter: { entryId, category, text } }));
  }
}

import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@linli/platform';
import type { Unit } from './unit';

/** A unit with the phone people call. */
export interface ReachableUnit extends Unit {
  readonly phone: string | null;
}

/** A unit cases may be given to: a department in service, a community, or a grid of one. */
export interface GivenUnit {
  readonly kind: 'department' | 'community' | 'grid';
  readonly id: string;
  readonly name: string;
  /** Of a community or a grid. */
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
}

/** Where an officer works; either part may be missing. */
export interface Workplace {
  readonly department: { readonly id: string; readonly name: string } | null;
  readonly subdistrict: { readonly id: string; readonly name: string } | null;
}

/** Units by id, whichever of the directory's tables they stand in. */
@Injectable()
export class UnitStore {
  constructor(private readonly database: Database) {}

  async units(ids: readonly string[], reader: Pick<Tx, 'sql'> = this.database): Promise<Map<string, ReachableUnit>> {
    const rows = await reader.sql<ReachableUnit>(
      `select 'department' as kind, level, id, name, null as "subdistrictId", phone
       from directory_department where id = any($1)
       union all
       select 'subdistrict', 'subdistrict', id, name, id, null from directory_subdistrict where id = any($1)
       union all
       select 'community', 'community', id, name, subdistrict_id, null from directory_community where id = any($1)`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The unit of that id, if a case may be given to it; a department that bears it comes first. */
  async given(id: string, reader: Pick<Tx, 'sql'>): Promise<GivenUnit | null> {
    const rows = await reader.sql<GivenUnit>(
      `select 'department' as kind, id, name, null as "subdistrictId", null as "communityId"
       from directory_department where id = $1 and active
       union all
       select 'community', id, name, subdistrict_id, id from directory_community where id = $1
       union all
       select 'grid', g.id, g.name, c.subdistrict_id, c.id
       from directory_grid_cell g join directory_community c on c.id = g.community_id where g.id = $1`,
      [id],
    );
    return rows.find(({ kind }) => kind === 'department') ?? rows[0] ?? null;
  }

  /** Where an officer works, and which subdistrict bears the given id; also for one who has left. */
  async workplaceOf(tx: Tx, officerId: string, elsewhere: string | null): Promise<Workplace> {
    const [row] = await tx.sql<
      Record<'department' | 'departmentName' | 'subdistrict' | 'subdistrictName', string | null>
    >(
      `select d.id as department, d.name as "departmentName", s.id as subdistrict, s.name as "subdistrictName"
       from directory_officer o left join directory_department d on d.id = o.department_id
         left join directory_subdistrict s on s.id = coalesce(o.subdistrict_id, $2)
       where o.id = $1`,
      [officerId, elsewhere],
    );
    const named = (id?: string | null, name?: string | null): Workplace['department'] =>
      id && name ? { id, name } : null;
    return {
      department: named(row?.department, row?.departmentName),
      subdistrict: named(row?.subdistrict, row?.subdistrictName),
    };
  }
}

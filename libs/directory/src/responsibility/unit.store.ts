import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@linli/platform';
import type { Unit } from './unit';

/** A unit with the phone people call. */
export interface ReachableUnit extends Unit {
  readonly phone: string | null;
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
}

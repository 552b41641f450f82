import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@linli/platform';
import type { Area } from './area-file';
import { toPlane } from './geometry';
import { chunksOf, hashOf, type Counts } from './place.store';
import type { Residence } from './residence-file';

/** A residential point with where it lies. */
export interface PlacedResidence extends Residence {
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
}

type Placed = Pick<PlacedResidence, 'id' | 'subdistrictId' | 'communityId'>;

/** Boundaries and residential points in PostgreSQL, and the revision that tells processes to look again. */
@Injectable()
export class GroundStore {
  constructor(private readonly database: Database) {}

  async revision(): Promise<string> {
    const [row] = await this.database.sql<{ number: string }>('select number::text from circle_revision');
    return row?.number ?? '0';
  }

  /** Ends every process's copy of the boundaries; also makes imports wait for each other. */
  async bumpRevision(tx: Tx): Promise<void> {
    await tx.sql('update circle_revision set number = number + 1');
  }

  async areas(): Promise<Area[]> {
    return this.database.sql(
      `select id, level, subdistrict_id as "subdistrictId", code, name, polygons from circle_area order by level, code`,
    );
  }

  /** Adds and renews boundaries by id. */
  async saveAreas(tx: Tx, areas: readonly Area[], now: Date): Promise<Counts> {
    const rows = await tx.sql<{ added: boolean }>(
      `insert into circle_area (id, level, subdistrict_id, code, name, polygons, hash, updated_at)
       select id, level, "subdistrictId", code, name, polygons, decode(hash, 'hex'), $2
       from jsonb_to_recordset($1::jsonb)
         as given(id text, level text, "subdistrictId" text, code text, name text, polygons jsonb, hash text)
       on conflict (id) do update set level = excluded.level, subdistrict_id = excluded.subdistrict_id,
         code = excluded.code, name = excluded.name, polygons = excluded.polygons, hash = excluded.hash,
         updated_at = excluded.updated_at
       where circle_area.hash <> excluded.hash returning xmax = 0 as added`,
      [JSON.stringify(areas.map((area) => ({ ...area, hash: hashOf(area) }))), now],
    );
    return countsOf(rows, areas.length);
  }

  /** Adds and renews residential points by id. */
  async saveResidences(tx: Tx, residences: readonly PlacedResidence[], now: Date): Promise<Counts> {
    const written: { added: boolean }[] = [];
    for (const part of chunksOf(residences)) {
      const rows = part.map(({ location, subdistrictId, communityId, ...residence }) => ({
        ...residence,
        ...location,
        ...toPlane(location),
        subdistrictId,
        communityId,
        hash: hashOf({ ...residence, location }),
      }));
      written.push(
        ...(await tx.sql<{ added: boolean }>(
          `insert into circle_residence (id, name, lat, lng, location, households, population, subdistrict_id,
             community_id, hash, updated_at)
           select id, name, lat, lng, point(x, y), households, population, "subdistrictId", "communityId",
             decode(hash, 'hex'), $2
           from jsonb_to_recordset($1::jsonb) as given(id text, name text, lat float8, lng float8, x float8, y float8,
             households int, population int, "subdistrictId" text, "communityId" text, hash text)
           on conflict (id) do update set name = excluded.name, lat = excluded.lat, lng = excluded.lng,
             location = excluded.location, households = excluded.households, population = excluded.population,
             subdistrict_id = excluded.subdistrict_id, community_id = excluded.community_id, hash = excluded.hash,
             updated_at = excluded.updated_at
           where circle_residence.hash <> excluded.hash returning xmax = 0 as added`,
          [JSON.stringify(rows), now],
        )),
      );
    }
    return countsOf(written, residences.length);
  }

  async residencePoints(tx: Tx, after: string): Promise<{ id: string; lat: number; lng: number }[]> {
    return tx.sql('select id, lat, lng from circle_residence where id > $1 order by id limit 5000', [after]);
  }

  async relocateResidences(tx: Tx, placed: readonly Placed[]): Promise<void> {
    for (const part of chunksOf(placed))
      await tx.sql(
        `update circle_residence r set subdistrict_id = given.s, community_id = given.c
         from unnest($1::text[], $2::text[], $3::text[]) given(id, s, c)
         where r.id = given.id and (r.subdistrict_id, r.community_id) is distinct from (given.s, given.c)`,
        [part.map((one) => one.id), part.map((one) => one.subdistrictId), part.map((one) => one.communityId)],
      );
  }
}

function countsOf(written: readonly { added: boolean }[], total: number): Counts {
  const added = written.filter((one) => one.added).length;
  return { added, changed: written.length - added, unchanged: total - written.length };
}

import { Injectable } from '@nestjs/common';
import { Database } from '@linli/platform';
import type { Facilities } from './coverage-facts';
import type { Hours } from './hours';

/** A residential point and the straight distance, on the plane of the index, to the nearest place of each category. */
export interface ResidenceReach {
  readonly id: string;
  readonly name: string;
  readonly lat: number;
  readonly lng: number;
  readonly households: number;
  readonly population: number;
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
  /** In the order of the categories asked for; null when none was. */
  readonly reaches: readonly (number | null)[] | null;
}

export interface PlacePoint {
  readonly lat: number;
  readonly lng: number;
}

const partSize = 500;

/** What coverage is reckoned from. */
@Injectable()
export class CoverageStore {
  constructor(private readonly database: Database) {}

  /** The different opening hours there are; far fewer than places. */
  async hours(): Promise<{ key: Buffer; hours: Hours }[]> {
    return this.database.sql('select key, hours from circle_hours');
  }

  /** Those of the categories that have a place with `open` hours. */
  async tops(open: readonly Buffer[]): Promise<number[]> {
    const rows = await this.database.sql<{ top: number }>(
      'select top from circle_place where active and hours_key = any($1) group by top',
      [open],
    );
    return rows.map((row) => row.top);
  }

  /**
   * All residential points, a part at a time, each with the nearest place of each category among those with `open` hours.
   * Every category must have such a place: the index is walked until one is met.
   */
  async reaches(tops: readonly number[], open: readonly Buffer[]): Promise<ResidenceReach[]> {
    const all: ResidenceReach[] = [];
    for (let after = ''; ;) {
      const part = await this.database.sql<ResidenceReach>(
        `select r.id, r.name, r.lat, r.lng, r.households, r.population, r.subdistrict_id as "subdistrictId",
           r.community_id as "communityId",
           (select array_agg(
              (select p.location <-> r.location from circle_place p
               where p.active and p.top = asked.top and p.hours_key = any($2)
               order by point(p.location[0] + p.top * 100000000::float8, p.location[1])
                 <-> point(r.location[0] + asked.top * 100000000::float8, r.location[1]) limit 1) order by asked.n)
            from unnest($1::smallint[]) with ordinality as asked(top, n)) as reaches
         from circle_residence r where r.id > $3 order by r.id limit $4`,
        [tops, open, after, partSize],
      );
      all.push(...part);
      const last = part.at(-1);
      if (!last || part.length < partSize) return all;
      after = last.id;
    }
  }

  /** Exercise spots and sports ground in each community, of places in use. */
  async facilities(exerciseSpot: number): Promise<Facilities[]> {
    return this.database.sql(
      `select community_id as "communityId", subdistrict_id as "subdistrictId",
         count(*) filter (where category = $1)::int as "exerciseSpots",
         coalesce(sum(sports_area), 0)::float8 as "sportsArea"
       from circle_place where active and (category = $1 or sports_area is not null) group by 1, 2`,
      [exerciseSpot],
    );
  }

  /** Points of the places of a category in use, for the map. */
  async points(top: number, open: readonly Buffer[]): Promise<PlacePoint[]> {
    return this.database.sql(
      'select lat, lng from circle_place where active and top = $1 and hours_key = any($2) order by id limit 5000',
      [top, open],
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@linli/kernel';
import { Database } from '@linli/platform';
import type { Unmet } from './unmet';

/** How often searches found nothing: a number for a day, a community and what was sought, and nothing else. */
@Injectable()
export class UnmetStore {
  constructor(private readonly database: Database) {}

  async count(day: LocalDate, subdistrictId: string, communityId: string, sought: string): Promise<void> {
    await this.database.sql(
      `insert into circle_unmet (day, subdistrict_id, community_id, sought, count) values ($1, $2, $3, $4, 1)
       on conflict (day, community_id, sought) do update set count = circle_unmet.count + 1`,
      [day, subdistrictId, communityId, sought],
    );
  }

  /** Sums of the days from `from` to `to`, most first. */
  async between(from: LocalDate, to: LocalDate): Promise<Unmet[]> {
    return this.database.sql(
      `select community_id as "communityId", subdistrict_id as "subdistrictId", sought, sum(count)::int as count
       from circle_unmet where day between $1 and $2
       group by 1, 2, 3 order by count desc, 1, 3 limit 500`,
      [from, to],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '@linli/platform';

const examplesMost = 5;

/** What must hold of the catalogue whatever happened to it: each query returns what breaks it. */
const checks: readonly (readonly [sentence: string, query: string])[] = [
  [
    // The sweep publishes every few seconds.
    'drafts whose time to be published passed more than 5 minutes ago',
    `select entry_id || ' (' || to_char(published_from at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') || ')' as what
     from catalogue_draft
     where state = 'scheduled' and published_from < (select now from moment) - interval '5 minutes'`,
  ],
  [
    'entries with a gap between their versions',
    `select entry_id as what from catalogue_version group by entry_id
     having min(version) <> 1 or max(version) <> count(*)`,
  ],
  [
    'drafts that count as published and are no version',
    `select d.entry_id as what from catalogue_draft d left join catalogue_version v on v.id = d.id
     where d.state = 'published' and (v.id is null or v.version <> d.version)`,
  ],
];

/** The catalogue's tables held against their own rules. */
@Injectable()
export class CatalogueIntegrityStore {
  constructor(private readonly database: Database) {}

  /** One sentence for each rule that does not hold, with a few examples. */
  async problems(now: Date): Promise<string[]> {
    const found = await Promise.all(checks.map(([sentence, query]) => this.problem(sentence, query, now)));
    return found.flat();
  }

  private async problem(sentence: string, query: string, now: Date): Promise<string[]> {
    const rows = await this.database.sql<{ what: string; total: number }>(
      `with moment as (select $1::timestamptz as now)
       select what, count(*) over ()::int as total from (${query}) broken order by what limit ${examplesMost}`,
      [now],
    );
    if (rows.length === 0) return [];
    return [`${rows[0]?.total ?? 0} ${sentence}: ${rows.map((row) => row.what).join(', ')}`];
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '@linli/platform';

/** How many examples a sentence names. */
const examplesMost = 5;

/**
 * What must hold of the tables whatever happened to them: each query returns the numbers of cases that break it. Events
 * are cleared away after all have consumed them, which takes longer than a day; so those of the last day must be there.
 */
const checks: readonly (readonly [sentence: string, query: string])[] = [
  ['numbers given twice', 'select number from casework_case group by number having count(*) > 1'],
  [
    'cases in another state than their last step left them in',
    `select c.number from casework_case c
     left join casework_step s on s.case_id = c.id and s.revision = c.revision where s.state is distinct from c.state`,
  ],
  [
    'cases with steps missing from their timeline',
    `select c.number from casework_case c
     left join (select case_id, count(*) as steps from casework_step group by case_id) s on s.case_id = c.id
     where s.steps is distinct from c.revision`,
  ],
  [
    'cases whose state and correction notice contradict each other',
    `select c.number from casework_case c left join casework_notice n on n.case_id = c.id
     where (c.state = 'awaitingCorrection') and (n.case_id is null or n.answered_at is not null)
        or c.state in ('submitted', 'accepted', 'inHandling', 'suspended', 'decided', 'closed') and n.case_id is not null and n.answered_at is null`,
  ],
  [
    'closed cases without a word of evidence or an answer',
    `select c.number from casework_case c where c.state = 'closed' and c.closure is null`,
  ],
  [
    'suspended cases whose clock runs, or others whose clock stands',
    `select c.number from casework_case c where c.is_open and (c.state = 'suspended') <>
       exists (select 1 from jsonb_array_elements(coalesce(c.course -> 'stops', '[]')) s where s -> 'to' = 'null'::jsonb)`,
  ],
  [
    'cases with a step of the last day but no event of it',
    `select c.number from casework_step s join casework_case c on c.id = s.case_id
     where s.at > (select now from moment) - interval '1 day'
       and not exists (select 1 from platform_outbox o where o.id = s.event_id)`,
  ],
];

/** The check an operator runs over the live tables. */
@Injectable()
export class CaseIntegrityStore {
  constructor(private readonly database: Database) {}

  /** One sentence for each rule that is broken, with a few numbers; empty when all is sound. */
  async problems(now: Date): Promise<string[]> {
    const found = await Promise.all(
      checks.map(async ([sentence, query]) => {
        const rows = await this.database.sql<{ number: string; total: string }>(
          `with moment as (select $1::timestamptz as now)
           select number, count(*) over () as total from (${query}) broken order by number limit ${examplesMost}`,
          [now],
        );
        const [first] = rows;
        return first ? `${first.total} ${sentence}, such as ${rows.map((row) => row.number).join(', ')}` : null;
      }),
    );
    return found.filter((sentence) => sentence !== null);
  }
}

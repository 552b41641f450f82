import { Injectable } from '@nestjs/common';
import { Database } from '@linli/platform';

interface Finding {
  readonly what: string;
  readonly count: number;
  readonly example: string;
}

/** Each asks for the ids of what must never be. */
const questions: Readonly<Record<string, string>> = {
  'ratings without a service event': `
    select g.id from rating_given g
    where not exists (select 1 from rating_service_event e where e.id = g.service_event_id)`,
  'ratings that no resident gave': `select id from rating_given where source <> 'resident'`,
  'ratings by someone the service was not for': `
    select g.id from rating_given g join rating_service_event e on e.id = g.service_event_id
    where e.resident_id <> g.resident_id`,
  'ratings older than their service': `
    select g.id from rating_given g join rating_service_event e on e.id = g.service_event_id where g.at < e.at`,
  'services with more than one rating': `
    select service_event_id as id from rating_given group by service_event_id having count(*) > 1`,
  'services whose mark does not agree with their rating': `
    select e.id from rating_service_event e left join rating_given g on g.service_event_id = e.id
    where e.rated_at is distinct from g.at`,
  'services counted in a month that is not theirs': `
    select id from rating_service_event where period <> to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM')`,
  'bad ratings without a rectification': `
    select g.id from rating_given g
    where g.grade in ('dissatisfied', 'veryDissatisfied')
      and g.id > (select rating_id from rating_rectification order by rating_id limit 1)
      and not exists (select 1 from rating_rectification r where r.rating_id = g.id)`,
  'rectifications whose grade is not that of the rating': `
    select r.id from rating_rectification r join rating_given g on g.id = r.rating_id where g.grade <> r.grade`,
  'decisions by one person that take two': `
    select id from rating_rectification
    where second_by = first_by or confirmed_by in (first_by, second_by) or called_by = replied_by
      or (finding <> 'true' and confirmed_by is null)
    union all select id from rating_appeal where decided_by = appellant`,
  'missed days of a rectification that nobody above was told of': `
    select r.id from rating_rectification r
      cross join lateral (values ('contact', r.contact_overdue_at), ('rectify', r.rectify_overdue_at)) m (step, missed_at)
    where m.missed_at < $1::timestamptz - interval '1 hour'
      and not exists (
        select 1 from rating_overdue_alarm a where a.rectification_id = r.id and a.step = m.step)`,
  'days of a rectification that passed unnoticed': `
    select r.id from rating_rectification r
    where r.state <> 'closed' and (
      (r.contact_by < ($1::timestamptz at time zone 'Asia/Shanghai')::date - 1 and r.contacted_at is null
        and r.contact_overdue_at is null)
      or (r.rectify_by < ($1::timestamptz at time zone 'Asia/Shanghai')::date - 1 and r.replied_at is null
        and r.rectify_overdue_at is null))`,
  'addenda without a rating': `
    select a.id from rating_addendum a where not exists (select 1 from rating_given g where g.id = a.rating_id)`,
};

const everything = Object.entries(questions)
  .map(
    ([what, ids]) =>
      `select '${what}' as what, count(*)::int as count, min(id::text) as example from (${ids}) found having count(*) > 0`,
  )
  .join(' union all ');

/** Looks through all ratings for what constraints and code should have made impossible. */
@Injectable()
export class RatingIntegrityStore {
  constructor(private readonly database: Database) {}

  /** One sentence per kind of thing found wrong. */
  async check(now: Date): Promise<readonly string[]> {
    const findings = await this.database.sql<Finding>(everything, [now]);
    return findings.map(({ what, count, example }) => `${count} ${what}, such as ${example}`);
  }
}

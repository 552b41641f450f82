import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { localDate, monthOf, newId } from '@linli/kernel';

/** How large the district is. */
export const district = { subdistricts: 170, departments: 60, months: 12 } as const;

const gradeOf = `(array['verySatisfied', 'satisfied', 'fairlySatisfied', 'dissatisfied', 'veryDissatisfied'])
  [1 + least(4, floor(-ln(1 - random()) * 1.3))::int]`;

/** The months ratings are spread over, oldest first: those before the running one. */
export function monthsBefore(now: Date): string[] {
  const [year = 0, month = 1] = monthOf(localDate(now)).split('-').map(Number);
  return Array.from({ length: district.months }, (_, at) => {
    const whole = year * 12 + month - 1 - (district.months - at);
    return `${Math.floor(whole / 12)}-${String((whole % 12) + 1).padStart(2, '0')}`;
  });
}

/** Services, two of three rated, spread evenly over the months and units; then the facts they make, as a migration does. */
export async function fillRatings(db: Pool, ratings: number, months: readonly string[]): Promise<void> {
  await db.query(
    `insert into assessment_service_event (service_event_id, period, department_id, department_name, subdistrict_id,
       case_number, at, late, rating_id, grade, rated_at, rating_late)
     select uuidv7(), m, 'bd' || d, '压测部门' || d, 'bs' || s, '26' || lpad(n::text, 8, '0'),
       (m || '-10')::date, false, case when rated then uuidv7() end, case when rated then ${gradeOf} end,
       case when rated then (m || '-11')::date end, case when rated then false end
     from (select n, ($2::text[])[1 + n % $4] as m, floor(random() * $5)::int as d, floor(random() * $3)::int as s,
             random() < 0.6667 as rated
           from generate_series(1, $1::int * 3 / 2) n) made`,
    [ratings, months, district.subdistricts, months.length, district.departments],
  );
  await db.query('truncate assessment_fact');
  await db.query(
    `insert into assessment_fact (period, direction, subject_id, fact, value, subject_name)
     select period, direction, subject_id, fact, sum(amount), max(subject_name) from assessment_counted
     group by 1, 2, 3, 4`,
  );
  await db.query('vacuum analyze assessment_service_event, assessment_fact');
}

/** A key for programs of assessors. */
export async function assessorKey(db: Pool): Promise<string> {
  const key = `linli_${randomBytes(24).toString('base64url')}`;
  await db.query(
    `insert into directory_api_key (id, name, role, key_hash, created_at) values ($1, 'bench', 'assessor', $2, now())`,
    [newId(), createHash('sha256').update(key).digest()],
  );
  return key;
}

/** What a month would cost without facts kept as they come: all its ratings added up at every look. */
export const plainAggregate = `
  select department_id, count(*) filter (where not late),
    count(*) filter (where not rating_late),
    count(*) filter (where not rating_late and grade in ('verySatisfied', 'satisfied', 'fairlySatisfied'))
  from assessment_service_event where period = $1 group by 1`;

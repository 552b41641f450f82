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

const fillers = 2;
const sliceRows = 250_000;

/** Services, two of three rated, spread evenly over the months and units: rows first, indexes when all are there. */
export async function fillRatings(db: Pool, ratings: number, months: readonly string[]): Promise<void> {
  const restore = await withoutIndexes(db);
  const rows = Math.floor((ratings * 3) / 2);
  let filled = 0;
  const fill = async (): Promise<void> => {
    for (let from = filled; from < rows; from = filled) {
      filled = Math.min(rows, from + sliceRows);
      await db.query(fillSlice, [from + 1, filled, months, district.subdistricts, months.length, district.departments]);
    }
  };
  await Promise.all(Array.from({ length: fillers }, fill));
  await restore();
  await db.query('vacuum analyze assessment_service_event');
}

/** The facts of all months reckoned anew from all base rows, as a migration does; answers how many seconds it took. */
export async function reckonAll(db: Pool): Promise<number> {
  const began = performance.now();
  await db.query('truncate assessment_fact');
  await db.query(
    `insert into assessment_fact (period, direction, subject_id, fact, value, subject_name)
     select period, direction, subject_id, fact, sum(amount), max(subject_name) from assessment_counted
     group by 1, 2, 3, 4`,
  );
  const seconds = (performance.now() - began) / 1000;
  await db.query('vacuum analyze assessment_fact');
  return seconds;
}

const fillSlice = `insert into assessment_service_event (service_event_id, period, department_id, department_name,
    subdistrict_id, case_number, at, late, rating_id, grade, rated_at, rating_late)
  select uuidv7(), m, 'bd' || d, '压测部门' || d, 'bs' || s, '26' || lpad(n::text, 8, '0'),
    (m || '-10')::date, false, case when rated then uuidv7() end, case when rated then ${gradeOf} end,
    case when rated then (m || '-11')::date end, case when rated then false end
  from (select n, ($3::text[])[1 + n % $5] as m, floor(random() * $6)::int as d, floor(random() * $4)::int as s,
          random() < 0.6667 as rated
        from generate_series($1::int, $2::int) n) made`;

/** Takes the indexes of the table away, keys and all; answers what puts the same ones back. */
async function withoutIndexes(db: Pool): Promise<() => Promise<void>> {
  const table = 'assessment_service_event';
  const { rows: keys } = await db.query<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = $1::regclass and contype in ('p', 'u')`,
    [table],
  );
  const { rows: others } = await db.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = $1::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [table],
  );
  for (const { name } of keys) await db.query(`alter table ${table} drop constraint ${name}`);
  for (const { name } of others) await db.query(`drop index ${name}`);
  return async () => {
    const client = await db.connect();
    try {
      await client.query(`set maintenance_work_mem = '1GB'`);
      for (const { name, definition } of keys)
        await client.query(`alter table ${table} add constraint ${name} ${definition}`);
      for (const { definition } of others) await client.query(definition);
      await client.query('reset maintenance_work_mem');
    } finally {
      client.release();
    }
  };
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

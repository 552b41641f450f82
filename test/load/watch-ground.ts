import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { columnsOf } from './casework';
import { HttpLine } from './http-line';
import type { Stand } from './stand';

const batch = 100_000;
const timeoutMs = 30_000;
const json = { 'Content-Type': 'application/json' };

/** One officer's or resident's way to the api. */
export interface Caller {
  readonly line: HttpLine;
  readonly token: string;
}

export async function signIn(stand: Stand, path: string, body: object): Promise<Caller> {
  const line = new HttpLine(stand.ports[0] ?? 0);
  const answer = await line.request('POST', `/api/v1/login/${path}`, JSON.stringify(body), json, timeoutMs);
  if (answer.status !== 200) throw new Error(`${path} could not sign in: ${answer.status}`);
  return { line, token: (JSON.parse(answer.body) as { token: string }).token };
}

/** One request with a key of its own; refuses every answer but a good one. */
export async function post({ line, token }: Caller, path: string, body: object): Promise<Record<string, unknown>> {
  const headers = { ...json, Authorization: `Bearer ${token}`, 'Idempotency-Key': randomUUID() };
  const answer = await line.request('POST', `/api/v1/${path}`, JSON.stringify(body), headers, timeoutMs);
  if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${answer.body.slice(0, 200)}`);
  return JSON.parse(answer.body) as Record<string, unknown>;
}

/** Copies an accepted case many times over; their days lie between 30 days ago and 10 days ahead. */
export async function fillOpen(db: Pool, number: string, count: number): Promise<void> {
  const changed: Readonly<Record<string, string>> = {
    id: 'uuidv7()',
    number: `'9' || lpad(s::text, 11, '0')`,
    due_on: '(current_date - 30 + s % 40)::date',
    statutory_on: '(current_date + 30 + s % 40)::date',
  };
  const columns = await columnsOf(db, 'casework_case');
  const select = columns.map((column) => changed[column] ?? `c.${column}`).join(', ');
  for (let at = 0; at < count; at += batch)
    await db.query(
      `insert into casework_case (${columns.join(', ')})
       select ${select} from casework_case c, generate_series($2::int + 1, $3::int) s where c.number = $1`,
      [number, at, Math.min(count, at + batch)],
    );
  await db.query('vacuum analyze casework_case');
}

/** Gives the subdistrict more officers of one kind, who sign in with the same password. */
export async function moreOfficers(db: Pool, account: string, count: number): Promise<string[]> {
  const columns = await columnsOf(db, 'directory_officer');
  const changed: Readonly<Record<string, string>> = { id: 'uuidv7()', account: `c.account || '-' || s` };
  const { rows } = await db.query<{ account: string }>(
    `insert into directory_officer (${columns.join(', ')})
     select ${columns.map((column) => changed[column] ?? `c.${column}`).join(', ')}
     from directory_officer c, generate_series(1, $2::int) s where c.account = $1 returning account`,
    [account, count],
  );
  return rows.map((row) => row.account);
}

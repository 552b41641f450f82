import { Refusal } from '@linli/kernel';

/** A position in a list as an opaque cursor. */
export function cursorOf(by: string, id: string): string {
  return Buffer.from(`${by}~${id}`, 'utf8').toString('base64url');
}

/** Reads a cursor; null begins at the first row. Refuses what no list gave out. */
export function positionOf(cursor: string | null, by: RegExp, id: RegExp): { by: string; id: string } | null {
  if (cursor === null) return null;
  const [first, second, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('~');
  if (first === undefined || second === undefined || rest.length > 0 || !by.test(first) || !id.test(second))
    throw new Refusal('request.cursorInvalid');
  return { by: first, id: second };
}

/** What a query fetched (one more than asked for) as a page. */
export function pageOf<R>(
  rows: readonly R[],
  limit: number,
  cursor: (row: R) => string,
): { items: R[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursor(last) : null };
}

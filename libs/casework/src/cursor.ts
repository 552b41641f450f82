import { isUuid, Refusal } from '@linli/kernel';

/** Where a page of a list ended: the value it is sorted by, and the row's id. */
export interface Position {
  readonly by: string;
  readonly id: string;
}

/** A position as an opaque cursor. */
export function cursorOf({ by, id }: Position): string {
  return Buffer.from(`${by}~${id}`, 'utf8').toString('base64url');
}

/** Reads a cursor; null begins at the first row. Refuses what no list gave out. */
export function positionOf(cursor: string | null, by: RegExp): Position | null {
  if (cursor === null) return null;
  const [value, id, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('~');
  if (value === undefined || id === undefined || rest.length > 0 || !by.test(value) || !isUuid(id))
    throw new Refusal('request.cursorInvalid');
  return { by: value, id };
}

/** What a list query fetched (one more than asked for) as a page. */
export function pageOf<R, I>(
  rows: readonly R[],
  limit: number,
  item: (row: R) => I,
  position: (row: R) => Position,
): { items: I[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), nextCursor: rows.length > limit && last ? cursorOf(position(last)) : null };
}

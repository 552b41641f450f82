import { isUuid, Refusal } from '@linli/kernel';

/** Where a page of a list ended: the moment or day it is sorted by, and the row's id. */
export interface ListPosition {
  readonly by: string;
  readonly id: string;
}

/** One page of a list. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** Reads a cursor; null begins at the first row. Refuses what no list gave out. */
export function listPosition(cursor: string | null): ListPosition | null {
  if (cursor === null) return null;
  const [by = '', id = '', ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('~');
  if (rest.length > 0 || !/^\d{4}-\d\d-\d\d(T[\d:.]{8,12}Z)?$/.test(by) || !isUuid(id))
    throw new Refusal('request.cursorInvalid');
  if (Number.isNaN(Date.parse(by))) throw new Refusal('request.cursorInvalid');
  return { by, id };
}

/** What a list query fetched (one more than asked for) as a page. */
export function listPage<R>(rows: readonly R[], limit: number, position: (row: R) => ListPosition): Page<R> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || !last) return { items, nextCursor: null };
  const { by, id } = position(last);
  return { items, nextCursor: Buffer.from(`${by}~${id}`, 'utf8').toString('base64url') };
}

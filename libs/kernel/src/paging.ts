import { isUuid } from './ids';
import { Refusal } from './refusal';

/** Where a page of a list ended: the value it is sorted by, and what tells rows of the same value apart. */
export interface Position {
  readonly by: string;
  readonly id: string;
}

/** One page of a list; the cursor is null on the last one. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** What half of a position must look like; a regular expression is one. */
export interface Shape {
  test(text: string): boolean;
}

const isDate = (text: string): boolean => !Number.isNaN(Date.parse(text));

/** Shapes of what lists are sorted by. */
export const daySorted: Shape = { test: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isDate(text) };
export const instantSorted: Shape = {
  test: (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && isDate(text),
};
const uuid: Shape = { test: isUuid };

/** A position as an opaque cursor. */
export function cursorOf({ by, id }: Position): string {
  return Buffer.from(`${by}~${id}`, 'utf8').toString('base64url');
}

/** Reads a cursor; null begins at the first row. Refuses what no list gave out. */
export function positionOf(cursor: string | null, by: Shape, id: Shape = uuid): Position | null {
  if (cursor === null) return null;
  const [value, row, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('~');
  if (value === undefined || row === undefined || rest.length > 0 || !by.test(value) || !id.test(row))
    throw new Refusal('request.cursorInvalid');
  return { by: value, id: row };
}

/** What a list query fetched (one more than asked for) as a page. */
export function pageOf<R, I>(
  rows: readonly R[],
  limit: number,
  item: (row: R) => I,
  position: (row: R) => Position,
): Page<I> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), nextCursor: rows.length > limit && last ? cursorOf(position(last)) : null };
}

/** The same, of rows that are shown as they are. */
export function wholePageOf<R>(rows: readonly R[], limit: number, position: (row: R) => Position): Page<R> {
  return pageOf(rows, limit, (row) => row, position);
}

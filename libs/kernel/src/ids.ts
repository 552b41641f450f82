import { v7 } from 'uuid';

/** A new UUIDv7: time-ordered, so that index inserts stay at the right edge. */
export function newId(): string {
  return v7();
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether the text is a UUID; asked before a column of that type is queried with it. */
export function isUuid(text: string): boolean {
  return uuidShape.test(text);
}

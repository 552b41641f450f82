/** What no spreadsheet and no XML can carry. */
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]/g;

function tidyText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unprintable, '').trim();
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === 0;
}

/**
 * A value without its empty places, stray spaces and unprintable characters, with its keys in one fixed order, so that
 * equal contents have equal texts whichever kind of file they came in.
 */
export function tidy(value: unknown): unknown {
  if (typeof value === 'string') return tidyText(value);
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const keys = Object.keys(value).sort();
  const pairs = keys.map((key) => [key, tidy((value as Record<string, unknown>)[key])] as const);
  return Object.fromEntries(pairs.filter(([, one]) => !isEmpty(one)));
}

/** The one JSON text of a content. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(tidy(value));
}

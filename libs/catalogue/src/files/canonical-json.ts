/** A value without its empty places and with its keys in one fixed order, so that equal contents have equal texts. */
export function tidy(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept.map(([key, one]) => [key, tidy(one)]));
}

/** The one JSON text of a content. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(tidy(value));
}

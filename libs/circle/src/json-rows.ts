import { Refusal } from '@linli/kernel';
import { rowOf, type FileRow } from './file-row';

/**
 * Rows of a JSON file: an array of objects, or an object with the array under `places` or `residences` and what holds for
 * all rows (`coordinateSystem`, `timezone`) beside it. Lists are joined as a spreadsheet would hold them.
 */
export function rowsOfJson(json: unknown): FileRow[] {
  const file = isObject(json) ? json : {};
  const list = Array.isArray(json) ? (json as unknown[]) : (file['places'] ?? file['residences']);
  if (!Array.isArray(list))
    throw new Refusal('circle.fileInvalid', [
      { at: 'file', problem: 'must be an array of places, or an object with "places" or "residences"' },
    ]);
  const shared = cellsOf(Object.fromEntries(Object.entries(file).filter(([, value]) => typeof value === 'string')));
  return (list as unknown[]).map((one, index) =>
    rowOf(`row ${index + 1}`, { ...shared, ...cellsOf(isObject(one) ? one : {}) }),
  );
}

function cellsOf(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([name, value]) => [name, cellOf(value)] as const)
      .filter(([, text]) => text !== ''),
  );
}

function cellOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(cellOf).join('|');
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

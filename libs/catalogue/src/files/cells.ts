import type { Cell } from '@linli/platform';
import { civilDate, datesToldAs } from './civil-date';
import type { Column } from './columns';

/** A cell read by its column, or why it cannot be. */
export type ReadCell = { readonly value: unknown } | { readonly problem: string };

const yes = new Set(['true', 'yes', '1', '是', '有']);
const no = new Set(['false', 'no', '0', '否', '无']);
// Beyond 15 digits a spreadsheet's number has lost what it was.
const exact = 999_999_999_999_999;

/** Reads a cell that is not empty. */
export function readCell({ kind }: Column, cell: Cell): ReadCell {
  switch (kind) {
    case 'date':
      return readDate(cell);
    case 'integer':
      return readInteger(cell);
    case 'yesNo':
      return readYesNo(cell);
    case 'list':
      return withText(cell, (text) => ({ value: text === '[]' ? [] : splitList(text) }));
    case 'json':
      return withText(cell, readJson);
    case 'text':
      return withText(cell, (value) => ({ value }));
  }
}

function withText(cell: Cell, read: (text: string) => ReadCell): ReadCell {
  if (cell instanceof Date) return { problem: 'is a date where a text belongs: format the cell as text' };
  if (typeof cell === 'number' && Math.abs(cell) > exact)
    return { problem: 'is a number of more than 15 digits, which spreadsheets round: format the cell as text first' };
  return read(String(cell));
}

function readDate(cell: Cell): ReadCell {
  const value = civilDate(cell);
  const told = cell instanceof Date ? '' : `"${cell}" `;
  return value ? { value } : { problem: `${told}is no date: write one as ${datesToldAs}` };
}

function readInteger(cell: Cell): ReadCell {
  const text = cell instanceof Date ? '' : String(cell).trim();
  return /^-?\d{1,9}(\.0+)?$/.test(text) ? { value: Number(text) } : { problem: `"${text}" is no whole number` };
}

function readYesNo(cell: Cell): ReadCell {
  const text = cell instanceof Date ? '' : String(cell).trim().toLowerCase();
  if (yes.has(text)) return { value: true };
  return no.has(text) ? { value: false } : { problem: `"${text}" is neither true nor false (是, 否)` };
}

function readJson(text: string): ReadCell {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? { value } : { problem: 'must be a JSON list: [ {…}, {…} ]' };
  } catch (error) {
    return { problem: `is not JSON: ${(error as Error).message}` };
  }
}

/** Splits `a|b` into its parts; `\|` is a bar that belongs to a part and `\\` a backslash. */
export function splitList(text: string): string[] {
  if (!text.includes('\\')) return text.split('|').flatMap(part);
  const parts: string[] = [];
  let current = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === '|') {
      parts.push(current);
      current = '';
    } else if (char === '\\' && (next === '|' || next === '\\' || next === '[')) {
      current += next;
      at += 1;
    } else current += char;
  }
  parts.push(current);
  return parts.flatMap(part);
}

function part(text: string): string[] {
  const told = text.trim();
  return told === '' ? [] : [told];
}

/** The reverse of `splitList`. */
export function joinList(parts: readonly string[]): string {
  const text = parts.map((one) => one.replace(/[\\|]/g, '\\$&')).join('|');
  return text === '[]' ? '\\[]' : text;
}

/** Writes a field into its cell; what is left out is an empty cell. */
export function writeCell({ kind, isNeverAbsent }: Column, value: unknown): string | number | boolean {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    if (value.length === 0) return isNeverAbsent ? '' : '[]';
    return kind === 'list' ? joinList(value.map(String)) : JSON.stringify(value);
  }
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  return JSON.stringify(value);
}

import type { RefusalDetail } from '@linli/kernel';
import type { Cell, TableRecord } from '@linli/platform';
import { codeOf, tableNamed, wordOf, type CodeTables } from '../codes/code-table';

/** How one foreign column becomes one of ours. */
export interface MappedColumn {
  readonly from: string;
  readonly to: string;
  /** The file may lack it, and its cells may be empty. */
  readonly optional?: boolean;
  /** Table by which its codes are read: `itemType.sichuan`. */
  readonly codes?: string;
  /** Table in whose codes or words the value is written instead of ours. */
  readonly written?: string;
  readonly as?: 'slug' | 'levelOfArea' | 'list';
  /** Values that say nothing. */
  readonly skip?: readonly string[];
}

/** How a foreign file becomes catalogue entries: data, kept in `config/catalogue/mappings`. */
export interface Mapping {
  readonly name: string;
  readonly columns: readonly MappedColumn[];
  /** Our columns that are the same everywhere; `{name}` stands for a foreign column. */
  readonly constants: Readonly<Record<string, string>>;
  readonly ignored: readonly string[];
  /** Departments the directory lacks are added at this level, out of service; without it they are refused. */
  readonly newDepartments?: 'city' | 'district' | 'subdistrict';
}

/** A short name for ids and addresses: `511Z-00 A` becomes `511z-00-a`. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** 行使层级 from the code of an area: the finest part that is not zero. */
export function levelOfArea(code: string): string | null {
  if (!/^\d{6}(\d{3}|\d{6})?$/.test(code)) return null;
  const whole = code.padEnd(12, '0');
  if (whole.slice(9) !== '000') return 'community';
  if (whole.slice(6, 9) !== '000') return 'subdistrict';
  if (whole.slice(4, 6) !== '00') return 'county';
  if (whole.slice(2, 4) !== '00') return 'city';
  return whole.startsWith('00') ? 'state' : 'province';
}

type Value = { readonly value: string } | { readonly problem: string };

function valueOf(column: MappedColumn, text: string, tables: CodeTables): Value {
  if (column.codes !== undefined) return decoded(column, column.codes, text, tables);
  if (column.as === 'slug') {
    const value = slugOf(text);
    return value === '' ? { problem: `"${text}" has no letter or digit an id could be made of` } : { value };
  }
  if (column.as === 'levelOfArea') {
    const value = levelOfArea(text);
    return value === null ? { problem: `"${text}" is no code of an area: 6, 9 or 12 digits` } : { value };
  }
  return { value: column.as === 'list' ? text.replace(/[\^,，、;；]/g, '|') : text };
}

function decoded(column: MappedColumn, name: string, text: string, tables: CodeTables): Value {
  const table = tableNamed(tables, name);
  const codes = column.as === 'list' ? text.split(/[\^|,，、]/) : [text];
  const words = codes.map((code) => (table === null ? null : wordOf(table, code)));
  const unknown = codes.find((_, index) => words[index] === null);
  if (unknown !== undefined)
    return { problem: `"${unknown}" is no code of ${name}: mend it, or add it to the code tables` };
  const writtenIn = column.written === undefined ? null : tableNamed(tables, column.written);
  return { value: words.map((word) => (writtenIn ? (codeOf(writtenIn, word ?? '') ?? '') : (word ?? ''))).join('|') };
}

/** A foreign row as a row of ours, with what is wrong named by both columns. */
export function applyMapping(
  mapping: Mapping,
  tables: CodeTables,
  source: TableRecord,
): { record: TableRecord; problems: RefusalDetail[] } {
  const record = new Map<string, Cell>();
  const problems: RefusalDetail[] = [];
  for (const column of mapping.columns) {
    const text = String(source.get(column.from) ?? '').trim();
    if (text === '' || column.skip?.includes(text)) {
      if (text === '' && !column.optional) problems.push({ at: column.from, problem: 'is empty: fill it in' });
      continue;
    }
    const read = valueOf(column, text, tables);
    if ('problem' in read) problems.push({ at: `${column.from} (${column.to})`, problem: read.problem });
    else record.set(column.to, read.value);
  }
  for (const [name, template] of Object.entries(mapping.constants))
    record.set(
      name,
      template.replace(/\{([^{}]+)\}/g, (_, from: string) => String(source.get(from) ?? '').trim()),
    );
  return { record, problems };
}

/** What is wrong with the header of a foreign file. */
export function foreignHeaderProblems(mapping: Mapping, header: readonly string[]): RefusalDetail[] {
  const problems: RefusalDetail[] = [];
  const seen = new Set<string>();
  const known = new Set([...mapping.columns.map((column) => column.from), ...mapping.ignored]);
  header.forEach((name, index) => {
    const at = `header, column ${index + 1}`;
    if (seen.has(name)) problems.push({ at, problem: `"${name}" stands there twice: delete one` });
    else if (!known.has(name))
      problems.push({ at, problem: `"${name}" is not in the mapping ${mapping.name}: map it or list it as ignored` });
    seen.add(name);
  });
  const missing = mapping.columns.filter((column) => !column.optional && !seen.has(column.from));
  for (const from of new Set(missing.map((column) => column.from)))
    problems.push({
      at: 'header',
      problem: `the column "${from}" is missing, which the mapping ${mapping.name} reads`,
    });
  return problems;
}

import type { RefusalDetail } from '@linli/kernel';
import { tableNamed, type CodeTables } from '../codes/code-table';
import { columnNamed, columns } from '../files/columns';
import type { MappedColumn, Mapping } from './mapping';

const levels = ['city', 'district', 'subdistrict'] as const;
const ways = ['slug', 'levelOfArea', 'list'] as const;
const columnKeys = new Set(['from', 'to', 'optional', 'codes', 'written', 'as', 'skip']);
const fileKeys = new Set(['name', 'columns', 'constants', 'ignored', 'newDepartments']);

type Told = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Told {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

class Reading {
  readonly problems: RefusalDetail[] = [];

  constructor(private readonly tables: CodeTables) {}

  /** Notes a problem unless the condition holds. */
  demand(holds: boolean, at: string, problem: string): void {
    if (!holds) this.problems.push({ at, problem });
  }

  table(at: string, name: unknown): void {
    if (name === undefined) return;
    const isKnown = typeof name === 'string' && tableNamed(this.tables, name) !== null;
    this.demand(isKnown, at, `${JSON.stringify(name)} is no code table: see config/catalogue/code-tables.json`);
  }

  keys(at: string, value: Told, known: ReadonlySet<string>): void {
    for (const key of Object.keys(value))
      this.demand(known.has(key), `${at}${key}`, 'is no key of a mapping: delete it');
  }
}

function readColumn(reading: Reading, at: string, column: unknown): void {
  if (!isObject(column)) return reading.demand(false, at, 'must be an object with from and to');
  const { from, to, optional, codes, written, as, skip } = column;
  reading.keys(`${at}.`, column, columnKeys);
  reading.demand(typeof from === 'string' && from !== '', `${at}.from`, 'must name a column of the foreign file');
  const isOurs = typeof to === 'string' && columnNamed(to) !== undefined;
  reading.demand(isOurs, `${at}.to`, `"${String(to)}" is no column of ours`);
  reading.demand(optional === undefined || typeof optional === 'boolean', `${at}.optional`, 'must be true or false');
  reading.demand(skip === undefined || isTexts(skip), `${at}.skip`, 'must be a list of texts');
  const isWay = as === undefined || ways.some((one) => one === as);
  reading.demand(isWay, `${at}.as`, `must be one of ${ways.join(', ')}`);
  reading.table(`${at}.codes`, codes);
  reading.table(`${at}.written`, written);
}

/** Reads a mapping file's JSON, with every problem by its place. */
export function readMapping(json: unknown, tables: CodeTables): { mapping: Mapping; problems: RefusalDetail[] } {
  const reading = new Reading(tables);
  const told: Told = isObject(json) ? json : {};
  reading.demand(isObject(json), 'mapping', 'must be one JSON object');
  reading.keys('', told, fileKeys);
  const { name, columns: mapped, constants = {}, ignored = [], newDepartments } = told;
  reading.demand(typeof name === 'string' && name !== '', 'name', 'must be a text');
  const list: readonly unknown[] = Array.isArray(mapped) ? mapped : [];
  reading.demand(list.length > 0, 'columns', 'must be a list of columns');
  list.forEach((column, index) => readColumn(reading, `columns[${index}]`, column));
  reading.demand(isTexts(ignored), 'ignored', 'must be a list of texts');
  const isLevel = newDepartments === undefined || levels.some((one) => one === newDepartments);
  reading.demand(isLevel, 'newDepartments', `must be one of ${levels.join(', ')}`);
  const areTexts = isObject(constants) && isTexts(Object.values(constants));
  reading.demand(areTexts, 'constants', 'must be an object of texts');
  const targets = [
    ...list.map((column) => (isObject(column) ? column['to'] : '')),
    ...Object.keys(constants as object),
  ];
  for (const key of Object.keys(constants as object))
    reading.demand(columnNamed(key) !== undefined, `constants.${key}`, 'is no column of ours');
  for (const { name: column, required } of columns)
    if (required) reading.demand(targets.includes(column), 'columns', `nothing is mapped to "${column}"`);
  const twice = targets.find((to, index) => targets.indexOf(to) !== index);
  reading.demand(twice === undefined, 'columns', `two columns are mapped to "${String(twice)}"`);
  const mapping = { name, columns: list as readonly MappedColumn[], constants, ignored, newDepartments } as Mapping;
  return { mapping, problems: reading.problems };
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { RefusalDetail } from '@linli/kernel';
import type { DirectoryService, NewDepartment } from '@linli/directory';
import { jsonRows, openCatalogueFile, type CatalogueShape } from './files/catalogue-file.service';
import { columns } from './files/columns';
import { headerProblems, type FileRow } from './files/record';
import { applyMapping, foreignHeaderProblems } from './mapping/mapping';
import { loadCodeTables, loadMapping } from './mapping/mapping-file.store';
import { RowCheck, type RowFinding } from './row-check';

/** A good row of a file, written out as it will be kept. */
export interface ReadRow {
  readonly id: string;
  /** `line 12`, `row 12`. */
  readonly place: string;
  readonly departmentId: string;
  /** Canonical JSON of the entry. */
  readonly content: string;
  /** SHA-256 of the content. */
  readonly hash: Buffer;
  /** Whether its guide tells all that must be public. */
  readonly isComplete: boolean;
}

/** A file read to its end. */
export interface ReadFile {
  readonly total: number;
  readonly good: readonly ReadRow[];
  readonly bad: readonly RefusalDetail[];
  readonly findings: readonly RowFinding[];
  /** Departments of good rows the directory lacks. */
  readonly newDepartments: readonly NewDepartment[];
  /** How it was read, where that is worth knowing. */
  readonly notes: readonly string[];
  /** SHA-256 of its bytes, in hex. */
  readonly digest: string;
}

export interface ReadingOptions {
  /** Name or path of a mapping, for a file with other columns. */
  readonly mapping?: string;
  /** Whether a power whose guide leaves out one of the six public fields is refused, or told. */
  readonly six: 'refused' | 'told';
}

/** Told how much of the whole is done, in percent. */
export type OnProgress = (percent: number) => void;

type Draftless = Omit<ReadRow, 'departmentId'> & { readonly department: string };

const known = new Set(columns.map((column) => column.name));
// Reading and checking take most of the time; the rest is left to writing.
const readingShare = 85;

/** Reads catalogue files row by row: of those that are good only their text is kept. */
export class FileReading {
  constructor(private readonly directory: DirectoryService) {}

  /** Reads a file in JSON, CSV or XLSX. */
  async file(path: string, options: ReadingOptions, onProgress: OnProgress): Promise<ReadFile> {
    const tables = loadCodeTables();
    const mapping = options.mapping === undefined ? null : loadMapping(options.mapping, tables);
    const file = await openCatalogueFile(path);
    const names = mapping ? new Set(mapping.columns.map((column) => column.from)) : known;
    const shape: CatalogueShape = {
      isHeader: (header) => header.filter((name) => names.has(name)).length > 1,
      checkHeader: (header) => (mapping ? foreignHeaderProblems(mapping, header) : headerProblems(header)),
    };
    const rows = file.rows(shape, (bytes) => onProgress(Math.floor((bytes / file.size) * readingShare)));
    const translate =
      mapping && ((record: Parameters<typeof applyMapping>[2]) => applyMapping(mapping, tables, record));
    const level = mapping?.newDepartments ?? null;
    const read = await this.rows(rows, (departments) => new RowCheck({ ...options, departments, translate }), level);
    return { ...read, notes: file.notes, digest: await digestOf(path) };
  }

  /** Reads a catalogue in JSON that is at hand. */
  async text(text: string, options: ReadingOptions): Promise<ReadFile> {
    const check = (departments: Names): RowCheck => new RowCheck({ ...options, departments, translate: null });
    const digest = createHash('sha256').update(text).digest('hex');
    return { ...(await this.rows(jsonRows([text]), check, null)), notes: [], digest };
  }

  private async rows(
    rows: AsyncIterable<FileRow>,
    checking: (departments: Names) => RowCheck,
    level: NewDepartment['level'] | null,
  ): Promise<Omit<ReadFile, 'notes' | 'digest'>> {
    const departments = new Map((await this.directory.allDepartments()).map((one) => [one.name, one.id]));
    const { good, ...read } = await check(rows, checking(level ? everyName : departments));
    const newDepartments = level ? missingDepartments(good, departments, level) : [];
    for (const { id, name } of newDepartments) departments.set(name, id);
    const placed = good.map(({ department, ...row }) => ({ ...row, departmentId: departments.get(department) ?? '' }));
    return { ...read, good: placed, newDepartments };
  }
}

interface Names {
  has(name: string): boolean;
}

/** A mapping that adds departments takes any name. */
const everyName: Names = { has: (name) => name.length > 0 };

async function check(
  rows: AsyncIterable<FileRow>,
  rowCheck: RowCheck,
): Promise<Pick<ReadFile, 'total' | 'bad' | 'findings'> & { readonly good: readonly Draftless[] }> {
  const good: Draftless[] = [];
  const bad: RefusalDetail[] = [];
  const findings: RowFinding[] = [];
  let total = 0;
  for await (const row of rows) {
    if (row.json !== undefined || row.record !== undefined) total += 1;
    const { entry, problems, findings: found, isComplete } = rowCheck.check(row);
    bad.push(...problems);
    findings.push(...found);
    if (!entry) continue;
    // A good row was tidied when it was read.
    const content = JSON.stringify(entry);
    const hash = createHash('sha256').update(content).digest();
    good.push({ id: entry.id, place: row.place, department: entry.department, content, hash, isComplete });
  }
  return { good, bad, findings, total };
}

/** Departments the directory lacks, under ids that follow from their names. */
function missingDepartments(
  good: readonly Draftless[],
  known: ReadonlyMap<string, string>,
  level: NewDepartment['level'],
): NewDepartment[] {
  const names = new Set(good.map((one) => one.department).filter((name) => !known.has(name)));
  return [...names].map((name) => {
    const digest = createHash('sha256').update(name).digest('hex');
    return { id: `imported-${digest.slice(0, 12)}`, name, level };
  });
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) hash.update(bytes);
  return hash.digest('hex');
}

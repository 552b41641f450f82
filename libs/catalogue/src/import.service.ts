import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RefusalDetail } from '@linli/kernel';
import { DirectoryService, type NewDepartment } from '@linli/directory';
import { Database } from '@linli/platform';
import { CatalogueService } from './catalogue.service';
import { jsonRows, openCatalogueFile, type CatalogueShape } from './files/catalogue-file.service';
import { canonicalJson } from './files/canonical-json';
import { columns } from './files/columns';
import { headerProblems, type FileRow } from './files/record';
import { applyMapping, foreignHeaderProblems, type Mapping } from './mapping/mapping';
import { loadCodeTables, loadMapping } from './mapping/mapping-file.store';
import { RowCheck, type RowFinding, type Translate } from './row-check';

/** What an import did, or would do. */
export interface ImportReport {
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Every bad row: `line 12 (idcard), guide.committedLimit`. */
  readonly bad: readonly RefusalDetail[];
  readonly skipped: number;
  /** Warnings and advice on the rows taken. */
  readonly findings: readonly RowFinding[];
  /** Names of departments added out of service. */
  readonly newDepartments: readonly string[];
  /** How the file was read, where that is worth knowing. */
  readonly notes: readonly string[];
}

export interface ImportOptions {
  /** Report only. */
  readonly dryRun: boolean;
  /** Import the good rows although others are bad. */
  readonly skipBad: boolean;
  /** Name or path of a mapping, for a file with other columns. */
  readonly mapping?: string;
}

/** Told how much of the whole is done, in percent. */
export type OnProgress = (percent: number) => void;

interface Prepared {
  readonly id: string;
  readonly department: string;
  readonly content: string;
  readonly hash: Buffer;
}

interface Checked {
  readonly good: readonly Prepared[];
  readonly bad: readonly RefusalDetail[];
  readonly findings: readonly RowFinding[];
  readonly total: number;
}

const known = new Set(columns.map((column) => column.name));
// Reading and checking take most of the time; the rest is left to writing.
const readingShare = 85;

/** Catalogue files: taken whole or not at all. */
@Injectable()
export class ImportService {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryService,
    private readonly catalogue: CatalogueService,
  ) {}

  /**
   * Imports and publishes a file in JSON, CSV or XLSX. Refuses the whole file when any row is bad, unless asked to skip;
   * a row equal to what is published makes no new version.
   */
  async importFile(
    path: string,
    options: ImportOptions,
    onProgress: OnProgress = () => undefined,
  ): Promise<ImportReport> {
    const tables = loadCodeTables();
    const mapping = options.mapping === undefined ? null : loadMapping(options.mapping, tables);
    const file = await openCatalogueFile(path);
    const names = mapping ? new Set(mapping.columns.map((column) => column.from)) : known;
    const shape: CatalogueShape = {
      isHeader: (header) => header.filter((name) => names.has(name)).length > 1,
      checkHeader: (header) => (mapping ? foreignHeaderProblems(mapping, header) : headerProblems(header)),
    };
    const rows = file.rows(shape, (bytes) => onProgress(Math.floor((bytes / file.size) * readingShare)));
    const translate: Translate | null = mapping && ((record) => applyMapping(mapping, tables, record));
    const report = await this.take(rows, options, { mapping, translate, notes: file.notes });
    onProgress(100);
    return report;
  }

  /** Imports and publishes a catalogue in JSON that is at hand. */
  async import(text: string, options: ImportOptions): Promise<ImportReport> {
    return this.take(jsonRows([text]), options, { mapping: null, translate: null, notes: [] });
  }

  private async take(
    rows: AsyncIterable<FileRow>,
    { dryRun, skipBad }: ImportOptions,
    { mapping, translate, notes }: { mapping: Mapping | null; translate: Translate | null; notes: readonly string[] },
  ): Promise<ImportReport> {
    const departments = new Map((await this.directory.allDepartments()).map((one) => [one.name, one.id]));
    const level = mapping?.newDepartments;
    const { good, bad, findings, total } = await check(rows, level ? everyName : departments, translate);
    if (bad.length > 0 && !skipBad) {
      const nothing = { added: 0, changed: 0, unchanged: 0, skipped: 0 };
      return { total, ...nothing, bad, findings, newDepartments: [], notes };
    }
    const fresh = level ? missingDepartments(good, departments, level) : [];
    for (const { id, name } of fresh) departments.set(name, id);
    const entries = good.map((one) => ({ ...one, departmentId: departments.get(one.department) ?? '' }));
    const counts = await this.database.transact(async (tx) => {
      if (fresh.length > 0 && !dryRun) await this.directory.addInactiveDepartments(tx, fresh);
      return this.catalogue.publish(tx, entries, dryRun);
    });
    const newDepartments = fresh.map((one) => one.name);
    return { total, ...counts, bad, skipped: total - good.length, findings, newDepartments, notes };
  }
}

/** A mapping that adds departments takes any name. */
const everyName = { has: (name: string) => name.length > 0 };

/** Reads all rows to the end; of those that are good only their text is kept. */
async function check(
  rows: AsyncIterable<FileRow>,
  departments: { has(name: string): boolean },
  translate: Translate | null,
): Promise<Checked> {
  const rowCheck = new RowCheck({ departments, translate });
  const good: Prepared[] = [];
  const bad: RefusalDetail[] = [];
  const findings: RowFinding[] = [];
  let total = 0;
  for await (const row of rows) {
    if (row.json !== undefined || row.record !== undefined) total += 1;
    const { entry, problems, findings: found } = rowCheck.check(row);
    bad.push(...problems);
    findings.push(...found);
    if (!entry) continue;
    const content = canonicalJson(entry);
    const hash = createHash('sha256').update(content).digest();
    good.push({ id: entry.id, department: entry.department, content, hash });
  }
  return { good, bad, findings, total };
}

/** Departments the directory lacks, under ids that follow from their names. */
function missingDepartments(
  good: readonly Prepared[],
  known: ReadonlyMap<string, string>,
  level: NewDepartment['level'],
): NewDepartment[] {
  const names = new Set(good.map((one) => one.department).filter((name) => !known.has(name)));
  return [...names].map((name) => {
    const digest = createHash('sha256').update(name).digest('hex');
    return { id: `imported-${digest.slice(0, 12)}`, name, level };
  });
}

import { Injectable } from '@nestjs/common';
import type { RefusalDetail } from '@linli/kernel';
import { DirectoryService } from '@linli/directory';
import { Database } from '@linli/platform';
import { CatalogueService, type PublishedCounts } from './catalogue.service';
import { FileReading, type OnProgress, type ReadFile } from './file-reading.service';
import type { RowFinding } from './row-check';

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
  /** Who imports, for the audit trail: the account on the machine. */
  readonly importer: string;
}

/** Catalogue files published by an operator: taken whole or not at all. */
@Injectable()
export class ImportService {
  private readonly reading: FileReading;

  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryService,
    private readonly catalogue: CatalogueService,
  ) {
    this.reading = new FileReading(directory);
  }

  /**
   * Imports and publishes a file in JSON, CSV or XLSX. Refuses the whole file when any row is bad, unless asked to skip;
   * a row equal to what is published makes no new version. A power whose guide leaves out one of the six public fields
   * is bad; a power without any guide is taken, and stands in no public list.
   */
  async importFile(
    path: string,
    options: ImportOptions,
    onProgress: OnProgress = () => undefined,
  ): Promise<ImportReport> {
    const report = await this.publish(
      await this.reading.file(path, { ...options, six: 'refused' }, onProgress),
      options,
    );
    onProgress(100);
    return report;
  }

  /** Imports and publishes a catalogue in JSON that is at hand. */
  async import(text: string, options: ImportOptions): Promise<ImportReport> {
    return this.publish(await this.reading.text(text, { six: 'refused' }), options);
  }

  private async publish(read: ReadFile, { dryRun, skipBad, importer }: ImportOptions): Promise<ImportReport> {
    const { good, bad, digest, newDepartments } = read;
    if (bad.length > 0 && !skipBad) return reportOf(read, null);
    const by = { importer, digest };
    const counts = await this.database.transact(async (tx) => {
      if (newDepartments.length > 0 && !dryRun) await this.directory.addInactiveDepartments(tx, newDepartments);
      return this.catalogue.publish(tx, good, { dryRun, by });
    });
    return reportOf(read, counts);
  }
}

/** The report of a file that was read, and taken as counted; null when nothing of it was taken. */
export function reportOf(read: ReadFile, counts: PublishedCounts | null): ImportReport {
  const { total, bad, findings, notes } = read;
  const told = { total, bad, findings, notes };
  if (!counts) return { ...told, added: 0, changed: 0, unchanged: 0, skipped: 0, newDepartments: [] };
  const { added, changed, unchanged } = counts;
  const newDepartments = read.newDepartments.map((one) => one.name);
  return { ...told, added, changed, unchanged, skipped: total - added - changed - unchanged, newDepartments };
}

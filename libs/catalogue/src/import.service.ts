import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal, type RefusalDetail } from '@linli/kernel';
import { DirectoryService } from '@linli/directory';
import { Database } from '@linli/platform';
import { CatalogueService, type PreparedEntry } from './catalogue.service';
import { readEntry } from './entry-file';
import { canonicalJson } from './files/canonical-json';
import { elementLines } from './json-lines';

/** What an import did, or would do. */
export interface ImportReport {
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Every bad row: `line 12 (idcard), guide.committedLimit`. */
  readonly bad: readonly RefusalDetail[];
  readonly skipped: number;
}

export interface ImportOptions {
  /** Report only. */
  readonly dryRun: boolean;
  /** Import the good rows although others are bad. */
  readonly skipBad: boolean;
}

/** Catalogue files: taken whole or not at all. */
@Injectable()
export class ImportService {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryService,
    private readonly catalogue: CatalogueService,
  ) {}

  /**
   * Imports and publishes a catalogue file (JSON). Refuses the whole file when any row is bad, unless asked to skip;
   * a row equal to what is published makes no new version.
   */
  async import(text: string, options: ImportOptions): Promise<ImportReport> {
    const { good, bad, total } = await this.check(text);
    if (bad.length > 0 && !options.skipBad) {
      return { total, added: 0, changed: 0, unchanged: 0, bad, skipped: 0 };
    }
    const counts = await this.database.transact((tx) => this.catalogue.publish(tx, good, options.dryRun));
    return { total, ...counts, bad, skipped: total - good.length };
  }

  private async check(text: string): Promise<{ good: PreparedEntry[]; bad: RefusalDetail[]; total: number }> {
    let rows: unknown;
    try {
      rows = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch (error) {
      throw new Refusal('catalogue.invalid', [{ at: 'file', problem: `is not JSON: ${(error as Error).message}` }]);
    }
    if (!Array.isArray(rows))
      throw new Refusal('catalogue.invalid', [{ at: 'file', problem: 'must be a JSON array of entries' }]);
    const lines = elementLines(text);
    const departments = new Map((await this.directory.departments()).map((one) => [one.name, one.id]));
    const names = new Set(departments.keys());
    const seen = new Map<string, number>();
    const good: PreparedEntry[] = [];
    const bad: RefusalDetail[] = [];
    rows.forEach((row, index) => {
      const line = lines[index] ?? 0;
      const { entry, problems } = readEntry(row, names);
      const earlier = seen.get(entry.id);
      if (earlier !== undefined)
        problems.push({ at: 'id', problem: `"${entry.id}" stands already on line ${earlier}` });
      else seen.set(entry.id, line);
      bad.push(
        ...problems.map(({ at, problem }) => ({
          at: `line ${line}${entry.id ? ` (${entry.id})` : ''}, ${at}`,
          problem,
        })),
      );
      if (problems.length > 0) return;
      const content = canonicalJson(entry);
      const hash = createHash('sha256').update(content).digest();
      good.push({ id: entry.id, departmentId: departments.get(entry.department) ?? '', content, hash });
    });
    return { good, bad, total: rows.length };
  }
}

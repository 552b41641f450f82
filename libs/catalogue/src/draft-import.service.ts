import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import { newId, type RefusalDetail } from '@linli/kernel';
import { DirectoryService } from '@linli/directory';
import { appendAudit, Clock, Database, together, type Tx } from '@linli/platform';
import type { PublishedCounts } from './catalogue.service';
import type { CatalogueFileEntry } from './entry-file';
import { FileReading, type OnProgress, type ReadFile, type ReadRow } from './file-reading.service';
import { canonicalJson } from './files/canonical-json';
import { reportOf, type ImportOptions, type ImportReport } from './import.service';
import { located } from './row-check';
import type { Draft, Writing } from './versions/draft';
import { ImportRunStore } from './bulk/import-run.store';
import { DraftStore, type Taken } from './versions/draft.store';
import { begin, submit } from './versions/life';
import { entriesStanding, type StandingEntry } from './versions/publication.store';
import { mayWrite, type Writer } from './versions/reach';

export interface DraftImportOptions extends ImportOptions {
  /** The officer in whose name the drafts are written; another must review them. */
  readonly officer: Writer;
}

/** What an import did, and the run its drafts are reviewed by. */
export interface DraftImportReport extends ImportReport {
  /** Null when it brought nothing new. */
  readonly runId: string | null;
}

/** What is known of an entry before a row of it becomes a draft. */
interface Known {
  readonly standing: StandingEntry | undefined;
  readonly open: Draft | undefined;
}

/** A row that becomes a draft; its words stay a text until they are written, since there may be many. */
interface FreshRow {
  readonly row: ReadRow;
  readonly baseVersion: number | null;
}

type Sorted = 'unchanged' | FreshRow | { readonly problem: RefusalDetail };

/** Rows read or written with one statement. */
const batchSize = 500;

/** Catalogue files as drafts: what an operator brings is reviewed by an officer before it is public. */
@Injectable()
export class DraftImport {
  private readonly reading: FileReading;

  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryService,
    private readonly drafts: DraftStore,
    private readonly runs: ImportRunStore,
    private readonly clock: Clock,
  ) {
    this.reading = new FileReading(directory);
  }

  /**
   * Enters a draft for every row that differs from what is published, whole or not at all. What tells all that must be
   * public is handed over for review; the rest waits for its author. The same file again changes nothing.
   */
  async importFile(
    path: string,
    options: DraftImportOptions,
    onProgress: OnProgress = () => undefined,
  ): Promise<DraftImportReport> {
    const read = await this.reading.file(path, { ...options, six: 'told' }, onProgress);
    const report = await this.database.transact((tx) => this.take(tx, basename(path), read, options));
    onProgress(100);
    return report;
  }

  private async take(
    tx: Tx,
    fileName: string,
    read: ReadFile,
    options: DraftImportOptions,
  ): Promise<DraftImportReport> {
    const { dryRun, skipBad, officer } = options;
    const sorted = await this.sort(tx, read.good, officer);
    const bad = [...read.bad, ...sorted.flatMap((one) => (isObject(one) && 'problem' in one ? [one.problem] : []))];
    if (bad.length > 0 && !skipBad) return { ...reportOf({ ...read, bad }, null), runId: null };
    const fresh = sorted.flatMap((one) => (isObject(one) && 'row' in one ? [one] : []));
    const added = fresh.filter(({ baseVersion }) => baseVersion === null).length;
    const unchanged = sorted.filter((one) => one === 'unchanged').length;
    const counts = { added, changed: fresh.length - added, unchanged };
    const runId = !dryRun && fresh.length > 0 ? newId() : null;
    if (runId !== null) await this.write(tx, read, fresh, { ...options, fileName, runId }, counts);
    return { ...reportOf({ ...read, bad }, counts), runId };
  }

  private async sort(tx: Tx, rows: readonly ReadRow[], officer: Writer): Promise<Sorted[]> {
    const sorted: Sorted[] = [];
    for (let at = 0; at < rows.length; at += batchSize) {
      const batch = rows.slice(at, at + batchSize);
      const ids = batch.map((row) => row.id);
      const [standing, open] = await together(entriesStanding(tx, ids), this.drafts.openOf(tx, ids));
      for (const row of batch)
        sorted.push(sortRow(row, { standing: standing.get(row.id), open: open.get(row.id) }, officer));
    }
    return sorted;
  }

  private async write(
    tx: Tx,
    { newDepartments, digest }: ReadFile,
    fresh: readonly FreshRow[],
    { officer, importer, fileName, runId }: DraftImportOptions & { readonly fileName: string; readonly runId: string },
    counts: PublishedCounts,
  ): Promise<void> {
    const now = this.clock.now();
    if (newDepartments.length > 0) await this.directory.addInactiveDepartments(tx, newDepartments);
    const run = { id: runId, officerId: officer.id, importer, fileName, digest, drafts: fresh.length, importedAt: now };
    await this.runs.add(tx, run);
    for (let at = 0; at < fresh.length; at += batchSize) {
      const batch = fresh
        .slice(at, at + batchSize)
        .map((one) => ({ draft: draftOf(one, officer, now), isComplete: one.row.isComplete }));
      const drafts = batch.map(({ draft }) => draft);
      await this.drafts.enter(tx, drafts, runId);
      const submitted = batch.filter(({ isComplete }) => isComplete).map(({ draft }) => submitOf(draft, officer, now));
      if (submitted.length > 0) await this.drafts.keep(tx, submitted);
    }
    await appendAudit(tx, {
      actor: { kind: 'system', id: importer },
      action: 'catalogueDraft.import',
      subject: `officer:${officer.id}`,
      detail: { importId: runId, sha256: digest, ...counts },
      at: now,
    });
  }
}

function isObject(one: Sorted): one is Exclude<Sorted, 'unchanged'> {
  return one !== 'unchanged';
}

function submitOf(draft: Writing, officer: Writer, now: Date): Taken {
  return { draft: submit(draft, draft.baseVersion, now), what: 'submit', officerId: officer.id };
}

function draftOf({ row, baseVersion }: FreshRow, officer: Writer, now: Date): Writing {
  const { id, departmentId, content } = row;
  const given = { id: newId(), entryId: id, departmentId, content: JSON.parse(content) as CatalogueFileEntry };
  return begin(given, baseVersion, officer.id, now);
}

function sortRow(row: ReadRow, { standing, open }: Known, officer: Writer): Sorted {
  const { id, departmentId, content, hash } = row;
  const refuse = (at: string, problem: string): Sorted => {
    const [told] = located(row, id, [{ at, problem }]);
    return { problem: told ?? { at, problem } };
  };
  if (![departmentId, standing?.departmentId ?? departmentId].every((one) => mayWrite(officer, one)))
    return refuse('department', 'is not one this officer writes for: name another with --by');
  if (standing?.hash.equals(hash)) return 'unchanged';
  if (open && canonicalJson(open.content) === content) return 'unchanged';
  if (open) return refuse('id', `"${id}" has a draft with other words on its way: publish it or give it up first`);
  return { row, baseVersion: standing?.version ?? null };
}

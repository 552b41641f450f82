import { userInfo } from 'node:os';
import { extname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import {
  DraftImport,
  ExportService,
  ImportService,
  type DraftImportReport,
  type FileFormat,
  type ImportReport,
} from '@linli/catalogue';
import { OfficerService } from '@linli/directory';
import { CatalogueReviewCommand, CatalogueRunsCommand } from './catalogue-review.command';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { progress, say } from './say';
import { Workplace } from './workplace';

interface ImportFlags {
  readonly dryRun?: boolean;
  readonly skipBad?: boolean;
  readonly mapping?: string;
  readonly asDraft?: boolean;
  readonly by?: string;
}

const formats: readonly FileFormat[] = ['json', 'csv', 'xlsx'];

@SubCommand({
  name: 'import',
  arguments: '<file>',
  description: 'Import and publish a catalogue file: JSON, CSV or XLSX',
})
export class CatalogueImportCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([file = '']: string[], flags: ImportFlags): Promise<void> {
    keepHeapSmall();
    const { dryRun = false, skipBad = false, asDraft = false, by } = flags;
    if (asDraft !== (by !== undefined))
      throw new CommandFailed('--as-draft and --by go together: name the officer who answers for the drafts', 2);
    const bar = progress('catalogue');
    const report = await this.workplace
      .run(({ context }) => take(context, file, flags, (percent) => bar.tick(percent, 100)))
      .finally(() => bar.end());
    tell(report);
    const { total, added, changed, unchanged, skipped } = report;
    const what = asDraft ? 'drafts of new entries' : 'added';
    const outcome = `${total} rows: ${added} ${what}, ${changed} changed, ${unchanged} unchanged, ${skipped} skipped`;
    if (report.bad.length > 0 && !skipBad)
      throw new CommandFailed(
        `${outcome}. Nothing was imported: mend the ${report.bad.length} places named above, or add --skip-bad`,
      );
    if (dryRun) say(`${outcome}. Nothing was written (--dry-run)`);
    else say(asDraft ? `${outcome}. Nothing is public before another officer has reviewed it` : outcome);
    if ('runId' in report && report.runId !== null) say(`Review them together: catalogue review ${report.runId}`);
  }

  @Option({ flags: '--dry-run', description: 'Report only' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({ flags: '--skip-bad', description: 'Import the good rows although others are bad' })
  parseSkipBad(): boolean {
    return true;
  }

  @Option({
    flags: '--mapping <name>',
    description: 'How foreign columns are read: a file, or a name such as sichuan-items',
  })
  parseMapping(text: string): string {
    return text;
  }

  @Option({ flags: '--as-draft', description: 'Publish nothing: make drafts for officers to review' })
  parseAsDraft(): boolean {
    return true;
  }

  @Option({ flags: '--by <account>', description: 'With --as-draft: the officer who answers for the drafts' })
  parseBy(text: string): string {
    return text;
  }
}

async function take(
  context: INestApplicationContext,
  file: string,
  { dryRun = false, skipBad = false, mapping, by }: ImportFlags,
  onProgress: (percent: number) => void,
): Promise<ImportReport | DraftImportReport> {
  const options = {
    dryRun,
    skipBad,
    importer: `operator:${accountName()}`,
    ...(mapping === undefined ? {} : { mapping }),
  };
  if (by === undefined) return context.get(ImportService, { strict: false }).importFile(file, options, onProgress);
  const officer = await context.get(OfficerService, { strict: false }).named(by);
  return context.get(DraftImport, { strict: false }).importFile(file, { ...options, officer }, onProgress);
}

/** The account on this machine; a container may know only its number. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

/** Rows are let go as soon as they are dealt with: without this the heap grows by what has gone already. */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

/** Every bad place and every warning by its line; advice is only counted. */
function tell({ bad, findings, newDepartments, notes }: ImportReport): void {
  for (const note of notes) say(note);
  for (const { at, problem } of bad) say(`${at}: ${problem}`);
  const counts = new Map<string, number>();
  for (const { rule, severity, at, problem } of findings) {
    if (severity === 'warning') say(`warning: ${at}: ${problem}`);
    const key = `${severity} ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [rule, count] of counts) say(`${rule}: ${count}`);
  const unlisted = counts.get('advice six.unlisted');
  if (unlisted)
    say(`${unlisted} powers have no guide: they are found, but stand in no public list until they have one`);
  if (newDepartments.length === 0) return;
  say(`${newDepartments.length} departments the directory lacks, added out of service: ${newDepartments.join(', ')}`);
}

@SubCommand({ name: 'export', arguments: '<file>', description: 'Write the published catalogue to a file' })
export class CatalogueExportCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([file = '']: string[], { format }: { readonly format?: FileFormat }): Promise<void> {
    keepHeapSmall();
    const chosen = format ?? formatNamed(extname(file).slice(1));
    const count = await this.workplace.run(({ context }) =>
      context.get(ExportService, { strict: false }).exportFile(file, chosen),
    );
    say(`${count} entries were written to ${file}`);
  }

  @Option({ flags: '--format <format>', description: `${formats.join(', ')}; else by the file's ending` })
  parseFormat(text: string): FileFormat {
    return formatNamed(text);
  }
}

function formatNamed(text: string): FileFormat {
  const format = formats.find((one) => one === text.toLowerCase());
  if (!format)
    throw new CommandFailed(`"${text}" is no format: name the file .json, .csv or .xlsx, or add --format`, 2);
  return format;
}

@Command({
  name: 'catalogue',
  description: 'The service catalogue',
  subCommands: [CatalogueImportCommand, CatalogueExportCommand, CatalogueRunsCommand, CatalogueReviewCommand],
})
export class CatalogueCommand extends GroupCommand {}

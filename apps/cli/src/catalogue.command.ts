import { extname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { ExportService, ImportService, type FileFormat, type ImportReport } from '@linli/catalogue';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { progress, say } from './say';
import { Workplace } from './workplace';

interface ImportFlags {
  readonly dryRun?: boolean;
  readonly skipBad?: boolean;
  readonly mapping?: string;
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

  async run([file = '']: string[], { dryRun = false, skipBad = false, mapping }: ImportFlags): Promise<void> {
    keepHeapSmall();
    const bar = progress('catalogue');
    const options = { dryRun, skipBad, ...(mapping === undefined ? {} : { mapping }) };
    const report = await this.workplace
      .run(({ context }) =>
        context.get(ImportService, { strict: false }).importFile(file, options, (percent) => bar.tick(percent, 100)),
      )
      .finally(() => bar.end());
    tell(report);
    const { total, added, changed, unchanged, skipped } = report;
    const outcome = `${total} rows: ${added} added, ${changed} changed, ${unchanged} unchanged, ${skipped} skipped`;
    if (report.bad.length > 0 && !skipBad)
      throw new CommandFailed(
        `${outcome}. Nothing was imported: mend the ${report.bad.length} places named above, or add --skip-bad`,
      );
    say(dryRun ? `${outcome}. Nothing was written (--dry-run)` : outcome);
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
  subCommands: [CatalogueImportCommand, CatalogueExportCommand],
})
export class CatalogueCommand extends GroupCommand {}

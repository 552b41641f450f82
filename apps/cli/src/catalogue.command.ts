import { readFileSync } from 'node:fs';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { ImportService } from '@linli/catalogue';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { progress, say } from './say';
import { Workplace } from './workplace';

interface ImportFlags {
  readonly dryRun?: boolean;
  readonly skipBad?: boolean;
}

@SubCommand({ name: 'import', arguments: '<file>', description: 'Import and publish a catalogue file (JSON)' })
export class CatalogueImportCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([file = '']: string[], { dryRun = false, skipBad = false }: ImportFlags): Promise<void> {
    const text = readFileSync(file, 'utf8');
    const bar = progress('catalogue');
    const report = await this.workplace
      .run(({ context }) => context.get(ImportService, { strict: false }).import(text, { dryRun, skipBad }))
      .finally(() => bar.end());
    for (const { at, problem } of report.bad) say(`${at}: ${problem}`);
    const { total, added, changed, unchanged, skipped } = report;
    const outcome = `${total} rows: ${added} added, ${changed} changed, ${unchanged} unchanged, ${skipped} skipped`;
    if (report.bad.length > 0 && !skipBad)
      throw new CommandFailed(`${outcome}. Nothing was imported: mend the rows named above, or add --skip-bad`);
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
}

@Command({ name: 'catalogue', description: 'The service catalogue', subCommands: [CatalogueImportCommand] })
export class CatalogueCommand extends GroupCommand {}

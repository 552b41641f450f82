import { readFileSync } from 'node:fs';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { CircleFiles } from '@linli/journeys';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { progress, say } from './say';
import { Workplace } from './workplace';

interface ImportFlags {
  readonly dryRun?: boolean;
  readonly skipBad?: boolean;
}

@SubCommand({
  name: 'import',
  aliases: ['import-areas'],
  arguments: '<file>',
  description: 'Import places or residential points (CSV, xlsx, JSON) or boundaries (GeoJSON)',
})
export class CircleImportCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([file = '']: string[], { dryRun = false, skipBad = false }: ImportFlags): Promise<void> {
    const bytes = readFileSync(file);
    const bar = progress('circle');
    const report = await this.workplace
      .run(({ context }) => context.get(CircleFiles, { strict: false }).import(bytes, { dryRun, skipBad }))
      .finally(() => bar.end());
    for (const { at, problem } of report.bad) say(`${at}: ${problem}`);
    const { what, total, added, changed, unchanged, skipped } = report;
    const outcome = `${total} ${what}: ${added} added, ${changed} changed, ${unchanged} unchanged, ${skipped} skipped`;
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

@Command({
  name: 'circle',
  description: 'Places, residential points and boundaries of the 15-minute circle',
  subCommands: [CircleImportCommand],
})
export class CircleCommand extends GroupCommand {}

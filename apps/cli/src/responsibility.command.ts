import { readFileSync } from 'node:fs';
import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { CatalogueService } from '@linli/catalogue';
import { Responsibilities } from '@linli/journeys';
import { Refusal } from '@linli/kernel';
import { Clock, Database } from '@linli/platform';
import { GroupCommand } from './group-command';
import { say } from './say';
import { Workplace } from './workplace';

@SubCommand({
  name: 'import',
  arguments: '<file>',
  description: 'Import responsibility lists, guards and admissions (JSON)',
})
export class ResponsibilityImportCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([path = '']: string[]): Promise<void> {
    const json = parse(readFileSync(path, 'utf8'));
    const report = await this.workplace.run(async ({ context }) => {
      await context.get(CatalogueService, { strict: false }).refresh();
      const responsibilities = context.get(Responsibilities, { strict: false });
      const now = context.get(Clock, { strict: false }).now();
      const by = { kind: 'system', id: 'operator' } as const;
      return context.get(Database, { strict: false }).transact((tx) => responsibilities.import(tx, json, by, now));
    });
    const { lists, rows, changed, admissions } = report;
    say(
      `${lists} lists with ${rows} rows: ${changed} new versions, ${lists - changed} unchanged; ${admissions} admissions added`,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Refusal('responsibility.invalid', [{ at: 'file', problem: `is not JSON: ${(error as Error).message}` }]);
  }
}

@Command({
  name: 'responsibility',
  description: 'Responsibility lists of subdistricts and communities',
  subCommands: [ResponsibilityImportCommand],
})
export class ResponsibilityCommand extends GroupCommand {}

import { readFileSync } from 'node:fs';
import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { CatalogueService, LifeEventService } from '@linli/catalogue';
import { Refusal } from '@linli/kernel';
import { Database } from '@linli/platform';
import { GroupCommand } from './group-command';
import { say } from './say';
import { Workplace } from './workplace';

@SubCommand({ name: 'import', arguments: '<file>', description: 'Import and publish life events (JSON)' })
export class LifeEventsImportCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([path = '']: string[]): Promise<void> {
    const json = parse(readFileSync(path, 'utf8'));
    const report = await this.workplace.run(async ({ context }) => {
      await context.get(CatalogueService, { strict: false }).refresh();
      const lifeEvents = context.get(LifeEventService, { strict: false });
      const by = { kind: 'system', id: 'operator' } as const;
      return context.get(Database, { strict: false }).transact((tx) => lifeEvents.import(tx, json, by));
    });
    const { total, added, changed, unchanged } = report;
    say(`${total} life events: ${added} added, ${changed} changed, ${unchanged} unchanged`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Refusal('lifeEvent.invalid', [{ at: 'file', problem: `is not JSON: ${(error as Error).message}` }]);
  }
}

@Command({
  name: 'life-events',
  description: 'Bundles of items that one event in life calls for',
  subCommands: [LifeEventsImportCommand],
})
export class LifeEventsCommand extends GroupCommand {}

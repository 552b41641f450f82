import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LifeEventService, type CatalogueService } from '@linli/catalogue';
import { ResponsibilityService } from '@linli/directory';
import { type Clock, type Database, projectRoot } from '@linli/platform';

/** Lists, admissions, powers and life events of the demo, where none were loaded yet; the catalogue comes first. */
export async function seedDuties(database: Database, catalogue: CatalogueService, clock: Clock): Promise<void> {
  const responsibility = ResponsibilityService.over(database);
  const lifeEvents = new LifeEventService(database, catalogue, clock);
  const by = { kind: 'system', id: 'demo' } as const;
  const entries = catalogue.current().byId;
  const hasEvents = (await lifeEvents.list(1, null)).items.length > 0;
  await database.transact(async (tx) => {
    if (await responsibility.isEmpty(tx))
      for (const file of ['responsibility.json', 'powers-62.json'])
        await responsibility.import(tx, demoFile(file), entries, by, clock.now());
    if (!hasEvents) await lifeEvents.import(tx, demoFile('life-events.json'), by);
  });
}

function demoFile(name: string): unknown {
  return JSON.parse(readFileSync(join(projectRoot(), 'config', 'demo', name), 'utf8')) as unknown;
}

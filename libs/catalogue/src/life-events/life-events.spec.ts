import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CatalogueImport1780000013000,
  DirectoryService,
  directoryRows,
  Directory1780000001000,
  Population1780000060310,
} from '@linli/directory';
import { projectRoot } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { Catalogue1780000002000 } from '../catalogue.migration';
import { catalogueRows } from '../catalogue.row';
import { CatalogueService } from '../catalogue.service';
import { ImportService } from '../import.service';
import { PublicLists1780000064500 } from '../versions/public-lists.migration';
import { CatalogueVersions1780000010000 } from '../versions/versions.migration';
import { LifeEvents1780000012000 } from './life-events.migration';
import { LifeEventService } from './life-events.service';

const demo = join(projectRoot(), 'config/demo');
const jsonOf = (path: string): unknown => JSON.parse(readFileSync(join(demo, path), 'utf8'));

describe('life events on PostgreSQL', () => {
  let db: TestDatabase;
  let service: LifeEventService;
  const by = { kind: 'system', id: 'spec' } as const;
  const load = (json: unknown) => db.database.transact((tx) => service.import(tx, json, by));

  beforeAll(async () => {
    db = await testDatabase({
      rows: [...directoryRows, ...catalogueRows],
      migrations: [
        Directory1780000001000,
        CatalogueImport1780000013000,
        Population1780000060310,
        Catalogue1780000002000,
        CatalogueVersions1780000010000,
        PublicLists1780000064500,
        LifeEvents1780000012000,
      ],
    });
    const directory = new DirectoryService(db.database);
    await db.database.transact((tx) => directory.save(tx, directory.read(jsonOf('directory.json'))));
    const catalogue = new CatalogueService(db.database, db.clock);
    const entries = readdirSync(join(demo, 'catalogue')).flatMap((name) => jsonOf(`catalogue/${name}`));
    const imports = new ImportService(db.database, directory, catalogue);
    await imports.import(JSON.stringify(entries), { dryRun: false, skipBad: false, importer: 'test' });
    await catalogue.refresh();
    service = new LifeEventService(db.database, catalogue, db.clock);
  }, 60_000);
  afterAll(() => db.close());

  it('takes the five of the demo, and the same file again changes nothing', async () => {
    const [one, other] = await Promise.all([load(jsonOf('life-events.json')), load(jsonOf('life-events.json'))]);
    expect([one.added + other.added, one.unchanged + other.unchanged]).toEqual([5, 5]);
    const first = await service.list(3, null);
    const second = await service.list(3, first.nextCursor);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, null]);
  });

  it('makes a changed one the next version, a bad file nothing', async () => {
    const events = jsonOf('life-events.json') as { name: string; items: object[] }[];
    const changed = events.map((event, at) => (at === 0 ? { ...event, name: '新生儿一件事' } : event));
    expect(await load(changed)).toMatchObject({ changed: 1, unchanged: 4 });
    expect((await service.guide('newborn')).name).toBe('新生儿一件事');
    const bad = [
      { ...events[0], name: '坏的' },
      { ...events[1], items: [{ entry: 'nobody' }, { entry: 'elder-bus' }] },
    ];
    await expect(load(bad)).rejects.toMatchObject({ code: 'lifeEvent.invalid' });
    expect((await service.guide('newborn')).name).toBe('新生儿一件事');
    await expect(service.guide('nothing')).rejects.toMatchObject({ code: 'lifeEvent.notFound' });
  });

  it.each(['newborn', 'retirement', 'bereavement', 'disability', 'open-shop'])(
    'saves %s questions and papers',
    async (id) => {
      const { saved, form, materials, time, items } = await service.guide(id);
      expect(saved.fields.after).toBeLessThan(saved.fields.before);
      expect(saved.materials.after).toBeLessThan(saved.materials.before);
      expect(new Set(form.map((field) => field.key)).size).toBe(form.length);
      expect(new Set(materials.map((material) => material.key)).size).toBe(materials.length);
      expect(time.longest.workingDays).toBeLessThan(time.oneByOne.workingDays);
      expect(items.length).toBeGreaterThan(3);
    },
  );

  it('asks of a newborn once what four items ask', async () => {
    const { form, materials } = await service.guide('newborn');
    expect(form.find((field) => field.key === 'childName')?.neededBy).toHaveLength(5);
    expect(materials.find((material) => material.key === 'birth-cert')?.neededBy).toEqual([
      'birth-hukou',
      'med-newborn',
      'vaccine',
      'childcare-subsidy',
    ]);
  });
});

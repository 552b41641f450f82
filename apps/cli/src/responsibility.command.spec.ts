import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schema } from '@linli/journeys';
import { newKeysFile, projectRoot } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { CatalogueImportCommand } from './catalogue.command';
import { DirectoryImportCommand } from './directory.command';
import { LifeEventsImportCommand } from './life-events.command';
import { ResponsibilityImportCommand } from './responsibility.command';
import { Workplace } from './workplace';

const row = {
  key: 'a',
  matter: { entry: 'elder-allowance' },
  responsible: { level: 'subdistrict', office: 'social-affairs' },
  role: 'lead',
  basis: '街道“三定”规定',
};
const list = {
  id: 'duties',
  kind: 'duties',
  title: '职责任务清单',
  level: 'subdistrict',
  effectiveOn: '2026-01-01',
  decidedBy: '区委编办',
  documentNo: '1号',
  reason: '首次公布',
  entries: [row],
};
const event = {
  id: 'old-age',
  name: '老年服务一件事',
  summary: '优待证和津贴一起办。',
  items: [{ entry: 'elder-card' }, { entry: 'elder-allowance', after: ['elder-card'] }],
};

describe("the operator's imports of lists and life events", () => {
  let db: TestDatabase;
  let folder: string;
  const before = { ...process.env };
  const said: string[] = [];

  beforeAll(async () => {
    db = await testDatabase(schema);
    folder = mkdtempSync(join(tmpdir(), 'linli-cli-'));
    writeFileSync(join(folder, 'keys.json'), newKeysFile(), { mode: 0o600 });
    Object.assign(process.env, { DATABASE_URL: db.url, KEYS_FILE: join(folder, 'keys.json'), DATA_DIR: folder });
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const demo = join(projectRoot(), 'config/demo');
    await new DirectoryImportCommand(new Workplace()).run([join(demo, 'directory.json')]);
    await new CatalogueImportCommand(new Workplace()).run([join(demo, 'catalogue/elderly.json')], {});
  }, 60_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    process.env = before;
    rmSync(folder, { recursive: true, force: true });
    await db.close();
  });

  const file = (content: unknown): string => {
    const path = join(folder, 'file.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const lists = (content: unknown) => new ResponsibilityImportCommand(new Workplace()).run([file(content)]);
  const events = (content: unknown) => new LifeEventsImportCommand(new Workplace()).run([file(content)]);

  it('say what they did, and that the same file changes nothing', async () => {
    await lists({ lists: [list] });
    expect(said.at(-1)).toContain('1 lists with 1 rows: 1 new versions, 0 unchanged');
    await lists({ lists: [list] });
    expect(said.at(-1)).toContain('0 new versions, 1 unchanged');
    await events([event]);
    expect(said.at(-1)).toContain('1 life events: 1 added');
    await events([event]);
    expect(said.at(-1)).toContain('0 changed, 1 unchanged');
  }, 60_000);

  it('refuse a bad file with its places', async () => {
    await expect(
      lists({ lists: [{ ...list, effectiveOn: '2026-02-01', entries: [{ ...row, matter: { entry: 'nobody' } }] }] }),
    ).rejects.toMatchObject({
      code: 'responsibility.invalid',
      errors: [{ at: 'lists[0] (duties).entries[0] (a).matter.entry' }],
    });
    await expect(lists('{')).rejects.toMatchObject({ code: 'responsibility.invalid', errors: [{ at: 'file' }] });
    await expect(events([{ ...event, items: event.items.slice(1) }])).rejects.toMatchObject({
      code: 'lifeEvent.invalid',
    });
    await expect(events('{')).rejects.toMatchObject({ code: 'lifeEvent.invalid', errors: [{ at: 'file' }] });
  }, 60_000);
});

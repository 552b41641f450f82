import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schema } from '@linli/journeys';
import { newKeysFile, projectRoot } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { BookingImportCommand } from './booking.command';
import { DirectoryImportCommand } from './directory.command';
import { Workplace } from './workplace';

interface File {
  readonly desks: { readonly id: string; readonly rules: object; readonly policy?: object }[];
  readonly offerings: object[];
}

describe("the operator's desks", () => {
  let db: TestDatabase;
  let folder: string;
  let demo: File;
  const before = { ...process.env };
  const said: string[] = [];

  beforeAll(async () => {
    db = await testDatabase(schema);
    folder = mkdtempSync(join(tmpdir(), 'linli-desks-'));
    writeFileSync(join(folder, 'keys.json'), newKeysFile(), { mode: 0o600 });
    Object.assign(process.env, { DATABASE_URL: db.url, KEYS_FILE: join(folder, 'keys.json'), DATA_DIR: folder });
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const config = join(projectRoot(), 'config/demo');
    demo = JSON.parse(readFileSync(join(config, 'booking.json'), 'utf8')) as File;
    await new DirectoryImportCommand(new Workplace()).run([join(config, 'directory.json')]);
  }, 60_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    process.env = before;
    rmSync(folder, { recursive: true, force: true });
    await db.close();
  });

  const take = (content: unknown): Promise<void> => {
    const path = join(folder, 'desks.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return new BookingImportCommand(new Workplace()).run([path]);
  };
  const desks = () =>
    db.database.sql<{ id: string; revision: number; capacity: number; most: number | null }>(
      `select id, revision, (rules ->> 'capacity')::int as capacity, (policy -> 'noShows' ->> 'most')::int as most
       from booking_desk order by id`,
    );

  it('are opened whole, the same file changes nothing, and new rules hold from then on', async () => {
    await take(demo);
    expect(said.at(-1)).toContain(`${demo.desks.length} desks and ${demo.offerings.length} offerings`);
    const opened = await desks();
    await take(demo);
    expect(await desks()).toEqual(opened);
    const [first] = demo.desks;
    const noShows = { most: 2, withinDays: 60, banDays: 14 };
    await take({ desks: [{ ...first, rules: { ...first!.rules, capacity: 9 }, policy: { noShows } }] });
    const changed = (await desks()).find((one) => one.id === first!.id);
    const was = opened.find((one) => one.id === first!.id);
    expect(changed).toMatchObject({ capacity: 9, most: 2, revision: was!.revision + 1 });
  }, 60_000);

  it('are refused whole with every place that is wrong', async () => {
    const kept = await desks();
    const [first, second] = demo.desks;
    await expect(
      take({
        desks: [
          { ...first, rules: { ...first!.rules, capacity: 3 } },
          { ...second, subdistrictId: 'mars' },
        ],
      }),
    ).rejects.toMatchObject({ code: 'booking.rulesInvalid', errors: [{ at: 'desks[1].subdistrictId' }] });
    await expect(take('{')).rejects.toMatchObject({ code: 'booking.rulesInvalid', errors: [{ at: 'file' }] });
    expect(await desks()).toEqual(kept);
  }, 60_000);
});

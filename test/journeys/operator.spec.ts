import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

const root = projectRoot();

/** Runs a built program with nothing in its environment but what is given. */
async function run(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  input = '',
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(root, program), ...args], { env: { PATH: process.env['PATH'], ...env } });
  const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
  let [out, error] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(limit);
  return { code, out, error };
}

const cli = (args: readonly string[], env: Record<string, string>, input?: string): Promise<Outcome> =>
  run('dist/apps/cli/src/main.js', args, env, input);
const start = (args: readonly string[], env: Record<string, string>): Promise<Outcome> =>
  run('dist/apps/standalone/src/main.js', args, env);

describe("the operator's door", () => {
  let db: TestDatabase;
  let folder: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    db = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'linli-cli-'));
    env = { DATABASE_URL: db.url, KEYS_FILE: join(folder, 'keys.json'), DATA_DIR: folder };
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists its commands, and refuses one it does not know', async () => {
    const help = await cli(['--help'], env);
    expect(help.code).toBe(0);
    for (const name of ['migrate', 'catalogue', 'directory', 'officer', 'assessment', 'verify', 'keys'])
      expect(help.out).toContain(name);
    expect((await cli(['nonsense'], env)).code).not.toBe(0);
  }, 30_000);

  it('makes keys once and never over older ones', async () => {
    const made = await cli(['keys', 'create', env['KEYS_FILE'] ?? ''], env);
    expect([made.code, made.error]).toEqual([0, '']);
    expect(statSync(env['KEYS_FILE'] ?? '').mode & 0o777).toBe(0o600);
    const before = readFileSync(env['KEYS_FILE'] ?? '', 'utf8');
    const again = await cli(['keys', 'create', env['KEYS_FILE'] ?? ''], env);
    expect(again.code).toBe(1);
    expect(again.error).toContain('exists already');
    expect(readFileSync(env['KEYS_FILE'] ?? '', 'utf8')).toBe(before);
  }, 30_000);

  it('migrates, loads a district and a catalogue, and names every bad row by its line', async () => {
    expect((await cli(['migrate'], env)).out).toMatch(/Ran \d+ migrations/);
    expect((await cli(['migrate'], env)).out).toContain('up to date');
    const district = await cli(['directory', 'import', join(root, 'config/demo/directory.json')], env);
    expect([district.code, district.error]).toEqual([0, '']);
    expect(district.out).toMatch(/2 subdistricts, 8 communities/);

    const good = { id: 'one', kind: 'report', name: '一', department: '区城市管理局', category: '试', aliases: [] };
    const rest = { summary: '试一试', keywords: [] };
    const rows = [
      { ...good, ...rest },
      { ...good, ...rest, id: 'two', department: '没有这个局' },
      { ...good, ...rest, id: '三' },
    ];
    const file = join(folder, 'catalogue.json');
    writeFileSync(file, JSON.stringify(rows, null, 1));
    const refused = await cli(['catalogue', 'import', file], env);
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/line \d+ \(two\), department/);
    expect(refused.out).toMatch(/line \d+ \(三\), id/);
    expect(refused.error).toContain('Nothing was imported');
    const [none] = await db.database.sql<{ count: number }>('select count(*)::int as count from catalogue_version');
    expect(none?.count).toBe(0);
    const dry = await cli(['catalogue', 'import', file, '--dry-run', '--skip-bad'], env);
    expect([dry.code, /1 added.*2 skipped.*--dry-run/.test(dry.out)]).toEqual([0, true]);
    const skipped = await cli(['catalogue', 'import', file, '--skip-bad'], env);
    expect([skipped.code, /1 added, 0 changed, 0 unchanged, 2 skipped/.test(skipped.out)]).toEqual([0, true]);
  }, 60_000);

  it("imports a year's holidays, and names what was copied wrong", async () => {
    const shipped = readFileSync(join(root, 'config/calendar/2026.json'), 'utf8');
    const file = join(folder, 'year.json');
    writeFileSync(file, shipped.replace('"2026-02-14"', '"2026-02-13"'));
    const wrong = await cli(['calendar', 'import', file], env);
    expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('2026-02-13 is no weekend day')]);
    writeFileSync(file, shipped);
    const right = await cli(['calendar', 'import', file], env);
    expect([right.code, right.error]).toEqual([0, '']);
    expect(right.out).toContain('2026: 7 holidays, 6 make-up days');
    expect(await db.database.sql('select year from platform_calendar_year')).toEqual([{ year: 2026 }]);
  }, 60_000);

  it('makes officers with a password nobody else has, and refuses a weak one', async () => {
    const flags = ['officer', 'create', '--account', 'head', '--name', '负责人', '--role', 'admin'];
    const made = await cli(flags, env);
    expect([made.code, made.error]).toEqual([0, '']);
    expect(made.out).toMatch(/shown this once: \S{16,}/);
    const taken = await cli(flags, env);
    expect([taken.code, /directory\.accountTaken/.test(taken.error)]).toEqual([1, true]);
    const weak = ['officer', 'create', '--account', 'second', '--name', '二', '--role', 'clerk', '--password-stdin'];
    const refused = await cli(weak, env, 'short\n');
    expect([refused.code, /auth\.passwordWeak/.test(refused.error)]).toEqual([1, true]);
    const role = await cli([...flags.slice(0, -1), 'king'], env);
    expect(role.code).not.toBe(0);
    expect(role.error).toContain('--role');
  }, 60_000);

  it('takes a file as drafts, shows them, and has them approved by another who shows their password', async () => {
    const password = 'Schatten-2026-x';
    for (const account of ['anna', 'bert']) {
      const flags = ['--account', account, '--name', account, '--role', 'supervisor', '--password-stdin'];
      expect((await cli(['officer', 'create', ...flags], env, password)).code).toBe(0);
    }
    const base = { kind: 'report', department: '区城市管理局', category: '试', aliases: [], keywords: [] };
    const rows = ['d1', 'd2', 'd3'].map((id) => ({ ...base, id, name: `草稿${id}`, summary: '试一试' }));
    const file = join(folder, 'drafts.json');
    writeFileSync(file, JSON.stringify(rows));
    const taken = await cli(['catalogue', 'import', file, '--as-draft', '--by', 'anna'], env);
    const id = /catalogue review ([0-9a-f-]{36})/.exec(taken.out)?.[1] ?? '';
    const run = (...flags: string[]): Promise<Outcome> => cli(['catalogue', 'review', id, ...flags], env, password);
    expect((await cli(['catalogue', 'runs', '--by', 'bert'], env)).out).toContain('3 drafts (3 submitted)');
    const shown = await run('--by', 'bert');
    expect(shown.out).toMatch(/d1 {2}草稿d1 .*\(new\)[^]*3 drafts wait/);
    expect((await run('--by', 'bert', '--approve')).error).toContain('--password-stdin');
    const own = await run('--by', 'anna', '--approve', '--password-stdin');
    expect([own.code, /catalogue\.ownDraft/.test(own.error)]).toEqual([1, true]);
    const back = await run('--by', 'bert', '--send-back', '写清楚', '--only', 'd2', '--password-stdin');
    expect([back.code, back.error]).toEqual([0, '']);
    expect(back.out).toContain('1 drafts: 1 sent back');
    const approved = await run('--by', 'bert', '--approve', '--publish', '--password-stdin');
    expect(approved.out).toContain('2 drafts: 2 approved, 0 unchanged, 0 left as they were');
    expect((await run('--by', 'bert', '--approve', '--only', 'd2', '--password-stdin')).error).toContain('d2');
  }, 90_000);

  it('finds nothing wrong with sound data, and a changed audit row at its place', async () => {
    expect((await cli(['verify'], env)).code).toBe(0);
    await db.database.sql(`update platform_audit_head set seq = 7`);
    const broken = await cli(['verify'], env);
    expect(broken.code).toBe(1);
    expect(broken.out).toContain('audit chain');
    await db.database.sql(`update platform_audit_head set seq = 0`);
  }, 60_000);

  it('says in one sentence why the product does not start', async () => {
    const cases: readonly (readonly [readonly string[], Record<string, string>, RegExp])[] = [
      [['api'], { DATA_DIR: folder }, /DATABASE_URL must be set/],
      [[], { DATABASE_URL: db.url }, /KEYS_FILE must be set/],
      [[], { ...env, PORT: 'http' }, /PORT/],
      [[], { ...env, WECHAT_OFFICIAL_APP_ID: 'wx12345678' }, /WECHAT_OFFICIAL_APP_SECRET[^]*WECHAT_OFFICIAL_TOKEN/],
      [[], { ...env, WECHAT_OFFICIAL_TYPO: 'x' }, /WECHAT_OFFICIAL_TYPO/],
      [['api'], { ...env, REDIS_URL: 'redis://127.0.0.1:1' }, /REDIS_URL is set but Redis cannot be used/],
      [['kitchen'], env, /Usage/],
    ];
    for (const [args, settings, sentence] of cases) {
      const { code, error } = await start(args, { LOG_LEVEL: 'silent', ...settings });
      expect(code).not.toBe(0);
      expect(error).toMatch(sentence);
      expect(error.trim().split('\n')).toHaveLength(1);
    }
  }, 60_000);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { readDirectoryFile } from './directory-file';
import { CatalogueImport1780000013000 } from './catalogue-import.migration';
import { Directory1780000001000 } from './directory.migration';
import { directoryRows } from './directory.row';
import { DirectoryService } from './directory.service';
import { OfficerArea1780000072000 } from './officer-area.migration';
import { OfficerService } from './officers.service';
import { passwordProblem } from './password';
import { Population1780000060310 } from './population.migration';
import { ResidentStore } from './residents.store';

const point = { lat: 30, lng: 120 };
const small = {
  district: { id: 'd', code: '990102', name: '试验区', city: '试验市' },
  subdistricts: [
    {
      id: 's1',
      code: '990102001',
      name: '甲街道',
      center: point,
      communities: [
        {
          id: 'c1',
          code: '990102001001',
          name: '甲社区',
          grids: [{ id: 'g1', code: '990102001001001', name: '一网格' }],
        },
      ],
    },
  ],
  departments: [{ id: 'civil', name: '区民政局', level: 'district', phone: '' }],
  halls: [
    {
      id: 'h1',
      subdistrictId: 's1',
      name: '甲街道党群服务中心',
      address: '甲路1号',
      location: point,
      phone: '0990-5550000',
      hours: [{ weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00' }],
      businesses: [{ id: 'general', name: '综合业务' }],
      windows: [{ id: 'w1', name: '综合窗口1', businesses: ['general'] }],
    },
  ],
};
const altered = (change: (file: typeof small) => void): unknown => {
  const copy = structuredClone(small);
  change(copy);
  return copy;
};

describe('directory file', () => {
  it('takes a whole tree', () => expect(readDirectoryFile(small).problems).toEqual([]));

  it.each<[string, unknown, string]>([
    ['no object', [], 'file'],
    ['an unknown field', { ...small, extra: 1 }, 'extra'],
    [
      'a latitude out of range',
      altered((file) => (file.subdistricts[0]!.center = { lat: 120, lng: 30 })),
      'subdistricts[0].center.lat',
    ],
    ['a hall in no subdistrict', altered((file) => (file.halls[0]!.subdistrictId = 'nowhere')), 'halls.subdistrictId'],
    [
      'a window for a business the hall lacks',
      altered((file) => (file.halls[0]!.windows[0]!.businesses = ['tax'])),
      'halls(h1).windows.businesses',
    ],
    ['a department twice', altered((file) => file.departments.push({ ...file.departments[0]! })), 'departments'],
    ['hours that are none', altered((file) => (file.halls[0]!.hours[0]!.opens = '9点')), 'halls[0].hours[0].opens'],
  ])('names the place of %s', (_what, json, at) => {
    expect(readDirectoryFile(json).problems.map((problem) => problem.at)).toContain(at);
  });

  it('the demo district is sound', () => {
    const path = join(projectRoot(), 'config/demo/directory.json');
    expect(existsSync(path)).toBe(true);
    expect(readDirectoryFile(JSON.parse(readFileSync(path, 'utf8'))).problems).toEqual([]);
  });
});

describe('password', () => {
  it.each([
    ['short1A', false],
    ['aaaaaaaaaaaa', false],
    ['onlylowercase', false],
    ['clerk1-secret-9', false],
    ['correct-horse-7', true],
  ])('%s strong enough: %s', (password, strong) => expect(passwordProblem(password, 'clerk1') === null).toBe(strong));
});

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  let directory: DirectoryService;
  let officers: OfficerService;
  let residents: ResidentStore;

  beforeAll(async () => {
    db = await testDatabase({
      rows: directoryRows,
      migrations: [
        Directory1780000001000,
        CatalogueImport1780000013000,
        Population1780000060310,
        OfficerArea1780000072000,
      ],
    });
    directory = new DirectoryService(db.database);
    officers = new OfficerService(db.database, db.clock);
    residents = new ResidentStore(db.database, db.cipher);
  });
  afterAll(() => db.close());

  it('saves the tree, and the same file again changes nothing', async () => {
    const file = directory.read(small);
    for (let n = 0; n < 2; n += 1) await db.database.transact((tx) => directory.save(tx, file));
    const halls = await directory.halls();
    expect(halls).toHaveLength(1);
    expect(halls[0]).toMatchObject({ id: 'h1', location: point, windows: [{ id: 'w1', name: '综合窗口1' }] });
    expect(await directory.communities()).toMatchObject([{ id: 'c1', subdistrictId: 's1' }]);
  });

  it('knows how many people live in a subdistrict: as told, else of all its communities, else not', async () => {
    const [street] = small.subdistricts;
    const [community] = street!.communities;
    const save = (population?: number, ofCommunity?: number): Promise<void> => {
      const told = { ...community!, ...(ofCommunity === undefined ? {} : { population: ofCommunity }) };
      const place = { ...street!, communities: [told], ...(population === undefined ? {} : { population }) };
      return db.database.transact((tx) => directory.save(tx, directory.read({ ...small, subdistricts: [place] })));
    };
    await save();
    expect(await directory.populations()).toEqual(new Map());
    await save(undefined, 4321);
    expect(await directory.populations()).toEqual(new Map([['s1', 4321]]));
    await save(5000);
    expect(await directory.populations()).toEqual(new Map([['s1', 5000]]));
    expect(readDirectoryFile({ ...small, subdistricts: [{ ...street!, population: -1 }] }).problems).not.toEqual([]);
  });

  it('offers no department that came with an import until a file takes it in by its id', async () => {
    const brought = { id: 'imported-1', name: '区新来局', level: 'district' as const };
    for (let n = 0; n < 2; n += 1) await db.database.transact((tx) => directory.addInactiveDepartments(tx, [brought]));
    const names = async (): Promise<string[]> => (await directory.departments()).map((one) => one.name);
    expect(await names()).not.toContain('区新来局');
    expect(await directory.allDepartments()).toContainEqual({ ...brought, phone: '', active: false });
    const file = (id: string): unknown => ({
      ...small,
      departments: [...small.departments, { id, name: '区新来局', level: 'district', phone: '' }],
    });
    const save = (id: string): Promise<void> =>
      db.database.transact((tx) => directory.save(tx, directory.read(file(id))));
    await expect(save('new-bureau')).rejects.toMatchObject({
      code: 'directory.invalid',
      errors: [{ problem: expect.stringContaining('imported-1') }],
    });
    await save('imported-1');
    expect(await names()).toContain('区新来局');
  });

  it('locks an account after five wrong passwords, guesses made at once included, and opens it after 15 minutes', async () => {
    await db.database.transact((tx) =>
      officers.create(
        tx,
        { account: 'clerk9', name: '王一', role: 'clerk', hallId: 'h1', subdistrictId: 's1' },
        'correct-horse-7',
      ),
    );
    const guesses = await Promise.allSettled(Array.from({ length: 12 }, () => officers.signIn('clerk9', 'wrong')));
    const codes = guesses.map((guess) =>
      guess.status === 'rejected' ? (guess.reason as { code: string }).code : 'in',
    );
    expect(codes.filter((code) => code === 'auth.credentialsWrong')).toHaveLength(5);
    expect(codes.filter((code) => code === 'auth.accountLocked')).toHaveLength(7);
    await expect(officers.signIn('clerk9', 'correct-horse-7')).rejects.toMatchObject({ code: 'auth.accountLocked' });
    db.clock.advance(15 * 60_000 + 1);
    expect(await officers.signIn('CLERK9', 'correct-horse-7')).toMatchObject({ role: 'clerk', hallId: 'h1' });
    await expect(officers.signIn('nobody', 'x')).rejects.toMatchObject({ code: 'auth.credentialsWrong' });
  });

  it('takes an account name once, and a password change ends older tokens', async () => {
    const entry = { account: 'boss', name: '李二', role: 'supervisor' } as const;
    const made = await db.database.transact((tx) => officers.create(tx, entry, 'correct-horse-7'));
    await expect(db.database.transact((tx) => officers.create(tx, entry, 'correct-horse-7'))).rejects.toMatchObject({
      code: 'directory.accountTaken',
    });
    await expect(officers.changePassword(made.id, 'wrong', 'another-horse-8')).rejects.toMatchObject({
      code: 'auth.credentialsWrong',
    });
    await expect(officers.changePassword(made.id, 'correct-horse-7', 'short')).rejects.toMatchObject({
      code: 'auth.passwordWeak',
    });
    const changed = await officers.changePassword(made.id, 'correct-horse-7', 'another-horse-8');
    expect(changed.tokenVersion).toBe(made.tokenVersion + 1);
    await expect(officers.signIn('boss', 'correct-horse-7')).rejects.toMatchObject({ code: 'auth.credentialsWrong' });
  });

  it('gives one resident to first contacts that race, and keeps the openid sealed', async () => {
    const now = db.clock.now();
    const contact = (): Promise<string> =>
      db.database.transact((tx) => residents.residentOf(tx, 'wechatOfficial', 'openid-1', 'message', now));
    const ids = await Promise.all(Array.from({ length: 8 }, contact));
    expect(new Set(ids).size).toBe(1);
    expect(await residents.identitiesOf(ids[0]!)).toMatchObject([{ subject: 'openid-1', lastMessageAt: now }]);
    const [row] = await db.database.sql<{ subject: Buffer }>('select subject from directory_identity');
    expect(row!.subject.includes('openid-1')).toBe(false);
    expect(await db.database.transact((tx) => residents.forget(tx, 'wechatOfficial', 'openid-1'))).toBe(ids[0]);
    expect(await residents.identitiesOf(ids[0]!)).toEqual([]);
    expect(await contact()).not.toBe(ids[0]);
  });

  it('knows a person by their unionid, whichever app they came through first', async () => {
    const now = db.clock.now();
    const meet = (channel: 'wechatOfficial' | 'wechatMini', openid: string, union?: string): Promise<string> =>
      db.database.transact((tx) => residents.residentOf(tx, channel, openid, 'message', now, union));
    const join = (id: string, union: string): Promise<string | null> =>
      db.database.transact((tx) => residents.join(tx, id, 'wechatOfficial', union));
    const chat = await meet('wechatOfficial', 'union-official-1');
    expect(await join(chat, 'union-1')).toBeNull();
    expect(await meet('wechatMini', 'union-mini-1', 'union-1')).toBe(chat);

    const program = await meet('wechatMini', 'union-mini-2', 'union-2');
    const later = await meet('wechatOfficial', 'union-official-2');
    expect(later).not.toBe(program);
    expect(await join(later, 'union-2')).toBe(program);
    expect(await meet('wechatOfficial', 'union-official-2')).toBe(program);
    expect((await residents.identitiesOf(program)).map((one) => one.subject).sort()).toEqual([
      'union-mini-2',
      'union-official-2',
    ]);
  });

  it('knows API keys by digest only', async () => {
    const key = await db.database.transact((tx) => directory.createApiKey(tx, 'spec', 'assessor', db.clock.now()));
    expect(await directory.apiKey(key)).toMatchObject({ role: 'assessor' });
    await expect(directory.apiKey(`${key}x`)).rejects.toMatchObject({ code: 'auth.apiKeyInvalid' });
  });
});

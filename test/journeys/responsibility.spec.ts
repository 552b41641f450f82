import { CatalogueService } from '@linli/catalogue';
import { AssignmentFactsStore, UnitStore } from '@linli/directory';
import { Assignment } from '@linli/journeys';
import type { LocalDate } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { ask } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';

type Json = Record<string, unknown>;

describe('who answers for what', () => {
  let product: Product;
  let department: Record<string, string>;
  let supervisor: Record<string, string>;
  let clerk: Record<string, string>;

  beforeAll(async () => {
    product = await openProduct(['api']);
    department = await product.officer('dept.health-bureau');
    supervisor = await product.officer('supervisor');
    clerk = await product.officer('clerk.guihua');
  }, 60_000);
  afterAll(() => product.close(), 30_000);

  const get = (path: string, headers: Record<string, string> = {}) =>
    ask(product.url, 'GET', `/api/v1/${path}`, headers);
  const post = (path: string, body: Json, headers: Record<string, string>) =>
    ask(product.url, 'POST', `/api/v1/${path}`, headers, body);
  const who = (entry: string, community = 'guixiang', on = '2026-09-01') =>
    get(`responsibility/who?entry=${entry}&subdistrict=guihua&community=${community}&on=${on}`);

  it('every entry of the demo catalogue has somebody who answers', async () => {
    const nobody: string[] = [];
    for (let cursor = ''; ;) {
      const page = await get(`items?limit=100${cursor}`);
      const next = page.body['nextCursor'] as string | null;
      for (const { id } of page.body['items'] as { id: string }[]) {
        const { status, body } = await who(id);
        if (status !== 200 || body['unit'] === null) nobody.push(id);
      }
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(nobody).toEqual([]);
  }, 60_000);

  it.each([
    ['live-proof', 'guixiang', 'list', '社区居民委员会'],
    ['elder-card', 'guixiang', 'admission', '桂香社区'],
    ['dibao', 'guihua', 'list', '街道社会事务办公室'],
    ['elder-assess', 'guihua', 'delegation', '桂花街道'],
    ['r-elevator', 'market-regulation', 'catalogue', '区市场监督管理局'],
    ['r-illegal-build', 'urban-management', 'catalogue', '区城市管理局'],
    ['svc-plumb', 'repair-point', 'catalogue', '社区便民维修点'],
  ])('%s is handled by %s', async (entry, unit, record, word) => {
    const { body } = await who(entry);
    expect(body).toMatchObject({ unit: { id: unit }, record: { kind: record } });
    expect(String(body['sentence'])).toContain(word);
  });

  it('is told in chat with the reason, and by the place that was sent why not the community', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    const general = await phone.say('小区违建归谁管');
    expect(general).toMatch(/一般由区城市管理局[^]*把那里的位置发给我/);
    const { reply } = await phone.push({ type: 'location', lat: 30.4743, lng: 106.6327, label: '' });
    const told = reply?.content.text ?? '';
    expect(told).toMatch(/由区城市管理局（[^）]*）负责，依据是[^]*社区不是责任主体[^]*1\. 我要反映这件事/);
    expect(await phone.say('1')).toContain('违法建设');
  }, 30_000);

  it('a delegation leaves the department on its day', async () => {
    expect((await who('elder-assess', 'guixiang', '2026-01-31')).body).toMatchObject({ unit: { id: 'civil-affairs' } });
    expect((await who('elder-assess', 'guixiang', '2026-02-01')).body).toMatchObject({ unit: { id: 'guihua' } });
    const check = await get(
      'responsibility/check?entry=elder-assess&unit=civil-affairs&subdistrict=guihua&on=2026-02-01',
      clerk,
    );
    expect(check.body).toMatchObject({ allowed: false, reason: 'delegated', whoInstead: { id: 'guihua' } });
  });

  it('a community is never given what it may not answer for, and says so in words', async () => {
    for (const entry of ['r-illegal-build', 'r-vendor', 'r-green', 'r-noise-business']) {
      const { body } = await get(`responsibility/check?entry=${entry}&unit=guixiang&on=2026-09-01`, clerk);
      expect(body).toMatchObject({ allowed: false, reason: 'communityGuard', whoInstead: { id: 'urban-management' } });
      expect(body['sentence']).toContain('社区不是责任主体');
    }
    expect((await get('responsibility/check?entry=dibao&unit=guixiang')).status).toBe(401);
    expect((await get('responsibility/check?entry=dibao&unit=nowhere', clerk)).body['code']).toBe('directory.notFound');
    expect((await get('responsibility/check?entry=none&unit=guihua', clerk)).body['code']).toBe('item.notFound');
    expect((await get('responsibility/check?entry=dibao&unit=guihua&on=2026-02-30', clerk)).status).toBe(400);
  });

  it('a dispatch is refused outside the lists in its own transaction, in five lookups however many rows there are', async () => {
    const { database, clock } = product.db;
    const catalogue = new CatalogueService(database, clock);
    await catalogue.refresh();
    const assignment = new Assignment(catalogue, new AssignmentFactsStore(database), new UnitStore(database), database);
    const wish = { role: 'lead', on: '2026-09-01' as LocalDate, subdistrictId: 'guihua' } as const;
    const statements = await database.transact(async (tx) => {
      let count = 0;
      const counted: Tx = {
        manager: tx.manager,
        sql: (text, params) => ((count += 1), tx.sql(text, params)),
        tell: (text, params) => tx.tell(text, params),
      };
      await assignment.require(counted, { ...wish, entryId: 'dibao', unitId: 'social-affairs' });
      return count;
    });
    expect(statements).toBe(5);
    await expect(
      database.transact((tx) => assignment.require(tx, { ...wish, entryId: 'dibao', unitId: 'party-building' })),
    ).rejects.toMatchObject({ code: 'responsibility.notAssignable', errors: [{ at: 'unit' }] });
  });

  const draft = {
    kind: 'admission',
    matter: { entry: 'lost-child-aid' },
    title: '特别扶助金申请交由街道承办',
    fromUnit: 'health-bureau',
    toLevel: 'subdistrict',
    toUnit: 'guihua',
    documentNo: '邻安编办〔2026〕9号',
    supportNote: '每年拨付工作经费',
    effectiveOn: '2026-05-01',
  };
  const admissions = 'staff/responsibility/admissions';
  const allowedOn = async (on: string): Promise<unknown> =>
    (await get(`responsibility/check?entry=lost-child-aid&unit=guihua&on=${on}`, clerk)).body['allowed'];

  it('a duty comes down only by two persons, once, and can be taken back', async () => {
    expect(await allowedOn('2026-06-01')).toBe(false);
    expect((await post(admissions, draft, clerk)).status).toBe(403);
    const foreign = await post(admissions, { ...draft, fromUnit: 'civil-affairs' }, department);
    expect(foreign.status).toBe(403);
    const once = { ...department, 'idempotency-key': 'admission-1' };
    const first = await post(admissions, draft, once);
    expect([first.status, first.body['state']]).toEqual([201, 'proposed']);
    expect((await post(admissions, draft, once)).body['id']).toBe(first.body['id']);
    const path = `${admissions}/${String(first.body['id'])}`;
    expect((await post(`${path}/approval`, {}, department)).status).toBe(403);
    expect(await allowedOn('2026-06-01')).toBe(false);
    expect((await post(`${path}/approval`, {}, supervisor)).body['state']).toBe('approved');
    expect([await allowedOn('2026-04-30'), await allowedOn('2026-05-01')]).toEqual([false, true]);

    const own = await post(admissions, { ...draft, matter: { text: '另一件' } }, supervisor);
    const approval = await post(`${admissions}/${String(own.body['id'])}/approval`, {}, supervisor);
    expect(approval.body['code']).toBe('responsibility.samePerson');
    const again = await post(admissions, draft, department);
    const overlap = await post(`${admissions}/${String(again.body['id'])}/approval`, {}, supervisor);
    expect(overlap.body['code']).toBe('responsibility.admissionOverlaps');

    const revoked = await post(`${path}/revocation`, { on: '2026-07-01', reason: '由部门收回' }, supervisor);
    expect(revoked.body).toMatchObject({ state: 'revoked', revokedOn: '2026-07-01' });
    expect([await allowedOn('2026-06-30'), await allowedOn('2026-07-01')]).toEqual([true, false]);
    const listed = await get(`${admissions}?state=revoked&unit=guihua`, clerk);
    expect(listed.status).toBe(403);
    expect((await get(`${admissions}?state=revoked&unit=guihua`, supervisor)).body['items']).toHaveLength(1);
  });

  it('publishes lists, versions and adjustments, page by page and as a file', async () => {
    const lists = await get('responsibility/lists');
    expect((lists.body['items'] as Json[]).map((list) => list['kind'])).toEqual(
      expect.arrayContaining(['duties', 'publicServices', 'localManagement', 'performance', 'powers']),
    );
    const first = await get('responsibility/lists/powers?unit=guihua&limit=60');
    const rest = await get(
      `responsibility/lists/powers?unit=guihua&limit=60&cursor=${String(first.body['nextCursor'])}`,
    );
    expect([(first.body['items'] as Json[]).length, (rest.body['items'] as Json[]).length]).toEqual([60, 2]);
    const file = await get('responsibility/lists/powers', { accept: 'text/csv' });
    expect(file.type).toContain('text/csv');
    expect(file.text.trim().split('\r\n')).toHaveLength(63);
    expect(file.text).toContain('行政许可');
    expect((await get('responsibility/versions?list=subdistrict-powers')).body['items']).toHaveLength(1);
    const log = await get('responsibility/adjustments?list=subdistrict-powers&limit=5');
    expect((log.body['items'] as Json[])[0]).toMatchObject({ change: 'added', decidedBy: '邻安区人民政府办公室' });
    expect((await get('responsibility/lists/secrets')).status).toBe(400);
    expect((await get('responsibility/versions?list=nothing')).status).toBe(404);
  });

  it('shows life events as one form and one set of materials', async () => {
    const list = await get('life-events');
    expect(list.body['items']).toHaveLength(5);
    const guide = await get('life-events/newborn');
    expect(guide.body).toMatchObject({ name: '新生儿出生一件事', unavailable: [] });
    const { fields } = guide.body['saved'] as { fields: { before: number; after: number } };
    expect(fields.after).toBeLessThan(fields.before / 1.5);
    expect((await get('life-events/nothing')).body['code']).toBe('lifeEvent.notFound');
  });
});

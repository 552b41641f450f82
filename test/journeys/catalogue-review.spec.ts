import { localDate } from '@linli/kernel';
import { ask, elderId } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';

type Answer = Awaited<ReturnType<typeof ask>>;
type Headers = Record<string, string>;

interface Draft {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly entry: { readonly guide: { readonly committedLimit: { readonly days: number } } };
  readonly findings: readonly { readonly rule: string }[];
  readonly changes: readonly { readonly label: string }[];
}

const item = 'elder-allowance';
const root = '/api/v1/staff/catalogue';
const power = { codes: { scheme: 'local' }, type: 'benefit', level: 'subdistrict' };
const publicService = { ...power, type: 'publicService' };

let product: Product;
let writer: Headers;
let supervisor: Headers;
let draft: Draft;

beforeAll(async () => {
  product = await openProduct();
  writer = await product.officer('dept.social-affairs');
  supervisor = await product.officer('supervisor');
}, 60_000);
afterAll(() => product.close(), 30_000);

const get = (path: string, headers: Headers = {}): Promise<Answer> => ask(product.url, 'GET', path, headers);
const post = (path: string, headers: Headers, body: object = {}): Promise<Answer> =>
  ask(product.url, 'POST', path, headers, body);
const step = (name: string, headers: Headers, body: object = {}): Promise<Answer> =>
  post(`${root}/drafts/${draft.id}/${name}`, headers, body);
const edit = (change: object, implementation = power, revision = draft.revision): Promise<Answer> => {
  const entry = { ...draft.entry, implementation, guide: { ...draft.entry.guide, ...change } };
  return ask(product.url, 'PATCH', `${root}/drafts/${draft.id}`, writer, { revision, entry });
};
const codeOf = ({ status, body }: Answer): unknown[] => [status, body['code']];
const draftIn = ({ body }: Answer): Draft => body as unknown as Draft;

/** An application through the mini-program; the case number. */
async function apply(): Promise<string> {
  const phone = await Phone.create(product.url);
  const login = await post('/api/v1/login/wechat', {}, { code: await phone.loginCode() });
  const applied = await post(
    '/api/v1/cases',
    { authorization: `Bearer ${String(login.body['token'])}` },
    {
      itemId: item,
      subdistrictId: 'guihua',
      applicant: { name: '王桂芳', phone: '13912345678', idNumber: elderId, address: '桂花街道梧桐路18号' },
      answers: { isSelf: '是', bankName: '邻安农商银行桂花支行', bankCardNumber: '6222020200012345678' },
    },
  );
  expect([applied.status, applied.text]).toEqual([201, expect.any(String)]);
  return String(applied.body['number']);
}

async function untilVersion(version: number): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    if ((await get(`/api/v1/items/${item}`)).body['version'] === version) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${item} never became version ${version}`);
}

describe('an item changes', () => {
  it('by a draft of its own department, which others do not see and clerks may not touch', async () => {
    const opened = await post(`${root}/drafts`, { ...writer, 'idempotency-key': 'open-1' }, { itemId: item });
    expect(opened.status).toBe(201);
    draft = draftIn(opened);
    expect(draft).toMatchObject({ state: 'draft', revision: 1, changes: [] });
    const again = await post(`${root}/drafts`, { ...writer, 'idempotency-key': 'open-1' }, { itemId: item });
    expect([again.status, again.body['id']]).toEqual([201, draft.id]);
    expect(codeOf(await post(`${root}/drafts`, writer, { itemId: item }))).toEqual([409, 'catalogue.draftOpen']);

    const elsewhere = await product.officer('dept.civil-affairs');
    expect(codeOf(await get(`${root}/drafts/${draft.id}`, elsewhere))).toEqual([404, 'catalogue.draftNotFound']);
    expect(codeOf(await post(`${root}/drafts`, elsewhere, { itemId: item }))).toEqual([400, 'catalogue.invalid']);
    expect((await get(`${root}/drafts`, elsewhere)).body['items']).toEqual([]);
    const clerk = await product.officer('clerk.guihua');
    expect(codeOf(await get(`${root}/drafts`, clerk))).toEqual([403, 'auth.roleMissing']);
    expect((await get(`${root}/drafts?state=draft`, writer)).text).toContain(draft.id);
    expect(codeOf(await post(`${root}/drafts`, writer, {}))).toEqual([400, 'request.invalid']);
  });

  it('is edited without losing anybody’s words, reviewed by another, and refused while a rule is broken', async () => {
    const edited = await edit({ complaintPhone: '无' });
    expect(codeOf(edited)).toEqual([400, 'catalogue.invalid']);
    const poor = await edit({ conditions: ['详见附件'] });
    expect([poor.status, draftIn(poor).findings.map((one) => one.rule)]).toEqual([
      200,
      expect.arrayContaining(['six.conditions']),
    ]);
    expect(codeOf(await edit({ conditions: ['另一位同事写的'] }))).toEqual([409, 'catalogue.draftChanged']);
    expect((await step('submission', writer, { revision: 2 })).status).toBe(200);
    expect(codeOf(await step('review', writer, { decision: 'approve' }))).toEqual([403, 'catalogue.ownDraft']);
    const refused = await step('review', supervisor, { decision: 'approve' });
    expect(codeOf(refused)).toEqual([422, 'catalogue.notPublishable']);
    expect(refused.body['errors']).toMatchObject([
      { at: 'guide.conditions', problem: expect.stringContaining('办事条件') },
    ]);
    expect(codeOf(await step('review', supervisor, { decision: 'sendBack' }))).toEqual([400, 'request.invalid']);
    const back = await step('review', supervisor, { decision: 'sendBack', reasons: ['请写明办事条件'] });
    expect(back.body).toMatchObject({ state: 'sentBack', reasons: ['请写明办事条件'] });
    draft = { ...draft, revision: draftIn(back).revision };
  });

  it('at the instant set, while cases that run keep what they were promised', async () => {
    const number = await apply();
    const before = await get(`/api/v1/cases/${number}`, await product.officer('admin'));

    const days = draft.entry.guide.committedLimit.days - 1;
    const better = await edit({ committedLimit: { days, unit: 'workingDay' } }, publicService);
    expect(draftIn(better).changes.map((one) => one.label)).toEqual(expect.arrayContaining(['承诺时限', '事项类型']));
    expect((await step('submission', writer)).status).toBe(200);
    expect((await step('review', supervisor, { decision: 'approve' })).body['state']).toBe('reviewed');
    const past = new Date(Date.now() - 60_000).toISOString();
    expect(codeOf(await step('schedule', writer, { at: past }))).toEqual([400, 'catalogue.timePassed']);
    const at = new Date(Date.now() + 1500).toISOString();
    const scheduled = await step('schedule', { ...writer, 'idempotency-key': 'at-1' }, { at });
    expect(scheduled.body).toMatchObject({ state: 'scheduled', publishedFrom: at });
    await untilVersion(2);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(at));

    expect((await get(`/api/v1/items/${item}`)).body['committedLimit']).toEqual({ days, unit: 'workingDay' });
    const after = await get(`/api/v1/cases/${number}`, await product.officer('admin'));
    expect([after.body['dueOn'], after.body['missing']]).toEqual([before.body['dueOn'], before.body['missing']]);
    expect(codeOf(await step('withdrawal', writer, { reason: '晚了' }))).toEqual([409, 'catalogue.wrongState']);
    const [audited] = await product.db.database.sql<{ count: number }>(
      'select count(*)::int as count from platform_audit where subject = $1',
      [`catalogueDraft:${draft.id}`],
    );
    expect(audited?.count).toBe(8);
  }, 90_000);

  it('and officers see every version and what changed between two', async () => {
    const versions = await get(`${root}/items/${item}/versions`, writer);
    expect(versions.body['items']).toMatchObject([
      { version: 2, state: 'published', versionId: draft.id },
      { version: 1, state: 'replaced' },
    ]);
    const reading = await get(`${root}/items/${item}/reading`, writer);
    expect(reading.body).toMatchObject({ readability: expect.any(Number), findings: expect.any(Array) });
    expect(codeOf(await get(`${root}/items/no-such-item/reading`, writer))).toEqual([404, 'item.notFound']);
    const diff = await get(`${root}/items/${item}/versions/1/diff/2`, writer);
    expect(diff.body['changes']).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: 'guide.committedLimit', label: '承诺时限' })]),
    );
    expect(codeOf(await get(`${root}/items/${item}/versions/1/diff/9`, writer))).toEqual([
      404,
      'catalogue.versionNotFound',
    ]);
  });
});

describe('the public reads', () => {
  it('the lists with their revision and day, page by page or as a file', async () => {
    const powers = await get('/api/v1/lists/powers?limit=100');
    expect(powers.body).toMatchObject({
      revision: expect.any(Number),
      asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      nextCursor: null,
    });
    const listed = powers.body['items'] as { id: string }[];
    const known = { id: 'dibao', typeName: '行政给付', levelName: '街道（乡镇）级', source: '上级下放', version: 1 };
    expect(listed).toContainEqual(expect.objectContaining(known));
    expect(listed.map((one) => one.id)).not.toContain(item);
    const duties = await get('/api/v1/lists/responsibilities?limit=100');
    expect((duties.body['items'] as { id: string }[]).map((one) => one.id)).toEqual(listed.map((one) => one.id));
    expect(duties.body['items']).toContainEqual(
      expect.objectContaining({ id: 'dibao', complaintPhone: expect.any(String) }),
    );
    const services = await get('/api/v1/lists/services?limit=100');
    expect(services.body['items']).toContainEqual(expect.objectContaining({ id: item, version: 2 }));
    const first = await get('/api/v1/lists/services?limit=3');
    const ids = (first.body['items'] as { id: string }[]).map((one) => one.id);
    expect(ids).toHaveLength(3);
    const next = await get(`/api/v1/lists/services?limit=3&cursor=${String(first.body['nextCursor'])}`);
    expect((next.body['items'] as { id: string }[]).some((one) => ids.includes(one.id))).toBe(false);
    const file = await get('/api/v1/lists/powers', { accept: 'text/csv' });
    expect([file.type, file.text.split('\r\n').length]).toEqual(['text/csv; charset=utf-8', listed.length + 2]);
    expect(file.text).toContain('权力依据');
    const bytes = await fetch(`${product.url}/api/v1/lists/powers`, { headers: { accept: 'text/csv' } });
    expect([...new Uint8Array(await bytes.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('a list as a page for a browser, with the way to the next one and to the file', async () => {
    const page = await get('/api/v1/lists/services?limit=3', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect(page.type).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('<h1>公共服务清单</h1>');
    expect(page.text.match(/<tr>/g)).toHaveLength(4);
    const next = /<a href="services\?([^"]*cursor=[^"]*)">下一页/.exec(page.text)?.[1]?.replaceAll('&amp;', '&');
    const second = await get(`/api/v1/lists/services?${String(next)}&as=html`);
    expect(second.text.match(/<tr>/g)).toHaveLength(4);
    expect(second.text).not.toBe(page.text);
    expect((await get('/api/v1/lists/services?as=csv')).type).toBe('text/csv; charset=utf-8');
    expect((await get('/api/v1/lists/powers?as=html&on=2020-01-01')).text).toContain('这一天还没有公布清单');
    expect(codeOf(await get('/api/v1/lists/powers?as=pdf'))).toEqual([400, 'request.invalid']);
  });

  it('the lists as they stood when a day ended, and no day that is none', async () => {
    const today = await get(`/api/v1/lists/powers?limit=100&on=${localDate(new Date())}`);
    const now = await get('/api/v1/lists/powers?limit=100');
    expect(today.body['items']).toEqual(now.body['items']);
    expect(today.body).toMatchObject({ revision: null, asOf: now.body['asOf'], pending: 0 });
    const before = await get('/api/v1/lists/powers?on=2020-01-01');
    expect(before.body).toMatchObject({ items: [], asOf: null, nextCursor: null });
    expect((await get('/api/v1/lists/powers/adjustments?on=2020-01-01')).body['items']).toEqual([]);
    const file = await get(`/api/v1/lists/services?on=${localDate(new Date())}`, { accept: 'text/csv' });
    expect(file.text).toContain(item);
    for (const on of ['2026-02-30', '昨天', '2999-01-01']) {
      const refused = await get(`/api/v1/lists/services?on=${encodeURIComponent(on)}`);
      expect(codeOf(refused)).toEqual([400, 'request.invalid']);
      expect(refused.body['errors']).toEqual([
        { at: 'on', problem: expect.stringMatching(/^(日期不对|这一天还没有到)，/) },
      ]);
    }
  });

  it('what was adjusted: moved between lists, changed, and withdrawn with its reason', async () => {
    expect((await get('/api/v1/lists/services/adjustments?limit=1')).body['items']).toMatchObject([
      { what: 'added', item: { id: item }, version: 2 },
    ]);
    expect((await get('/api/v1/lists/powers/adjustments?limit=1')).body['items']).toMatchObject([
      { what: 'withdrawn', item: { id: item }, version: 1 },
    ]);
    const asked = await post(`${root}/items/${item}/withdrawal`, writer, { reason: '政策已废止' });
    expect(codeOf(asked)).toEqual([403, 'auth.roleMissing']);
    const gone = await post(`${root}/items/${item}/withdrawal`, supervisor, { reason: '政策已废止' });
    expect([gone.status, gone.body['version']]).toEqual([200, 2]);
    expect(codeOf(await post(`${root}/items/${item}/withdrawal`, supervisor, { reason: '再撤一次' }))).toEqual([
      404,
      'item.notFound',
    ]);
    const left = await get('/api/v1/lists/services/adjustments?limit=2');
    expect(left.body['items']).toMatchObject([{ what: 'withdrawn', reason: '政策已废止' }, { what: 'added' }]);
    expect((await get(`/api/v1/items/${item}/versions`)).body['items']).toMatchObject([
      { version: 2, state: 'withdrawn', withdrawalReason: '政策已废止' },
      { version: 1, state: 'replaced' },
    ]);
    expect(codeOf(await get('/api/v1/lists/secrets/adjustments'))).toEqual([404, 'request.notFound']);
    expect(codeOf(await get('/api/v1/lists/powers/adjustments?cursor=x'))).toEqual([400, 'request.cursorInvalid']);
  });
});

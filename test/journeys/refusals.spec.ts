import { JwtService } from '@nestjs/jwt';
import { applyByChat, ask } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';
import { push, second, textXml, type Answered, type Forgery } from '../support/wire';

let product: Product;
beforeAll(async () => (product = await openProduct()), 60_000);
afterAll(() => product.close(), 30_000);

const forge = (change: Forgery = {}, content = textXml(product, 'oForged1', 'm1', '你好')): Promise<Answered> =>
  push(product, content, change);
const textOf = (id: string, content = '你好'): string => textXml(product, 'oForged1', id, content);

const inboxRows = async (): Promise<number> =>
  Number((await product.db.database.sql<{ count: string }>('select count(*) from platform_inbox'))[0]?.count);

describe('a push', () => {
  it('that is right is answered', async () => {
    expect((await forge({}, textOf('right'))).status).toBe(200);
  });

  it.each<[string, () => Promise<Answered>, number, string]>([
    ['with a forged signature', () => forge({ token: 'guessed' }), 403, 'wechat.signature'],
    ['without a signature', () => forge({ query: (query) => query.delete('msg_signature') }), 403, 'wechat.signature'],
    ['from six minutes ago', () => forge({ time: String(Number(second()) - 360) }), 403, 'wechat.stale'],
    ['for a foreign app', () => forge({ appId: 'wxffffffffffffffff' }), 403, 'wechat.foreignApp'],
    [
      'in plaintext though there is a key',
      () =>
        forge({
          query: (query) => {
            query.delete('encrypt_type');
            query.delete('msg_signature');
          },
          body: () => textOf('plain'),
        }),
      403,
      'wechat.plaintextRefused',
    ],
    [
      'with an XML bomb inside',
      () => forge({}, `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${textOf('bomb', '&b;')}`),
      400,
      'wechat.malformed',
    ],
    ['with a million bytes', () => forge({ body: () => 'x'.repeat(1_000_000) }), 413, 'request.tooLarge'],
    ['with nothing in it', () => forge({ body: () => '' }), 400, 'wechat.malformed'],
    [
      'whose query is an array',
      () => forge({ query: (query) => query.append('timestamp', '1') }),
      400,
      'wechat.malformed',
    ],
  ])('%s is refused and leaves nothing', async (_what, attempt, status, said) => {
    const before = await inboxRows();
    expect(await attempt()).toEqual({ status, said });
    expect(await inboxRows()).toBe(before);
  });

  it('of a voice without recognition, an unknown event or a very long text is met in words or silence', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    const voice = await phone.push({ type: 'voice', mediaId: 'nothing' });
    expect(voice.reply?.content.text).toMatch(/听/);
    const event = await phone.push({ type: 'event', event: 'something_new', eventKey: 'k' });
    expect([event.failed, event.reply]).toEqual([false, null]);
    const long = await phone.push({ type: 'text', text: '很长'.repeat(2400) });
    expect(long.reply?.content.text).toMatch(/长/);
  });
});

describe('the API', () => {
  const resident = async (phone?: Phone): Promise<{ authorization: string }> => {
    const someone = phone ?? (await Phone.create(product.url));
    const code = await someone.loginCode();
    const login = await ask(product.url, 'POST', '/api/v1/login/wechat', {}, { code });
    expect(login.status).toBe(200);
    return { authorization: `Bearer ${String(login.body['token'])}` };
  };
  const upload = async (headers: Record<string, string>, name: string, bytes: Buffer): Promise<Response> => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    return fetch(`${product.url}/api/v1/files`, { method: 'POST', headers, body: form });
  };

  it('shows a case of somebody else as if there were none', async () => {
    const owner = await Phone.create(product.url);
    await owner.follow();
    const number = await applyByChat(owner);
    const stranger = await resident();
    const seen = await ask(product.url, 'GET', `/api/v1/cases/${number}`, stranger);
    expect([seen.status, seen.body['code']]).toEqual([404, 'case.notFound']);
    const drawn = await ask(product.url, 'POST', `/api/v1/cases/${number}/withdrawal`, stranger);
    expect([drawn.status, drawn.body['code']]).toEqual([404, 'case.notFound']);
    const clerkElsewhere = await product.officer('clerk.wutong');
    const staff = await ask(product.url, 'POST', `/api/v1/staff/cases/${number}/acceptance`, clerkElsewhere);
    expect([staff.status, staff.body['code']]).toEqual([404, 'case.notFound']);
  }, 30_000);

  it('knows in the mini-program the person who began in chat', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    const number = await applyByChat(phone);
    await untilJoined(phone);
    const own = await ask(product.url, 'GET', `/api/v1/cases/${number}`, await resident(phone));
    expect([own.status, own.body['number']]).toEqual([200, number]);
    expect((own.body['applicant'] as { name: string }).name).toBe('王桂芳');
  }, 30_000);

  /** The unionid is fetched by the worker a moment after the first contact. */
  async function untilJoined(_phone: Phone): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      const [row] = await product.db.database.sql<{ open: number }>(
        `select count(*)::int as open from platform_outbox where type = 'resident.met' and consumed_at is null`,
      );
      if (row?.open === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('refuses an expired and a forged token', async () => {
    const { authorization } = await resident();
    const [head = '', body = ''] = authorization.slice(7).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, number>;
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: '0' })).toString('base64url');
    const refused = await ask(product.url, 'GET', '/api/v1/me/cases', { authorization: `Bearer ${head}.${forged}.x` });
    expect([refused.status, refused.body['code']]).toEqual([401, 'auth.tokenInvalid']);
    const past = { ...claims, iat: Number(second()) - 90_000, exp: Number(second()) - 10 };
    const expired = new JwtService().sign(past, { secret: product.ground.keys.token, algorithm: 'HS256' });
    const late = await ask(product.url, 'GET', '/api/v1/me/cases', { authorization: `Bearer ${expired}` });
    expect([late.status, late.body['code']]).toEqual([401, 'auth.tokenExpired']);
    const none = new JwtService().sign({ ...claims }, { secret: 'guessed', algorithm: 'HS256' });
    expect((await ask(product.url, 'GET', '/api/v1/me/cases', { authorization: `Bearer ${none}` })).status).toBe(401);
  });

  it('takes pictures and PDFs by their content, up to 10 MB, and never runs what was uploaded', async () => {
    const own = await resident();
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(64)]);
    const good = await upload(own, '照片.exe', png);
    expect(good.status).toBe(201);
    const file = (await good.json()) as { id: string; mediaType: string };
    expect(file.mediaType).toBe('image/png');
    const read = await fetch(`${product.url}/api/v1/files/${file.id}`, { headers: own });
    expect(read.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await fetch(`${product.url}/api/v1/files/${file.id}`, { headers: await resident() })).status).toBe(404);

    for (const [name, bytes, status, code] of [
      ['page.png', Buffer.from('<script>alert(1)</script>'), 400, 'file.typeRefused'],
      ['empty.png', Buffer.alloc(0), 400, 'file.empty'],
      ['large.png', Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), 413, 'file.tooLarge'],
    ] as const) {
      const bad = await upload(own, name, bytes);
      expect([name, bad.status, ((await bad.json()) as { code: string }).code]).toEqual([name, status, code]);
    }
  }, 30_000);

  it('names every field that is wrong, and opens nothing', async () => {
    const own = await resident();
    const apply = (body: object): ReturnType<typeof ask> => ask(product.url, 'POST', '/api/v1/cases', own, body);
    const shape = await apply({ itemId: 7, applicant: { name: '' }, extra: 1 });
    expect([shape.status, shape.body['code']]).toEqual([400, 'request.invalid']);
    const errors = (shape.body['errors'] as { at: string }[]).map((error) => error.at);
    expect(errors).toEqual(expect.arrayContaining(['itemId', 'applicant.name', 'extra']));
    const facts = await apply({
      itemId: 'elder-allowance',
      applicant: { name: '李四', phone: '123', idNumber: '1' },
      answers: {},
    });
    expect([facts.status, facts.body['code']]).toEqual([400, 'case.invalid']);
    expect(JSON.stringify(facts.body['errors'])).toMatch(/applicant\.phone[^]*applicant\.idNumber|idNumber[^]*phone/);
    const unknown = await apply({ itemId: 'no-such', applicant: { name: '李四' } });
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'item.notFound']);
    const broken = await fetch(`${product.url}/api/v1/cases`, {
      method: 'POST',
      headers: { ...own, 'content-type': 'application/json' },
      body: '{"itemId":',
    });
    expect(broken.status).toBe(400);
    expect((await ask(product.url, 'GET', '/api/v1/me/cases', own)).body['items']).toEqual([]);
  });

  it('does the same write once per idempotency key, also when sent at once', async () => {
    const own = { ...(await resident()), 'idempotency-key': 'report-1' };
    const body = { categoryId: 'r-streetlight', text: '路灯坏了三天，晚上看不见路' };
    const send = (): ReturnType<typeof ask> => ask(product.url, 'POST', '/api/v1/reports', own, body);
    const [first, second, third] = await Promise.all([send(), send(), send()]);
    expect([first.status, second.status, third.status]).toEqual([201, 201, 201]);
    expect(new Set([first, second, third].map((one) => one.body['number'])).size).toBe(1);
    const other = await ask(product.url, 'POST', '/api/v1/reports', own, { ...body, text: '另一件事' });
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency.mismatch']);
    expect(((await ask(product.url, 'GET', '/api/v1/me/cases', own)).body['items'] as unknown[]).length).toBe(1);
  });

  it('answers what does not exist, and what nobody may see, as a problem', async () => {
    const lost = await ask(product.url, 'GET', '/api/v1/nowhere');
    expect([lost.status, lost.type.split(';')[0]]).toEqual([404, 'application/problem+json']);
    const empty = await ask(product.url, 'POST', '/api/v1/route', {}, { text: '  ' });
    expect([empty.status, empty.body['code']]).toEqual([400, 'route.textEmpty']);
    const long = await ask(product.url, 'POST', '/api/v1/route', {}, { text: '长'.repeat(2001) });
    expect([long.status, long.body['code']]).toEqual([400, 'route.textTooLong']);
    const clerk = await product.officer('clerk.guihua');
    const scores = await ask(product.url, 'GET', '/api/v1/assessments/2026-03/scores', clerk);
    expect([scores.status, scores.body['code']]).toEqual([403, 'auth.roleMissing']);
    const key = { 'x-api-key': product.credentials.apiKeys.assessor };
    const period = await ask(product.url, 'GET', '/api/v1/assessments/2026-13/scores', key);
    expect([period.status, period.body['code']]).toEqual([400, 'assessment.periodInvalid']);
  });
});

import { eventually } from '../support/eventually';
import { applyByChat, ask } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';
import { newResident } from '../support/residents';

type Json = Record<string, unknown>;
type Headers = Record<string, string>;

const closure = { outcome: 'granted', publicReply: '已办好', evidence: ['核定表'] };

describe('after a service', () => {
  let product: Product;
  let clerk: Headers;
  let dispatcher: Headers;
  let leader: Headers;
  let supervisor: Headers;
  let department: Headers;
  beforeAll(async () => {
    product = await openProduct();
    clerk = await product.officer('clerk.guihua');
    dispatcher = await product.officer('dispatcher.guihua');
    leader = await product.officer('leader.guihua');
    supervisor = await product.officer('supervisor');
    department = await product.officer('dept.urban-management');
  }, 60_000);
  afterAll(() => product.close(), 30_000);

  const get = (path: string, headers: Headers = {}) => ask(product.url, 'GET', `/api/v1/${path}`, headers);
  const post = (path: string, body: Json, headers: Headers = {}) =>
    ask(product.url, 'POST', `/api/v1/${path}`, headers, body);

  async function closedCase(phone: Phone): Promise<string> {
    await phone.follow();
    const number = await applyByChat(phone);
    expect((await post(`staff/cases/${number}/acceptance`, {}, clerk)).status).toBe(200);
    expect((await post(`staff/cases/${number}/closure`, closure, clerk)).status).toBe(200);
    return number;
  }

  const openOf = (number: string): Promise<Json> =>
    eventually(async () => {
      const { body } = await get('staff/rectifications?limit=100', clerk);
      return (body['items'] as Json[]).find((one) => one['caseNumber'] === number);
    });

  it('a bad rating said in chat is verified by two, answered to the resident, and asked about again', async () => {
    const phone = await Phone.create(product.url);
    const number = await closedCase(phone);
    await phone.waitFor(/非常满意/);
    await phone.say('2');
    await phone.say('等了两个小时没人叫号');
    const opened = await openOf(number);
    expect(opened).toMatchObject({ state: 'verifying', grade: 'dissatisfied', subject: '高龄津贴申领' });
    const path = `staff/rectifications/${String(opened['id'])}`;
    expect((await get(path, department)).body['code']).toBe('rectification.notFound');
    expect((await post(`${path}/reveal`, { reason: '核实' }, clerk)).body['code']).toBe('rectification.notVerifier');
    const found = { finding: 'true', note: '叫号机坏了' };
    expect((await post(`${path}/verification`, found, clerk)).body['state']).toBe('verifying');
    const alone = await post(`${path}/verification`, found, clerk);
    expect([alone.status, alone.body['code']]).toEqual([403, 'rectification.samePerson']);
    expect((await post(`${path}/verification`, found, dispatcher)).body['state']).toBe('rectifying');
    const revealed = await post(`${path}/reveal`, { reason: '电话核实' }, clerk);
    expect(revealed.body).toEqual({ name: '王桂芳', phone: '13812345678' });
    expect((await post(`${path}/contact`, { note: '已致歉' }, clerk)).status).toBe(200);
    const replied = await post(`${path}/reply`, { reply: '叫号机已经修好，并增开一个窗口。' }, clerk);
    expect(replied.body).toMatchObject({ state: 'replied', inTime: true });
    await phone.waitFor(/叫号机已经修好/);
    const call = { grade: 'satisfied', calledAt: new Date(Date.now() - 60_000).toISOString(), seconds: 60 };
    expect((await post(`${path}/callback`, call, clerk)).body['code']).toBe('rectification.samePerson');
    const closed = await post(`${path}/callback`, call, dispatcher);
    expect(closed.body).toMatchObject({ state: 'closed', grade: 'dissatisfied', afterGrade: 'satisfied' });
    for (const answer of [opened, closed.body]) expect(JSON.stringify(answer)).not.toMatch(/王桂芳|13812345678/);
  }, 60_000);

  it('the steps before wait in the list without being asked about', async () => {
    const resident = await newResident(product);
    const number = await closedCase(resident.phone);
    const rows = await eventually(async () => {
      const { body } = await get('me/rateable', resident.headers);
      const items = body['items'] as Json[];
      return items.length === 2 ? items : null;
    });
    expect(rows.map(({ kind, caseNumber }) => [kind, caseNumber])).toEqual([
      ['applicationAccepted', number],
      ['caseClosed', number],
    ]);
    await resident.phone.waitFor(/非常满意/);
    const questions = (await resident.phone.heard()).filter((text) => text.includes('5') && text.includes('非常满意'));
    expect(questions).toHaveLength(1);
  }, 60_000);

  it('a link of the window rates once, without signing in, and is nobody else’s', async () => {
    const phone = await Phone.create(product.url);
    const number = await closedCase(phone);
    await phone.waitFor(/非常满意/);
    const issued = await post(`staff/cases/${number}/rating-link`, {}, clerk);
    expect(issued.status).toBe(201);
    const path = `rating-links/${String(issued.body['token'])}`;
    const shown = await get(path);
    expect(shown.body).toMatchObject({ department: '街道社会事务办公室', caseNumber: `…${number.slice(-4)}` });
    expect(shown.text).not.toMatch(/王桂芳|13812345678/);
    expect((await post(path, { grade: 'best' })).status).toBe(400);
    const key = { 'idempotency-key': 'link-1' };
    const first = await post(path, { grade: 'satisfied', options: ['skilled'] }, key);
    expect(first.status).toBe(201);
    expect((await post(path, { grade: 'satisfied', options: ['skilled'] }, key)).body).toEqual(first.body);
    const again = await post(path, { grade: 'veryDissatisfied' });
    expect([again.status, again.body['code']]).toEqual([409, 'rating.linkUsed']);
    expect(String(again.body['detail'])).toMatch(/用过/);
    const forged = await get(`${path.slice(0, -2)}AA`);
    expect([forged.status, forged.body['code']]).toEqual([404, 'rating.linkInvalid']);
    expect((await post(`staff/cases/${number}/rating-link`, {}, department)).status).toBe(404);
    expect(await phone.say('5')).not.toMatch(/谢谢您的评价/);
  }, 60_000);

  it('the code at the window leads to pages on which nothing is chosen beforehand, and which rate once', async () => {
    const phone = await Phone.create(product.url);
    const number = await closedCase(phone);
    await phone.waitFor(/非常满意/);
    const issued = await post(`staff/cases/${number}/rating-link`, {}, clerk);
    expect(String(issued.body['code'])).toMatch(/^<svg/);
    const page = product.url + String(issued.body['page']);
    const open = async (query = '', body?: URLSearchParams) => {
      const response = await fetch(page + query, body ? { method: 'POST', body } : {});
      return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
    };
    const first = await open();
    expect([first.status, first.type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(first.text.match(/href="\?grade=/g)).toHaveLength(5);
    expect(first.text).not.toMatch(/王桂芳|13812345678|checked|selected/);
    const second = await open('?grade=dissatisfied');
    expect(second.text).toMatch(/业务不熟[^]*<textarea/);
    expect(second.text).not.toMatch(/业务熟<|checked/);
    expect((await open('?grade=best')).status).toBe(400);
    expect((await open('', new URLSearchParams({ text: '没选' }))).status).toBe(400);
    const foreign = await open('', new URLSearchParams({ grade: 'satisfied', options: 'rude' }));
    expect([foreign.status, foreign.type]).toEqual([400, 'text/html; charset=utf-8']);
    const form = new URLSearchParams([
      ...[['grade', 'dissatisfied'], ['options', 'unskilled'], ['options', 'waitedLong']],
      ...[['text', '<b>等太久</b>'], ['anonymous', '1']],
    ]); // prettier-ignore
    const rated = await open('', form);
    expect([rated.status, rated.text]).toEqual([200, expect.stringContaining('谢谢您的评价')]);
    for (const again of [await open('', form), await open()])
      expect([again.status, again.text]).toEqual([409, expect.stringMatching(/用过[^]*12345/)]);
    expect((await fetch(page.replace('/page', 'AA/page'))).status).toBe(404);
    const kept = await product.db.database.sql(
      `select g.grade, g.via, g.anonymous, g.options from rating_given g
       join rating_service_event e on e.id = g.service_event_id where e.case_number = $1`,
      [number],
    );
    expect(kept).toEqual([
      { grade: 'dissatisfied', via: 'windowQr', anonymous: true, options: expect.arrayContaining(['unskilled']) },
    ]);
  }, 60_000);

  it('an officer does not rate their own unit as a resident, and only an admin says who is one', async () => {
    const resident = await newResident(product);
    const number = await closedCase(resident.phone);
    const [officer] = await product.db.database.sql<{ id: string }>(
      `select id from directory_officer where account = 'clerk.guihua'`,
    );
    const binding = { officerId: officer?.id ?? '', residentId: resident.id };
    expect((await post('staff/rating-bindings', binding, clerk)).status).toBe(403);
    const admin = await product.officer('admin');
    expect((await post('staff/rating-bindings', binding, admin)).status).toBe(201);
    const service = await eventually(async () => {
      const { body } = await get('me/rateable', resident.headers);
      return (body['items'] as Json[]).find((one) => one['kind'] === 'caseClosed' && one['caseNumber'] === number);
    });
    const praise = { serviceEventId: service['id'], grade: 'verySatisfied' };
    const own = await post('ratings', praise, resident.headers);
    expect([own.status, own.body['code']]).toEqual([403, 'rating.ownService']);
    expect((await post('ratings', praise, clerk)).status).toBe(403);
    const stranger = await newResident(product);
    const foreign = await post('ratings', praise, stranger.headers);
    expect([foreign.status, foreign.body['code']]).toEqual([404, 'rating.notFound']);
  }, 60_000);

  it('a malicious rating is set aside by a third person, listed openly, and a call back is counted apart', async () => {
    const phone = await Phone.create(product.url);
    const number = await closedCase(phone);
    await phone.waitFor(/非常满意/);
    await phone.say('1');
    const { id, ratingId } = await openOf(number);
    const path = `staff/rectifications/${String(id)}`;
    const found = { finding: 'malicious', note: '并未到过大厅' };
    await post(`${path}/verification`, found, clerk);
    expect((await post(`${path}/verification`, found, leader)).status).toBe(403);
    expect((await post(`${path}/verification`, found, dispatcher)).body['state']).toBe('confirming');
    const confirmation = { finding: 'malicious', reason: '监控可证' };
    expect((await post(`${path}/confirmation`, confirmation, clerk)).status).toBe(403);
    expect((await post(`${path}/confirmation`, confirmation, leader)).body['state']).toBe('closed');
    const listed = await get('rating-exclusions');
    expect(listed.body['items']).toMatchObject([{ reasonCode: 'malicious', grade: 'veryDissatisfied' }]);
    expect(listed.text).not.toContain(String(ratingId));

    const noted = {
      grade: 'satisfied',
      calledAt: new Date(Date.now() - 60_000).toISOString(),
      seconds: 30,
      said: '还行',
    };
    expect((await post(`staff/cases/${number}/rating-callback`, noted, clerk)).status).toBe(201);
    const period = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
    const figures = await get(`staff/rating-figures?period=${period}`, clerk);
    expect(figures.body['items']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ source: 'excluded', grade: 'veryDissatisfied', count: 1 }),
        expect.objectContaining({ source: 'callbackProxy', grade: 'satisfied', count: 1 }),
      ]),
    );
    expect((await get('staff/rating-flags', supervisor)).body['items']).toBeInstanceOf(Array);
    expect((await get('staff/rating-flags', clerk)).status).toBe(403);
  }, 60_000);
});

import type { EventPayloads } from '@linli/contracts';
import { newId } from '@linli/kernel';
import { appendEvent } from '@linli/platform';
import { eventually } from '../support/eventually';
import { applyByChat, ask } from '../support/front-door';
import type { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';
import { newResident, type SignedIn } from '../support/residents';

type Json = Record<string, unknown>;
type Headers = Record<string, string>;

describe('what may be rated', () => {
  let product: Product;
  let clerk: Headers;
  let supervisor: Headers;
  beforeAll(async () => {
    product = await openProduct();
    clerk = await product.officer('clerk.guihua');
    supervisor = await product.officer('supervisor');
  }, 60_000);
  afterAll(() => product.close(), 30_000);

  const get = (path: string, headers: Headers = {}) => ask(product.url, 'GET', `/api/v1/${path}`, headers);
  const post = (path: string, body: Json, headers: Headers = {}) =>
    ask(product.url, 'POST', `/api/v1/${path}`, headers, body);
  const rateable = async ({ headers }: SignedIn): Promise<Json[]> =>
    (await get('me/rateable', headers)).body['items'] as Json[];
  const served = (resident: SignedIn, kind: string): Promise<Json> =>
    eventually(async () => (await rateable(resident)).find((one) => one['kind'] === kind));
  const questions = async (phone: Phone, about: RegExp): Promise<string[]> =>
    (await phone.heard()).filter((text) => text.includes('非常满意') && about.test(text));
  const officerId = async (account: string): Promise<string> => {
    const [row] = await product.db.database.sql<{ id: string }>('select id from directory_officer where account = $1', [
      account,
    ]);
    return row!.id;
  };
  /** The resident's conversation as the clerk finds it. */
  const handOver = (words: string): Promise<string> =>
    eventually(async () => {
      const { body } = await get('staff/conversations?state=waiting', clerk);
      return (body['items'] as Json[]).find((one) => String(one['lastWords']).includes(words))?.['id'] as string;
    });
  const figureOf = async (direction: string, subject: string): Promise<Json | undefined> => {
    const period = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
    const key = { 'x-api-key': product.credentials.apiKeys.assessor };
    const { body } = await get(`assessments/${period}/scores?direction=${direction}`, key);
    return (body['items'] as Json[]).find((one) => (one['subject'] as Json)['id'] === subject);
  };

  it('an enquiry an officer answered is asked about once, and counts for the subdistrict that answered it', async () => {
    const resident = await newResident(product);
    const { phone } = resident;
    await phone.follow();
    await phone.say('人工');
    await phone.say('我妈的医保断缴了怎么补');
    const id = await handOver('医保断缴');
    await post(`staff/conversations/${id}/messages`, { text: '带身份证到3号窗口补缴。' }, clerk);
    await phone.waitFor(/3号窗口/);
    expect(await rateable(resident)).toEqual([]);
    expect((await post(`staff/conversations/${id}/end`, {}, clerk)).status).toBe(200);
    const service = await served(resident, 'enquiryAnswered');
    expect(service).toMatchObject({ subject: '人工咨询', caseNumber: expect.stringMatching(/^ZX\d{6}[0-9A-F]{6}$/) });
    expect(JSON.stringify(service)).not.toContain('医保');
    await phone.waitFor(/人工咨询[^]*非常满意/);
    expect(await phone.say('4')).toMatch(/谢谢/);
    const item = await eventually(() => figureOf('subdistricts', 'guihua'));
    expect(item).toMatchObject({ sample: 1, score: 100 });
    expect(await figureOf('departments', 'guihua')).toBeUndefined();
    expect(await questions(phone, /人工咨询/)).toHaveLength(1);
  }, 60_000);

  it('taken back by the resident it counts as well; a hand-over in which nothing was asked or answered does not', async () => {
    const answered = await newResident(product);
    await answered.phone.follow();
    await answered.phone.say('人工');
    await answered.phone.say('孩子的疫苗本丢了怎么办');
    const id = await handOver('疫苗本');
    await post(`staff/conversations/${id}/messages`, { text: '到社区卫生服务中心补办。' }, clerk);
    await answered.phone.waitFor(/补办/);
    await answered.phone.say('回到邻里');
    await served(answered, 'enquiryAnswered');

    const chatty = await newResident(product);
    await chatty.phone.follow();
    await chatty.phone.say('人工');
    await chatty.phone.say('你们真好呀在吗');
    await chatty.phone.say('在吗');
    const small = await handOver('在吗');
    const silent = await newResident(product);
    await silent.phone.follow();
    await silent.phone.say('人工');
    await silent.phone.say('残疾证到期了');
    const unanswered = await handOver('残疾证');
    for (const one of [small, unanswered])
      expect((await post(`staff/conversations/${one}/end`, {}, clerk)).status).toBe(200);
    await eventually(async () => ((await rateable(answered)).length === 1 ? true : null));
    expect([await rateable(chatty), await rateable(silent)]).toEqual([[], []]);
  }, 60_000);

  it('a ticket that was served is asked about once, told twice or not; one drawn without a name is nobody’s', async () => {
    const resident = await newResident(product);
    await resident.phone.follow();
    const facts = {
      ...{ ticketId: newId(), number: 'A017', hallId: 'guihua-hall', windowId: 'guihua-window-1', title: '社会保障' },
      ...{ residentId: resident.id, subdistrictId: 'guihua', officerId: await officerId('clerk.guihua') },
      department: { id: 'human-resources', name: '区人力资源和社会保障局' },
    } satisfies EventPayloads['ticket.served'];
    const tell = (payload: EventPayloads['ticket.served']): Promise<string> =>
      product.db.database.transact((tx) => appendEvent(tx, 'ticket.served', payload, new Date()));
    await tell(facts);
    await tell(facts);
    const nobody = await tell({ ...facts, ticketId: newId(), residentId: null });
    expect(await served(resident, 'ticketServed')).toMatchObject({ subject: '社会保障', caseNumber: 'A017' });
    await resident.phone.waitFor(/社会保障[^]*非常满意/);
    await eventually(async () => {
      const [row] = await product.db.database.sql<{ done: boolean }>(
        'select consumed_at is not null as done from platform_outbox where id = $1',
        [nobody],
      );
      return row?.done ? true : null;
    });
    expect(await rateable(resident)).toHaveLength(1);
    expect(await questions(resident.phone, /社会保障/)).toHaveLength(1);
  }, 60_000);

  it('an officer cannot rate what they did themselves, by their own WeChat or by the API, whatever unit they are of', async () => {
    const resident = await newResident(product);
    const { phone } = resident;
    await phone.follow();
    const number = await applyByChat(phone);
    expect((await post(`staff/cases/${number}/acceptance`, {}, clerk)).status).toBe(200);
    const closure = { outcome: 'granted', publicReply: '已办好', evidence: ['核定表'] };
    // The supervisor is of no department and no subdistrict: only who closed it tells that it was their own.
    expect((await post(`staff/cases/${number}/closure`, closure, supervisor)).status).toBe(200);
    const closed = await served(resident, 'caseClosed');
    const accepted = await served(resident, 'applicationAccepted');
    await phone.waitFor(/非常满意/);
    const binding = { officerId: await officerId('supervisor'), residentId: resident.id };
    expect((await post('staff/rating-bindings', binding, await product.officer('admin'))).status).toBe(201);
    expect(await phone.say('5')).toMatch(/不能自己评价自己/);
    const praise = { serviceEventId: closed['id'], grade: 'verySatisfied' };
    const own = await post('ratings', praise, resident.headers);
    expect([own.status, own.body['code']]).toEqual([403, 'rating.ownService']);
    // The acceptance was the clerk's: that one is theirs to rate.
    const other = await post('ratings', { ...praise, serviceEventId: accepted['id'] }, resident.headers);
    expect(other.status).toBe(201);
    const rows = await product.db.database.sql('select id from rating_given where service_event_id = $1', [
      closed['id'],
    ]);
    expect(rows).toEqual([]);
  }, 60_000);

  it('what an officer rated of their own before anybody knew is flagged', async () => {
    const resident = await newResident(product);
    await resident.phone.follow();
    const number = await applyByChat(resident.phone);
    await post(`staff/cases/${number}/acceptance`, {}, supervisor);
    const accepted = await served(resident, 'applicationAccepted');
    const praise = { serviceEventId: accepted['id'], grade: 'verySatisfied' };
    const given = await post('ratings', praise, resident.headers);
    expect(given.status).toBe(201);
    const binding = { officerId: await officerId('supervisor'), residentId: resident.id };
    await post('staff/rating-bindings', binding, await product.officer('admin'));
    const { body } = await get('staff/rating-flags', supervisor);
    const flag = (body['items'] as Json[]).find((one) => one['ratingId'] === given.body['id']);
    expect(flag).toMatchObject({ kind: 'selfDealing', caseNumber: number });
  }, 60_000);

  it('a bad rating nobody followed up in time reaches the leader over it, in their own WeChat and on their list', async () => {
    const boss = await newResident(product);
    await boss.phone.follow();
    await boss.phone.say('你好');
    const binding = { officerId: await officerId('leader.guihua'), residentId: boss.id };
    await post('staff/rating-bindings', binding, await product.officer('admin'));
    const resident = await newResident(product);
    await resident.phone.follow();
    const number = await applyByChat(resident.phone);
    await post(`staff/cases/${number}/acceptance`, {}, clerk);
    const accepted = await served(resident, 'applicationAccepted');
    const bad = { serviceEventId: accepted['id'], grade: 'dissatisfied' };
    const given = await post('ratings', bad, resident.headers);
    const [row] = await product.db.database.sql<{ facts: EventPayloads['rectification.overdue'] }>(
      `select jsonb_build_object('rectificationId', r.id, 'ratingId', r.rating_id, 'serviceEventId', e.id,
         'grade', r.grade, 'department', jsonb_build_object('id', e.department_id, 'name', e.department_name),
         'subdistrictId', e.subdistrict_id, 'caseNumber', e.case_number, 'period', e.period, 'step', 'contact') as facts
       from rating_rectification r join rating_service_event e on e.id = r.service_event_id where r.rating_id = $1`,
      [given.body['id']],
    );
    await product.db.database.transact((tx) => appendEvent(tx, 'rectification.overdue', row!.facts, new Date()));
    const told = await boss.phone.waitFor(/差评整改超期/);
    expect(told).toContain(`尾号${number.slice(-4)}`);
    expect(told).not.toContain(number);
    const leader = await product.officer('leader.guihua');
    const alarms = async (noted: boolean): Promise<Json[]> =>
      (await get(`staff/rectification-alarms?noted=${String(noted)}`, leader)).body['items'] as Json[];
    const [alarm] = await alarms(false);
    expect(alarm).toMatchObject({ caseNumber: number, step: 'contact', done: false });
    expect((await get('staff/rectification-alarms', clerk)).status).toBe(403);
    const path = `staff/rectification-alarms/${String(alarm!['id'])}/note`;
    expect((await post(path, { note: '已督办' }, await product.officer('leader.wutong'))).status).toBe(404);
    expect((await post(path, { note: '已督办' }, leader)).status).toBe(200);
    expect([await alarms(false), (await alarms(true))[0]]).toMatchObject([[], { note: '已督办' }]);
  }, 60_000);
});

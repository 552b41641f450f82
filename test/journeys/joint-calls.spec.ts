import { ask } from '../support/front-door';
import { openProduct, type Product } from '../support/product';
import { newResident, type SignedIn } from '../support/residents';

type Json = Record<string, unknown>;
type Headers = Record<string, string>;
type Answer = Awaited<ReturnType<typeof ask>>;

describe('what goes on around a case', () => {
  let product: Product;
  let resident: SignedIn;
  let grid: Headers;
  let leader: Headers;
  let urban: Headers;
  let police: Headers;
  let supervisor: Headers;
  let dispatcher: Headers;

  beforeAll(async () => {
    product = await openProduct(['api', 'worker']);
    resident = await newResident(product);
    grid = await product.officer('grid.guihua');
    leader = await product.officer('leader.guihua');
    urban = await product.officer('dept.urban-management');
    police = await product.officer('dept.public-security');
    supervisor = await product.officer('supervisor');
    dispatcher = await product.officer('dispatcher.guihua');
  }, 90_000);
  afterAll(() => product.close(), 30_000);

  const get = (path: string, by: Headers = {}): Promise<Answer> => ask(product.url, 'GET', `/api/v1/${path}`, by);
  const post = (path: string, by: Headers, body: Json = {}): Promise<Answer> =>
    ask(product.url, 'POST', `/api/v1/${path}`, by, body);
  const report = async (text: string, place: Json): Promise<string> => {
    const filed = await post('reports', resident.headers, { categoryId: 'r-noise-construct', text, ...place });
    if (filed.status !== 201) throw new Error(filed.text);
    return String(filed.body['number']);
  };
  const center = (): { lat: number; lng: number } => product.credentials.demo.center;
  const codes = ({ status, body }: Answer): unknown[] => [status, body['code'] ?? body['state']];

  it('a grid officer calls, the leader signs, the department answers, comes and is rated, both ways', async () => {
    const number = await report('工地半夜打桩', { ...center(), subdistrictId: 'guihua' });
    const wish = { caseNumber: number, departments: ['urban-management'], class: 'daily', matter: '请到场联合执法' };
    const once = { ...grid, 'idempotency-key': 'call-1' };
    const made = await post('staff/joint-calls', once, wish);
    expect(codes(made)).toEqual([201, 'awaitingSignature']);
    const path = `staff/joint-calls/${String(made.body['id'])}`;
    expect((await post('staff/joint-calls', once, wish)).body['id']).toBe(made.body['id']);
    expect(codes(await post(`${path}/answers`, urban, { accept: true }))).toEqual([409, 'jointCall.notSigned']);
    expect(codes(await post(`${path}/signature`, grid))).toEqual([403, 'auth.roleMissing']);
    expect(codes(await post(`${path}/signature`, leader))).toEqual([200, 'called']);
    const row = { caseNumber: number, caseTitle: expect.any(String) as string, matter: '请到场联合执法', late: false };
    expect((await get('staff/joint-calls', urban)).body['items']).toMatchObject([
      { ...row, awaiting: 'answer', deadline: expect.any(String) as string },
    ]);
    expect((await get('staff/joint-calls', police)).body['items']).toEqual([]);
    expect(codes(await get(path, police))).toEqual([404, 'jointCall.notFound']);
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        post(`${path}/answers`, urban, { accept: true, who: '执法二队', comesAt: '2030-01-01T01:00:00Z' }),
      ),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([201, 409, 409]);
    expect((await post(`${path}/arrival`, urban)).status).toBe(200);
    expect(codes(await post(`${path}/finish`, urban, { result: '已责令停工' }))).toEqual([200, 'finished']);
    const form = { timeliness: 5, effect: 4, attitude: 5, note: '来得很快' };
    expect((await post(`${path}/cooperation`, grid, { ...form, effect: 6 })).status).toBe(400);
    expect(codes(await post(`${path}/cooperation`, grid, form))).toEqual([200, 'confirmed']);
    expect((await post(`${path}/cooperation`, urban, form)).status).toBe(200);
    const whole = await get(path, leader);
    expect(whole.body).toMatchObject({ matter: wish.matter, units: [{ late: false, ratings: [{}, {}] }] });
  });

  it('calls nobody outside the lists, and never a community', async () => {
    const wish = { entryId: 'r-noise-construct', matter: '请来帮忙' };
    const outside = await post('staff/joint-calls', leader, { ...wish, departments: ['party-building'] });
    expect(codes(outside)).toEqual([409, 'responsibility.notAssignable']);
    const community = await post('staff/joint-calls', leader, { ...wish, departments: ['guixiang'] });
    expect(codes(community)).toEqual([400, 'jointCall.invalid']);
    const unknown = await post('staff/joint-calls', leader, { ...wish, departments: ['nowhere'] });
    expect(codes(unknown)).toEqual([404, 'directory.notFound']);
    const clerk = await product.officer('clerk.guihua');
    expect((await post('staff/joint-calls', clerk, { ...wish, departments: ['urban-management'] })).status).toBe(403);
    const back = { departments: ['guihua'], matter: '请街道配合入户', class: 'emergency' };
    expect(codes(await post('staff/joint-calls', urban, back))).toEqual([201, 'called']);
  });

  it('a resident reminds once a day, a supervisor orders an answer, and the sheet shows it', async () => {
    const number = await report('吊车噪声太大了', { subdistrictId: 'guihua' });
    expect((await post(`cases/${number}/reminders`, resident.headers)).status).toBe(201);
    expect(codes(await post(`cases/${number}/reminders`, resident.headers))).toEqual([409, 'case.remindedToday']);
    const stranger = await newResident(product);
    expect((await post(`cases/${number}/reminders`, stranger.headers)).status).toBe(404);
    const orders = `staff/cases/${number}/supervision-orders`;
    expect((await post(orders, urban, { reason: '自己督办自己' })).status).toBe(403);
    const order = await post(orders, supervisor, { reason: '居民催办' });
    expect(order.status).toBe(201);
    expect(codes(await post(orders, supervisor, { reason: '再来' }))).toEqual([409, 'supervision.alreadyOpen']);
    const sheet = await get('staff/daily-sheet', urban);
    expect(sheet.body['supervision']).toMatchObject({ count: 1, items: [{ number }] });
    const answer = await post(`${orders}/${String(order.body['id'])}/answer`, urban, { answer: '已约谈施工方' });
    expect(answer.body).toMatchObject({ state: 'answered', inTime: true });
    expect((await get('staff/supervision-orders?state=answered', urban)).body['items']).toHaveLength(1);
  });

  it('says that two residents reported the same thing', async () => {
    const { lat, lng } = center();
    const first = await report('凌晨还在施工', { lat, lng: lng + 0.01 });
    const second = await report('夜间施工吵人', { lat: lat + 0.0003, lng: lng + 0.01 });
    for (const until = Date.now() + 15_000; ;) {
      const { body } = await get(`staff/cases/${first}/related`, supervisor);
      const [found] = body['items'] as Json[];
      if (found) {
        expect(found).toMatchObject({ number: second, because: 'place' });
        break;
      }
      if (Date.now() > until) throw new Error('the second report was not linked to the first');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }, 30_000);

  it('officers take work, each their own', async () => {
    for (const text of ['塔吊夜里作业', '混凝土车整夜响']) await report(text, { subdistrictId: 'guihua' });
    const claim = (by: Headers): Promise<Answer> => post('staff/work-queue/claims', by);
    const taken = await Promise.all([claim(dispatcher), claim(urban), claim(dispatcher)]);
    const numbers = taken.flatMap(({ body }) => (body['claim'] ? [(body['claim'] as Json)['number']] : []));
    expect(new Set(numbers).size).toBe(3);
    const mine = (await get('staff/work-queue', dispatcher)).body['items'] as Json[];
    expect(mine).toHaveLength(2);
    const [one] = mine.map((item) => String(item['number']));
    expect((await post(`staff/work-queue/claims/${one}/renewal`, dispatcher)).status).toBe(200);
    expect(codes(await post(`staff/work-queue/claims/${one}/renewal`, urban))).toEqual([409, 'workQueue.notClaimed']);
    const path = `/api/v1/staff/work-queue/claims/${one}`;
    expect((await ask(product.url, 'DELETE', path, dispatcher)).status).toBe(204);
    expect((await post(`staff/cases/${one}/priority`, dispatcher, { reason: 'veteran' })).status).toBe(200);
    expect((await claim(dispatcher)).body['claim']).toMatchObject({ number: one, priority: 'veteran' });
  });

  it('a task is given, taken by a neighbour, and its result published', async () => {
    const task = { title: '陪独居老人买菜', detail: '每周二上午，桂香社区', dueOn: '2099-01-01', ownerId: 'guixiang' };
    const made = await post('staff/tasks', leader, { ...task, kind: 'volunteer', wanted: 2 });
    expect(codes(made)).toEqual([201, 'open']);
    const id = String(made.body['id']);
    const places = await get('volunteer-tasks?subdistrictId=guihua', resident.headers);
    expect(places.body['items']).toMatchObject([{ id, wanted: 2 }]);
    expect((await post(`volunteer-tasks/${id}/takings`, resident.headers)).body['taken']).toBe(1);
    expect(codes(await post(`volunteer-tasks/${id}/takings`, resident.headers))).toEqual([409, 'task.alreadyTaken']);

    const reply = await post('staff/tasks', leader, { ...task, kind: 'proposalReply', ownerId: 'urban-management' });
    const path = `staff/tasks/${String(reply.body['id'])}`;
    expect(codes(await post(`${path}/completion`, urban, { result: '好' }))).toEqual([400, 'task.invalid']);
    expect(codes(await post(`${path}/completion`, urban, { result: '已列入三季度计划' }))).toEqual([200, 'done']);
    expect((await get('public-tasks')).body['items']).toEqual([]);
    expect((await post(`${path}/publication`, leader)).status).toBe(200);
    const shown = await get('public-tasks');
    expect(shown.body['items']).toMatchObject([{ result: '已列入三季度计划', owner: { id: 'urban-management' } }]);
    expect((await post('staff/tasks', urban, { ...task, kind: 'resolution' })).status).toBe(403);
  });
});

import { ask } from '../support/front-door';
import { openProduct, type Product } from '../support/product';
import { newResident, type SignedIn } from '../support/residents';

type Json = Record<string, unknown>;
type Headers = Record<string, string>;
type Answer = Awaited<ReturnType<typeof ask>>;

describe('cases of communities and grids', () => {
  let product: Product;
  let resident: SignedIn;
  let dispatcher: Headers;
  let community: Headers;
  let grid: Headers;
  let elsewhere: Headers;

  beforeAll(async () => {
    product = await openProduct(['api']);
    resident = await newResident(product);
    dispatcher = await product.officer('dispatcher.guihua');
    community = await product.officer('community.guihua');
    grid = await product.officer('grid.guihua');
    elsewhere = await product.officer('community.wutong');
  }, 90_000);
  afterAll(() => product.close(), 30_000);

  const get = (path: string, by: Headers): Promise<Answer> => ask(product.url, 'GET', `/api/v1/${path}`, by);
  const post = (path: string, by: Headers, body: Json = {}): Promise<Answer> =>
    ask(product.url, 'POST', `/api/v1/${path}`, by, body);
  const codes = ({ status, body }: Answer): unknown[] => [status, body['code'] ?? body['state']];
  const numbers = async (by: Headers): Promise<unknown[]> =>
    ((await get('staff/cases', by)).body['items'] as Json[]).map((one) => one['number']);
  const applied = async (itemId: string): Promise<string> => {
    const applicant = { name: '王秀英', phone: '13900001111' };
    const { status, text, body } = await post('cases', resident.headers, {
      itemId,
      applicant,
      subdistrictId: 'guihua',
    });
    if (status !== 201) throw new Error(text);
    await post(`staff/cases/${String(body['number'])}/acceptance`, dispatcher);
    return String(body['number']);
  };

  it('a community works on what it was given and sees nothing else', async () => {
    const number = await applied('live-proof');
    const other = await applied('elder-allowance');
    const path = `staff/cases/${number}`;
    expect(await numbers(community)).toEqual([]);
    expect(codes(await get(`cases/${number}`, community))).toEqual([404, 'case.notFound']);
    expect(codes(await post(`${path}/dispatches`, dispatcher, { departmentId: 'guixiang' }))).toEqual([
      201,
      'accepted',
    ]);
    expect(await numbers(community)).toEqual([number]);
    for (const stranger of [grid, elsewhere]) {
      expect(await numbers(stranger)).toEqual([]);
      expect(codes(await get(`cases/${number}`, stranger))).toEqual([404, 'case.notFound']);
      expect(codes(await post(`${path}/sign-for`, stranger))).toEqual([404, 'case.notFound']);
    }
    expect(codes(await get(`cases/${other}`, community))).toEqual([404, 'case.notFound']);
    expect((await get(`cases/${number}`, community)).body['applicant']).toMatchObject({ name: '王*' });
    const closure = { outcome: 'granted', publicReply: '已上门核实', evidence: ['上门核实记录'] };
    expect(codes(await post(`${path}/closure`, community, closure))).toEqual([409, 'case.notSignedFor']);
    expect(codes(await post(`${path}/reveal`, community, { reason: '上门核实' }))).toEqual([409, 'case.notSignedFor']);
    expect(codes(await post(`${path}/sign-for`, community))).toEqual([200, 'inHandling']);
    expect((await post(`${path}/reveal`, community, { reason: '上门核实' })).body['applicant']).toMatchObject({
      name: '王秀英',
    });
    for (const act of ['acceptance', 'decline', 'dispatches', 'suspension', 'decision', 'rulings'])
      expect(codes(await post(`${path}/${act}`, community))).toEqual([403, 'auth.roleMissing']);
    expect(codes(await post(`${path}/closure`, community, closure))).toEqual([200, 'closed']);
  });

  it('a department gives its case to an office of the street, which helps, and only as the lists say', async () => {
    const filed = await post('reports', resident.headers, {
      ...{ categoryId: 'r-illegal-build', text: '楼顶在搭铁皮房', subdistrictId: 'guihua' },
      ...product.credentials.demo.center,
    });
    const path = `staff/cases/${String(filed.body['number'])}`;
    await post(`${path}/acceptance`, dispatcher);
    const bureau = await product.officer('dept.urban-management');
    const office = await product.officer('dept.urban-construction');
    expect(codes(await post(`${path}/sign-for`, office))).toEqual([404, 'case.notFound']);
    const lead = { departmentId: 'urban-construction', role: 'lead' };
    expect(codes(await post(`${path}/dispatches`, bureau, lead))).toEqual([409, 'responsibility.notAssignable']);
    expect((await post(`${path}/dispatches`, bureau, { ...lead, role: 'support' })).status).toBe(201);
    expect((await post(`${path}/sign-for`, office)).body['departmentId']).toBe('urban-management');
    const did = { action: '到现场拍照、劝停', evidence: ['现场照片'] };
    expect((await post(`${path}/support-records`, office, did)).status).toBe(201);
    expect((await get(`${path}/support-records`, bureau)).body['items']).toMatchObject([did]);
  });

  it('has a daily sheet of what it was given', async () => {
    const part = async (by: Headers, name: string): Promise<unknown> =>
      ((await get('staff/daily-sheet', by)).body[name] as Json)['count'];
    const before = await part(community, 'unsigned');
    const number = await applied('live-proof');
    expect(await part(community, 'unsigned')).toBe(before);
    await post(`staff/cases/${number}/dispatches`, dispatcher, { departmentId: 'guixiang' });
    expect(await part(community, 'unsigned')).toBe(Number(before) + 1);
    expect(await part(elsewhere, 'unsigned')).toBe(0);
  });

  it('nothing goes to a community that the lists do not give it, or that lies elsewhere', async () => {
    const path = `staff/cases/${await applied('elder-allowance')}/dispatches`;
    expect(codes(await post(path, dispatcher, { departmentId: 'guixiang' }))).toEqual([
      409,
      'responsibility.notAssignable',
    ]);
    const proof = `staff/cases/${await applied('live-proof')}/dispatches`;
    expect(codes(await post(proof, dispatcher, { departmentId: 'fengqi' }))).toEqual([
      409,
      'responsibility.notAssignable',
    ]);
    expect(codes(await post(proof, dispatcher, { departmentId: 'nowhere' }))).toEqual([404, 'directory.notFound']);
    expect(codes(await post(proof, dispatcher, { departmentId: 'guixiang-1', role: 'support' }))).toEqual([
      201,
      'accepted',
    ]);
    expect(await numbers(grid)).toHaveLength(1);
  });

  it('one that helps records what it did, and the department in charge reads it', async () => {
    const number = await applied('live-proof');
    const path = `staff/cases/${number}`;
    await post(`${path}/dispatches`, dispatcher, { departmentId: 'guixiang', role: 'support' });
    const did = { action: '陪老人到窗口核对了信息', evidence: ['签到表'] };
    expect(codes(await post(`${path}/support-records`, community, did))).toEqual([409, 'case.notSignedFor']);
    await post(`${path}/sign-for`, community);
    expect(codes(await post(`${path}/support-records`, community, { ...did, evidence: [] }))).toEqual([
      400,
      'request.invalid',
    ]);
    expect((await post(`${path}/support-records`, community, did)).status).toBe(201);
    const leader = await product.officer('leader.guihua');
    for (const by of [dispatcher, leader, community])
      expect((await get(`${path}/support-records`, by)).body['items']).toMatchObject([
        { ...did, unit: { id: 'guixiang', kind: 'community' } },
      ]);
    expect(codes(await get(`${path}/support-records`, elsewhere))).toEqual([404, 'case.notFound']);
    expect(codes(await get(`${path}/support-records`, resident.headers))).toEqual([403, 'auth.roleMissing']);
    expect((await get(`cases/${number}`, resident.headers)).text).not.toContain('核对了信息');
  });

  it.each(['r-training', 'r-illegal-build', 'r-garbage', 'r-noise-construct', 'r-zombie-car'])(
    'enforcement, demolition, clean-ups and city management are never theirs: %s',
    async (categoryId) => {
      const filed = await post('reports', resident.headers, {
        ...{ categoryId, text: '楼下一直有', subdistrictId: 'guihua' },
        ...product.credentials.demo.center,
      });
      const path = `staff/cases/${String(filed.body['number'])}`;
      await post(`${path}/acceptance`, dispatcher);
      for (const departmentId of ['guixiang', 'guixiang-1', 'community-committee'])
        for (const role of ['lead', 'support']) {
          const refused = await post(`${path}/dispatches`, dispatcher, { departmentId, role });
          expect(codes(refused)).toEqual([409, 'responsibility.notAssignable']);
        }
    },
  );
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, elderId } from '../support/front-door';
import { openProduct, type Product } from '../support/product';
import { newResident } from '../support/residents';

type Answer = Awaited<ReturnType<typeof ask>>;
type Headers = { readonly authorization: string; readonly 'idempotency-key'?: string };

/** Set to a folder to keep the papers there. */
const kept = process.env['PAPERS'];
const item = 'elder-allowance';
const applicant = { name: '王桂芳', phone: '13912345678', idNumber: elderId, address: '桂花街道梧桐路18号' };
const answers = { isSelf: '否', bankName: '邻安农商银行桂花支行', bankCardNumber: '6222020200012345678' };

let product: Product;
let ours: Headers;
let theirs: Headers;

beforeAll(async () => {
  product = await openProduct(['api']);
  ours = await product.officer('clerk.guihua');
  theirs = await product.officer('clerk.wutong');
}, 90_000);
afterAll(() => product.close(), 30_000);

const get = (path: string, headers: Record<string, string>): Promise<Answer> =>
  ask(product.url, 'GET', `/api/v1${path}`, headers);
const post = (path: string, headers: Record<string, string>, body: object = {}): Promise<Answer> =>
  ask(product.url, 'POST', `/api/v1${path}`, headers, body);
const codeOf = ({ status, body }: Answer): unknown[] => [status, body['code']];

async function file(headers: Headers, changes: object = {}): Promise<string> {
  const filed = await post('/staff/counter/cases', headers, {
    ...{ itemId: item, source: 'window', applicant, answers },
    ...changes,
  });
  expect([filed.status, filed.text]).toEqual([201, expect.any(String)]);
  return String(filed.body['number']);
}

async function pdf(path: string, headers: Headers): Promise<Buffer> {
  const response = await fetch(`${product.url}/api/v1${path}`, { headers: { ...headers } });
  expect([path, response.status]).toEqual([path, 200]);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('cache-control')).toContain('no-store');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(bytes.includes('NotoSansCJKsc')).toBe(true);
  if (kept !== undefined) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, path.replaceAll('/', '-').slice(1)), bytes);
  }
  return bytes;
}

describe('the counter', () => {
  it('opens a case for somebody who came, once however often it is sent, masked in the answer', async () => {
    const body = { itemId: item, source: 'window', applicant, answers, agentFor: { name: '李秀英', relation: '母亲' } };
    const headers = { ...ours, 'idempotency-key': 'counter-1' };
    const first = await post('/staff/counter/cases', headers, body);
    expect([first.status, first.body]).toEqual([201, expect.objectContaining({ state: 'submitted' })]);
    expect(first.text).not.toContain('王桂芳');
    const again = await post('/staff/counter/cases', headers, body);
    expect(again.body['number']).toBe(first.body['number']);
    const listed = await get('/staff/counter/cases', ours);
    expect(listed.body['items']).toMatchObject([{ number: first.body['number'], source: 'window' }]);
  });

  it('takes a problem down by phone, and refuses what is neither or both', async () => {
    const reports = await get('/items?kind=report&limit=1', {});
    const categoryId = (reports.body['items'] as { id: string }[])[0]?.id;
    const phoned = {
      categoryId,
      source: 'phone',
      applicant: { name: '李秀英', phone: '13700001111' },
      text: '路灯不亮',
    };
    expect((await post('/staff/counter/cases', ours, phoned)).body).toMatchObject({
      kind: 'report',
      applicant: { phone: '137****1111' },
    });
    for (const wrong of [
      { ...phoned, itemId: item },
      { ...phoned, categoryId: undefined },
    ])
      expect(codeOf(await post('/staff/counter/cases', ours, wrong))).toEqual([400, 'case.invalid']);
    const { headers } = await newResident(product);
    expect((await post('/staff/counter/cases', headers, phoned)).status).toBe(403);
  });

  it('finds who came before, by the body alone', async () => {
    const number = await file(ours);
    const found = await post('/staff/counter/people/search', ours, { idNumber: elderId });
    expect(found.status).toBe(200);
    expect(found.text).toContain(number);
    expect(found.text).not.toMatch(new RegExp(`王桂芳|${elderId}`));
    expect((await post('/staff/counter/people/search', ours, { phone: '13700009999' })).body).toEqual({ items: [] });
  });

  it('takes in for another subdistrict what every hall may take, and sees it through acceptance', async () => {
    const number = await file(theirs, { subdistrictId: 'guihua' });
    const own = await file(ours);
    expect((await post(`/staff/cases/${number}/acceptance`, theirs)).body).toMatchObject({
      state: 'accepted',
      subdistrictId: 'guihua',
    });
    expect((await post(`/staff/cases/${own}/acceptance`, theirs)).status).toBe(404);
  });
});

describe('papers', () => {
  it('are the same bytes every time, and their code tells what they are and no more', async () => {
    const number = await file(ours);
    const receipt = await pdf(`/staff/cases/${number}/receipt.pdf`, ours);
    expect((await pdf(`/staff/cases/${number}/receipt.pdf`, ours)).equals(receipt)).toBe(true);
    expect((await pdf(`/cases/${number}/receipt.pdf`, ours)).equals(receipt)).toBe(true);
    expect(codeOf(await get(`/staff/cases/${number}/notice.pdf`, ours))).toEqual([404, 'paper.notIssued']);
    expect((await get(`/staff/cases/${number}/receipt.pdf`, theirs)).status).toBe(404);
    const wrong = await get(`/papers/0${number}-AAAAAAAAAAAAAAAA`, {});
    expect([wrong.status, wrong.type]).toEqual([404, expect.stringContaining('text/html')]);
  });

  it('are for their owner, whose name they bear', async () => {
    const { headers } = await newResident(product);
    const applied = await post('/cases', headers, { itemId: item, subdistrictId: 'guihua', applicant, answers });
    const number = String(applied.body['number']);
    const mine = await pdf(`/cases/${number}/receipt.pdf`, headers);
    expect(mine.equals(await pdf(`/staff/cases/${number}/receipt.pdf`, ours))).toBe(false);
    const other = await newResident(product);
    expect((await get(`/cases/${number}/receipt.pdf`, other.headers)).status).toBe(404);
    const notice = { missing: ['老人居民身份证复印件', '户口簿首页和本人页'], reason: '网上没有附上这两样材料。' };
    await post(`/staff/cases/${number}/correction-notice`, ours, notice);
    await pdf(`/cases/${number}/notice.pdf`, headers);
  });

  it('say why something is declined, and list a case whole for whoever takes it over', async () => {
    const declined = await file(ours);
    const given = { reason: '户籍不在本区。', authority: '户籍所在地街道' };
    expect((await post(`/staff/cases/${declined}/decline`, ours, given)).status).toBe(200);
    await pdf(`/staff/cases/${declined}/decline.pdf`, ours);

    const number = await file(ours, { onPaper: ['id-card'] });
    await post(`/staff/cases/${number}/acceptance`, ours);
    await post(`/staff/cases/${number}/decision`, ours, { outcome: 'granted' });
    const receiver = { name: '王小明', relation: '儿子' };
    const delivered = await post(`/staff/cases/${number}/delivery`, ours, { way: 'window', receiver });
    expect([delivered.status, delivered.text]).toEqual([200, expect.not.stringContaining('王小明')]);
    const slip = await get(`/staff/cases/${number}/transfer-slip`, ours);
    expect(slip.body).toMatchObject({
      source: 'window',
      applicant: '王*',
      materials: { present: [{ files: 0, onPaper: true }] },
      handOvers: [{ receiver: '王*', relation: '儿子' }],
    });
    await pdf(`/staff/cases/${number}/transfer-slip.pdf`, ours);
  });
});

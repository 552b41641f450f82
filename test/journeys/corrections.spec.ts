import { applyByChat, answerTo, ask } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';

/** A PNG of one pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

describe('a case that lacks something', () => {
  let product: Product;
  let clerk: Record<string, string>;
  beforeAll(async () => {
    product = await openProduct();
    clerk = await product.officer('clerk.guihua');
  }, 60_000);
  afterAll(() => product.close(), 30_000);

  const staff = (number: string, verb: string, body?: object): ReturnType<typeof ask> =>
    ask(product.url, 'POST', `/api/v1/staff/cases/${number}/${verb}`, clerk, body);

  it('is asked for once, completed in chat with words and a picture, and goes on', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    const number = await applyByChat(phone);
    const notice = { missing: ['老人户口簿', '老人银行卡照片'], reason: '照片看不清' };
    const asked = await staff(number, 'correction-notice', notice);
    expect([asked.status, asked.body['state']]).toEqual([200, 'awaitingCorrection']);
    const heard = await phone.waitFor(/老人银行卡照片/);
    expect(heard).toContain('老人户口簿');
    const twice = await staff(number, 'correction-notice', notice);
    expect(twice.status).toBe(409);

    await phone.say('补正');
    await phone.push({ type: 'image', base64: pixel });
    await phone.say('户口簿在我手里，户主是王桂芳');
    expect(await phone.say('完成')).toContain(number);
    const read = await ask(product.url, 'GET', `/api/v1/staff/cases?state=submitted&limit=50`, clerk);
    expect(read.text).toContain(number);
    expect(await fileOf(number)).toMatch(/^[0-9a-f-]{36}$/);

    expect((await staff(number, 'acceptance')).body['state']).toBe('accepted');
    const closure = { outcome: 'granted', publicReply: '已办好', evidence: ['核定表'] };
    expect((await staff(number, 'closure', closure)).body['state']).toBe('closed');
    const over = await staff(number, 'closure', closure);
    expect([over.status, over.body['code']]).toEqual([409, 'case.closed']);
    await phone.waitFor(/已办好/);
  }, 60_000);

  /** The picture comes from the platform a moment after the correction. */
  async function fileOf(number: string): Promise<string> {
    for (const until = Date.now() + 15_000; ;) {
      const detail = await ask(product.url, 'GET', `/api/v1/cases/${number}`, clerk);
      const [file] = detail.body['fileIds'] as string[];
      if (file !== undefined) {
        const read = await fetch(`${product.url}/api/v1/staff/cases/${number}/files/${file}`, { headers: clerk });
        expect([read.status, read.headers.get('content-type')]).toEqual([200, 'image/png']);
        return file;
      }
      if (Date.now() > until) throw new Error('the picture was never attached');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('shows an officer masked facts, and the whole only against a reason that is kept', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    const number = await applyByChat(phone);
    const masked = await ask(product.url, 'GET', `/api/v1/cases/${number}`, clerk);
    expect(masked.text).not.toContain('王桂芳');
    expect(masked.text).not.toContain('13812345678');
    const whole = await staff(number, 'reveal', { reason: '核对身份证' });
    expect((whole.body['applicant'] as { name: string }).name).toBe('王桂芳');
    const [kept] = await product.db.database.sql<{ count: number }>(
      `select count(*)::int as count from platform_audit where action = 'case.reveal'`,
    );
    expect(kept?.count).toBe(1);
    const raw = await product.db.database.sql<{ row: string }>('select casework_case::text as row from casework_case');
    expect(raw.some(({ row }) => row.includes('王桂芳') || row.includes('13812345678'))).toBe(false);
  }, 30_000);

  it('of a problem reaches the responsible department with place and picture', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    let said = await phone.say('楼下路灯坏了三天，晚上黑灯瞎火看不见路');
    for (let turns = 0; turns < 12 && !said.includes('办件编号'); turns += 1) said = await reply(phone, said);
    const number = /办件编号：(\d+)/.exec(said)?.[1] ?? '';
    const department = await product.officer('dept.urban-management');
    const seen = await ask(product.url, 'GET', `/api/v1/cases/${number}`, department);
    expect([seen.status, seen.body['kind'], seen.body['entryId']]).toEqual([200, 'report', 'r-streetlight']);
    const other = await ask(product.url, 'GET', `/api/v1/cases/${number}`, await product.officer('dept.water-bureau'));
    expect(other.status).toBe(404);
  }, 30_000);

  async function reply(phone: Phone, question: string): Promise<string> {
    if (/^\s*1[.、]/m.test(question)) return phone.say(answerTo(question));
    const sent = /照片/.test(question)
      ? await phone.push({ type: 'image', base64: pixel })
      : await phone.push({ type: 'location', lat: 30.474, lng: 106.633, label: '桂香社区东门' });
    return sent.reply?.content.text ?? '';
  }
});

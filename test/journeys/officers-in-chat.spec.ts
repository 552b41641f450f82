import { ask } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';

interface Listed {
  readonly items: readonly { readonly id: string; readonly lastWords: string }[];
}

describe('a resident who asks for a human', () => {
  let product: Product;
  let clerk: Record<string, string>;
  beforeAll(async () => {
    product = await openProduct();
    clerk = await product.officer('clerk.guihua');
  }, 60_000);
  afterAll(() => product.close(), 30_000);

  const path = (rest: string): string => `/api/v1/staff/conversations${rest}`;

  it('is answered by an officer in the same chat, and Linli listens again afterwards', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    expect(await phone.say('人工')).toMatch(/工作人员/);
    await phone.say('我家的事比较复杂，想当面说');

    const waiting = await ask(product.url, 'GET', path('?state=waiting'), clerk);
    const [one] = (waiting.body as unknown as Listed).items;
    expect(one?.lastWords).toContain('比较复杂');
    const id = one?.id ?? '';
    expect((await ask(product.url, 'POST', path(`/${id}/takeover`), clerk)).status).toBe(200);
    const dispatcher = await product.officer('dispatcher.guihua');
    const second = await ask(product.url, 'POST', path(`/${id}/takeover`), dispatcher);
    expect([second.status, second.body['code']]).toEqual([409, 'handOver.notYours']);
    const elsewhere = await ask(product.url, 'GET', path(`/${id}`), await product.officer('assessor'));
    expect(elsewhere.status).toBe(403);

    await ask(product.url, 'POST', path(`/${id}/messages`), clerk, { text: '您好，我是窗口小周，请讲。' });
    await phone.waitFor(/窗口小周/);
    expect(await phone.say('好的，谢谢')).toBe('');
    const read = await ask(product.url, 'GET', path(`/${id}`), clerk);
    const lines = read.body['lines'] as { who: string; words: string }[];
    expect(lines.map((line) => line.who)).toEqual(['resident', 'resident', 'officer', 'resident']);

    expect((await ask(product.url, 'POST', path(`/${id}/end`), clerk)).status).toBe(200);
    await phone.waitFor(/邻里/);
    expect(await phone.say('帮助')).toMatch(/进度/);
  }, 30_000);

  it('is heard again by Linli when they say so', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    await phone.say('人工');
    await phone.say('回到邻里');
    expect(await phone.say('我要领高龄津贴')).toMatch(/高龄津贴/);
    const waiting = await ask(product.url, 'GET', path('?state=waiting'), clerk);
    expect((waiting.body as unknown as Listed).items).toEqual([]);
  }, 30_000);

  it('is forgotten when they unfollow, while the case stays', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    await phone.say('人工');
    await phone.push({ type: 'event', event: 'unsubscribe', eventKey: '' });
    const waiting = await ask(product.url, 'GET', path('?state=waiting'), clerk);
    expect((waiting.body as unknown as Listed).items).toEqual([]);
    const openids = await product.db.database.sql<{ count: number }>(
      `select count(*)::int as count from directory_identity where channel = 'wechatOfficial'`,
    );
    expect(openids[0]?.count).toBe(2);
  }, 30_000);
});

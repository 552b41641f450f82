import { localDate, monthOf } from '@linli/kernel';
import { ask } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';

type Json = Record<string, unknown>;

describe('a closure the resident contradicts', () => {
  let product: Product;
  let clerk: Record<string, string>;
  beforeAll(async () => {
    product = await openProduct();
    clerk = await product.officer('clerk.guihua');
  }, 90_000);
  afterAll(() => product.close(), 30_000);

  const staff = (number: string, verb: string, body: Json = {}): ReturnType<typeof ask> =>
    ask(product.url, 'POST', `/api/v1/staff/cases/${number}/${verb}`, clerk, body);

  /** The only case of a phone, from what its list says. */
  async function numberOf(phone: Phone): Promise<string> {
    await phone.say('进度');
    const shown = await phone.say('1');
    const number = /编号 (\d{10,})/.exec(shown)?.[1];
    if (number === undefined) throw new Error(`no case in:\n${shown}`);
    return number;
  }

  it('is hurried and taken up again in chat, and counts against the officer who closed it', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    await phone.say('楼下路灯不亮');
    for (const words of ['1', '书院路口的路灯三天不亮了', '跳过', '书院路口', '跳过', '桂花街道', '1', '是']) {
      if (/办件编号/.test((await phone.heard()).at(-1) ?? '')) break;
      await phone.say(words);
    }
    await phone.waitFor(/办件编号/);
    const number = await numberOf(phone);
    expect(await phone.say('催办')).toContain(`编号 ${number} 已经替您催办了`);
    expect(await phone.say('催办')).toContain('您正在办的是这一件');
    expect(await phone.say('催办')).toContain('今天已经催办过了');

    expect((await staff(number, 'acceptance')).body['state']).toBe('accepted');
    const closure = { outcome: 'resolved', publicReply: '已经换上新灯', evidence: ['照片'] };
    expect((await staff(number, 'closure', closure)).body['state']).toBe('closed');
    expect(await phone.waitFor(/已经换上新灯/)).toContain('一个月内回复「重办」');
    expect(await phone.say('重办')).toContain('哪里没有解决');
    expect(await phone.say('昨晚又灭了，看不见路')).toContain(`编号 ${number} 重新办理`);
    const again = await ask(product.url, 'GET', `/api/v1/cases/${number}`, clerk);
    expect(again.body).toMatchObject({ state: 'inHandling', request: { type: 'help', urgency: 'ordinary' } });

    const month = monthOf(localDate(new Date()));
    const mine = async (): Promise<Json | undefined> => {
      const headers = await product.officer('leader.guihua');
      const { body } = await ask(product.url, 'GET', `/api/v1/assessments/${month}/staff-scores`, headers);
      return (body['items'] as Json[]).find((one) => one['reopened'] === 1);
    };
    for (const until = Date.now() + 20_000; !(await mine()) && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await mine()).toMatchObject({ closed: 1, reopened: 1 });
  }, 90_000);
});

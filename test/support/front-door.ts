import { Phone } from './phone';
import type { Product } from './product';

type Json = Record<string, unknown>;

/** Asks the product's API and returns status and body. */
export async function ask(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<{ status: number; body: Json; text: string; type: string }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, text, type, body: type.includes('json') ? (JSON.parse(text) as Json) : {} };
}

/** An identity number of the demo: a made-up person born on 5 March 1938, with a right check digit. */
export const elderId = '990102193803051129';

/** Applies for the elders' allowance by chat, answering what is asked, and returns the case number. */
export async function applyByChat(phone: Phone): Promise<string> {
  let said = await phone.say('我妈八十多了，想领高龄津贴');
  for (let turns = 0; turns < 25; turns += 1) {
    const number = /办件编号：(\S+)/.exec(said)?.[1];
    if (number) return number;
    said = await phone.say(answerTo(said));
  }
  throw new Error(`no case after 25 turns; last heard: ${said}`);
}

/** What a patient resident answers to what was asked last. */
export function answerTo(question: string): string {
  const numbered = [...question.matchAll(/^\s*(\d)[.、]\s*(.+)$/gm)];
  const choice = (pattern: RegExp): string | undefined =>
    numbered.find(([, , words]) => pattern.test(words ?? ''))?.[1];
  const known: readonly (readonly [RegExp, string])[] = [
    [/身份证号/, elderId],
    [/电话|手机号/, '13812345678'],
    [/叫什么|姓名|名字/, '王桂芳'],
    [/本人在申请|老人本人/, '是'],
    [/什么人|关系/, '本人'],
    [/哪家银行/, '邻安农商银行桂花支行'],
    [/卡号/, '6222020200112233445'],
    [/住址|地址|住在哪|门牌/, '桂香社区三栋二单元401'],
  ];
  const byChoice = choice(/^提交/) ?? choice(/高龄津贴/) ?? choice(/现在就申请/) ?? numbered[0]?.[1];
  return byChoice ?? known.find(([pattern]) => pattern.test(question))?.[1] ?? '是';
}

/** The whole path, over the real wire; run once per shape the product can take. */
export function describeFrontDoor(open: () => Promise<Product>): void {
  let product: Product;
  beforeAll(async () => (product = await open()), 60_000);
  afterAll(() => product.close(), 30_000);

  it('carries a need said in chat to a case, its closing, a rating and a score', async () => {
    const phone = await Phone.create(product.url);
    const greeting = await phone.follow();
    expect(greeting.reply?.content.text).toMatch(/您好/);
    const number = await applyByChat(phone);

    const clerk = await product.officer('clerk.guihua');
    const list = await ask(product.url, 'GET', '/api/v1/staff/cases?limit=50', clerk);
    expect(list.status).toBe(200);
    expect(list.text).toContain(number);
    expect(list.text).not.toContain('王桂芳');

    const early = await ask(product.url, 'POST', `/api/v1/staff/cases/${number}/closure`, clerk, closure);
    expect([early.status, early.body['code']]).toEqual([409, 'case.notAccepted']);
    const accepted = await ask(product.url, 'POST', `/api/v1/staff/cases/${number}/acceptance`, clerk);
    expect([accepted.status, accepted.body['state']]).toEqual([200, 'accepted']);
    await phone.waitFor(/已受理/);
    const closed = await ask(product.url, 'POST', `/api/v1/staff/cases/${number}/closure`, clerk, closure);
    expect([closed.status, closed.body['state']]).toEqual([200, 'closed']);
    await phone.waitFor(/从下月起发放/);
    const question = await phone.waitFor(/非常满意/);
    expect(question).toMatch(/5.*非常满意[^]*4.*满意[^]*3.*基本满意[^]*2.*不满意[^]*1.*非常不满意/);
    expect(await phone.say('5')).toMatch(/谢谢/);
    expect(await phone.say('5')).not.toMatch(/评价.*收到|谢谢您的评价/);

    await expectScore(product, number);
  }, 60_000);

  it('opens one case however often a push is delivered at once', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    await phone.say('我要领高龄津贴');
    const before = await ask(product.url, 'GET', '/api/v1/staff/cases?limit=100', await product.officer('admin'));
    const outcome = await pushUntilCase(phone);
    expect(outcome.size).toBe(1);
    const after = await ask(product.url, 'GET', '/api/v1/staff/cases?limit=100', await product.officer('admin'));
    expect((after.body['items'] as unknown[]).length - (before.body['items'] as unknown[]).length).toBe(1);
  }, 60_000);
}

const closure = { outcome: 'granted', publicReply: '高龄津贴已核定，从下月起发放。', evidence: ['核定表第12号'] };

/** Every answer delivered three times at once; the distinct case numbers that were said. */
async function pushUntilCase(phone: Phone): Promise<Set<string>> {
  const numbers = new Set<string>();
  let said = (await phone.heard()).at(-1) ?? '';
  for (let turns = 0; turns < 25 && numbers.size === 0; turns += 1) {
    const { reply, tries } = await phone.push({ type: 'text', text: answerTo(said), copies: 3 });
    said = reply?.content.text ?? '';
    expect(tries.length).toBeGreaterThanOrEqual(3);
    for (const [, number] of said.matchAll(/办件编号：(\S+)/g)) numbers.add(number ?? '');
  }
  for (const text of await phone.heard())
    for (const [, number] of text.matchAll(/办件编号：(\S+)/g)) numbers.add(number ?? '');
  return numbers;
}

/** The month's sheet names the department with this one rating, in JSON and in CSV. */
async function expectScore(product: Product, number: string): Promise<void> {
  const period = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
  const path = `/api/v1/assessments/${period}/scores`;
  const key = { 'x-api-key': product.credentials.apiKeys.assessor };
  const until = Date.now() + 15_000;
  for (;;) {
    const sheet = await ask(product.url, 'GET', path, key);
    expect(sheet.status).toBe(200);
    const items = sheet.body['items'] as {
      subject: { name: string };
      score: number;
      sample: number;
      interval: number[];
    }[];
    const mine = items.find((item) => item.subject.name === '街道社会事务办公室');
    if (mine) {
      expect(mine).toMatchObject({ score: 100, sample: 1 });
      expect(mine.interval[0]).toBeCloseTo(20.65, 1);
      break;
    }
    if (Date.now() > until) throw new Error(`the rating of ${number} reached no score: ${sheet.text}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const csv = await ask(product.url, 'GET', path, { ...key, accept: 'text/csv' });
  expect(csv.type).toContain('text/csv');
  expect(csv.text).toContain('街道社会事务办公室');
}

import { applyByChat, ask } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';

const base = '/api/v1/staff/routing';
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

describe('officers put right what the router got wrong', () => {
  let product: Product;
  let number: string;
  type Headers = Record<string, string>;
  let clerk: Headers;
  let dispatcher: Headers;
  let admin: Headers;

  beforeAll(async () => {
    product = await openProduct(['api', 'worker']);
    const phone = await Phone.create(product.url);
    await phone.follow();
    number = await applyByChat(phone);
    clerk = await product.officer('clerk.guihua');
    dispatcher = await product.officer('dispatcher.guihua');
    admin = await product.officer('admin');
  }, 90_000);
  afterAll(() => product.close(), 30_000);

  const correct = (by: Headers, more: object = {}): ReturnType<typeof ask> =>
    ask(product.url, 'POST', `${base}/corrections`, by, {
      caseNumber: number,
      words: '我叫王桂芳，电话13812345678，想办老年证',
      correctEntryId: 'elder-card',
      ...more,
    });
  const accuracy = async (): Promise<{ status: number; body: Record<string, unknown> }> =>
    ask(product.url, 'GET', `${base}/accuracy?from=${today()}&to=${today()}`, admin);

  it('counts the case before anybody has said anything of it', async () => {
    const { status, body } = await accuracy();
    expect(status).toBe(200);
    expect(body['total']).toMatchObject({ routed: 1, corrected: 0, accuracy: 1 });
    expect((body['total'] as { interval: number[] }).interval[0]).toBeCloseTo(0.2065, 3);
  });

  it('refuses what makes no sense', async () => {
    const codes = async (more: object, by = clerk): Promise<unknown> => (await correct(by, more)).body['code'];
    expect(await codes({ caseNumber: undefined })).toBe('request.invalid');
    expect(await codes({ caseNumber: '2026000000000' })).toBe('case.notFound');
    expect(await codes({ correctEntryId: 'nonsense' })).toBe('item.notFound');
    expect(await codes({ words: '' })).toBe('request.invalid');
    expect(await codes({ caseNumber: undefined, conversationId: '0190a000-0000-7000-8000-000000000000' })).toBe(
      'handOver.notFound',
    );
    expect((await ask(product.url, 'POST', `${base}/corrections`, {}, {})).status).toBe(401);
  });

  it('takes it from one officer, lets another approve it, and exports it masked', async () => {
    const made = await correct(clerk);
    expect(made.status).toBe(201);
    expect((await correct(dispatcher)).body['code']).toBe('guidance.alreadyCorrected');
    const review = (by: Headers, verdict = 'approved'): ReturnType<typeof ask> =>
      ask(product.url, 'POST', `${base}/corrections/${String(made.body['id'])}/review`, by, { verdict });
    expect((await review(clerk)).status).toBe(403);

    const listed = await ask(product.url, 'GET', `${base}/corrections`, dispatcher);
    expect(listed.body['items']).toMatchObject([
      { caseNumber: number, words: '我叫某人，电话某电话，想办老年证', correctEntryId: 'elder-card', state: 'pending' },
    ]);
    expect((await accuracy()).body['total']).toMatchObject({ routed: 1, corrected: 0, pending: 1 });

    expect((await review(dispatcher)).body).toEqual({ id: made.body['id'], state: 'approved' });
    expect((await review(admin, 'rejected')).body['code']).toBe('guidance.alreadyReviewed');
    const { body } = await accuracy();
    expect(body['total']).toMatchObject({ routed: 1, corrected: 1, pending: 0, accuracy: 0 });
    expect(body['entries']).toMatchObject([{ routed: 1, corrected: 1, name: expect.stringContaining('高龄') }]);

    const exported = await ask(product.url, 'GET', `${base}/phrasings`, admin);
    expect(exported.body).toEqual({
      items: [{ id: 'elder-card', phrasings: ['我叫某人，电话某电话，想办老年证'] }],
      nextCursor: null,
    });
  });

  it('does not let an officer review what they wrote themselves', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    const second = await applyByChat(phone);
    const made = await correct(dispatcher, { caseNumber: second, correctEntryId: 'none' });
    expect(made.status).toBe(201);
    const path = `${base}/corrections/${String(made.body['id'])}/review`;
    const own = await ask(product.url, 'POST', path, dispatcher, { verdict: 'approved' });
    expect([own.status, own.body['code']]).toEqual([403, 'guidance.ownCorrection']);
    expect((await ask(product.url, 'POST', path, admin, { verdict: 'rejected' })).status).toBe(200);
    const again = await correct(clerk, { caseNumber: second, correctEntryId: 'none' });
    expect(again.status).toBe(201);
  }, 60_000);

  it('knows a conversation that was handed over', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    await phone.say('人工');
    const waiting = await ask(product.url, 'GET', '/api/v1/staff/conversations', admin);
    const [first] = waiting.body['items'] as { id: string }[];
    const made = await correct(admin, { caseNumber: undefined, conversationId: first!.id });
    expect(made.status).toBe(201);
    const listed = await ask(product.url, 'GET', `${base}/corrections?limit=100`, admin);
    expect(listed.body['items']).toContainEqual(
      expect.objectContaining({ conversationId: first!.id, caseNumber: null, routedEntryId: null }),
    );
  });

  it.each([
    ['2026-03-10', '2026-03-09'],
    ['2024-01-01', '2026-01-01'],
    ['2026-02-30', '2026-03-01'],
    ['x', 'y'],
  ])('refuses the span %s to %s', async (from, to) => {
    const { status } = await ask(product.url, 'GET', `${base}/accuracy?from=${from}&to=${to}`, admin);
    expect(status).toBe(400);
  });
});

import { testDatabase, type TestDatabase } from '@linli/testing';
import { isPublicAddress, webhookUrl } from './address';
import { publicLookup, WebhookPost } from './webhook-post.service';
import { WebhookStore } from './webhook.store';
import { AssessmentWebhooks1780000034500 } from './webhooks.migration';
import { signature, Webhooks } from './webhooks.service';

describe('an address', () => {
  it.each(
    '127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: fe80::1 fd00::1 ::ffff:10.0.0.1 ::ffff:7f00:1 2002:7f00:1:: 64:ff9b::a00:1 1.2.3 x'.split(
      ' ',
    ),
  )('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each('8.8.8.8 172.15.255.255 172.32.0.0 192.167.0.1 223.5.5.5 2400:3200::1 ::ffff:8.8.8.8'.split(' '))(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each(['http://a.cn/', 'https://u:p@a.cn/', 'ftp://a.cn', 'a.cn', ''])('%j is none to send to', (url) =>
    expect(webhookUrl(url)).toBeNull(),
  );
});

describe('a post', () => {
  it.each(['https://127.0.0.1/', 'https://[::1]/', 'https://2130706433/', 'https://0x7f.1/', 'https://localhost/'])(
    'to %s is refused before anything is sent',
    (url) => expect(new WebhookPost().send(new URL(url), '{}', {}, false)).rejects.toThrow('not public'),
  );

  it('judges a name by what it resolves to', async () => {
    const failed = new Promise<unknown>((resolve) => publicLookup('localhost', {}, (error) => resolve(error)));
    expect(await failed).toMatchObject({ message: 'the address is not public' });
  });
});

describe('webhooks', () => {
  let db: TestDatabase;
  let store: WebhookStore;
  const now = new Date('2026-09-10T02:00:00Z');
  const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

  beforeAll(async () => {
    db = await testDatabase({ rows: [], migrations: [AssessmentWebhooks1780000034500] });
    store = new WebhookStore(db.database, db.cipher);
  });
  afterAll(() => db.close());
  beforeEach(() => db.database.sql('truncate assessment_webhook cascade'));

  /** What we do not own is stood in for at our own port. */
  const answering = (...statuses: (number | Error)[]) => {
    const sent: { url: string; body: string; headers: Readonly<Record<string, string>> }[] = [];
    const post = new WebhookPost();
    post.send = (url, body, headers) => {
      sent.push({ url: url.href, body, headers });
      const status = statuses.shift() ?? 200;
      return status instanceof Error ? Promise.reject(status) : Promise.resolve(status);
    };
    return { sent, webhooks: new Webhooks(store, post) };
  };
  const add = (webhooks: Webhooks, url = 'https://a.cn/hook'): Promise<string> =>
    db.database.transact((tx) => webhooks.add(tx, url, false, now));
  const close = (): Promise<void> =>
    db.database.transact((tx) => store.enqueue(tx, '2026-08', '{"period":"2026-08"}', now));

  it('are told once, signed with the secret shown when they were added', async () => {
    const { webhooks, sent } = answering();
    const secret = await add(webhooks);
    await expect(add(webhooks)).rejects.toMatchObject({ code: 'assessment.webhookInvalid' });
    await close();
    await close();
    expect(await Promise.all([webhooks.round(now), webhooks.round(now)]).then(([a, b]) => a + b)).toBe(1);
    const { headers, body } = sent[0]!;
    expect(headers['x-linli-signature']).toBe(`sha256=${signature(secret, headers['x-linli-timestamp']!, body)}`);
    expect(await webhooks.round(minutes(1000))).toBe(0);
  });

  it('are tried again, later each time, and given up after ten times', async () => {
    const { webhooks, sent } = answering(500, new Error('no answer in time'), ...Array<number>(8).fill(503));
    await add(webhooks);
    await close();
    expect(await webhooks.round(now)).toBe(1);
    expect(await webhooks.round(minutes(0.5))).toBe(0);
    let at = 0;
    for (let attempt = 0; attempt < 9; attempt += 1) {
      at += 2 ** attempt;
      expect(await webhooks.round(minutes(at))).toBe(1);
    }
    expect(sent).toHaveLength(10);
    expect(await webhooks.round(minutes(100_000))).toBe(0);
    const rows = await db.database.sql<{ attempts: number; last_error: string }>(
      'select * from assessment_webhook_delivery',
    );
    expect(rows).toMatchObject([{ attempts: 10, last_error: 'answered 503', delivered_at: null }]);
  });
});

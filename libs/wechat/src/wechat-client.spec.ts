import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { WechatSimModule } from '@linli-app/wechat-sim';
import { Refusal } from '@linli/kernel';
import { Clock, Database, FieldCipher, readConfig } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { wechatAccounts, type WechatAccounts } from './accounts';
import { WechatFailure } from './platform-errors';
import { splitText } from './split-text';
import { openPush } from './webhook';
import { WechatClient } from './wechat-client.service';
import { Wechat1780000007000 } from './wechat.migration';
import { WechatModule } from './wechat.module';

let db: TestDatabase;
let sim: INestApplication;
let webhook: Server;
let accounts: WechatAccounts;
let client: WechatClient;
let baseUrl = '';
let answer: (query: Record<string, string>, body: string) => string = () => 'success';

/** What a misbehaving server answers. */
interface Served {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | Buffer;
}

interface Opened {
  readonly client: WechatClient;
  close(): Promise<void>;
}

async function open(url: () => string, held: WechatAccounts = accounts): Promise<Opened> {
  const module = await Test.createTestingModule({
    imports: [WechatModule.register({ accounts: held, apiBaseUrl: url })],
  })
    .useMocker((token) => {
      if (token === Database) return db.database;
      if (token === FieldCipher) return db.cipher;
      if (token === Clock) return db.clock;
      throw new Error(`nobody provides ${String(token)}`);
    })
    .compile();
  return { client: module.get(WechatClient), close: () => module.close() };
}

beforeAll(async () => {
  db = await testDatabase({ rows: [], migrations: [Wechat1780000007000] });
  accounts = wechatAccounts(readConfig({}), db.keys);
  webhook = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const query = Object.fromEntries(new URL(incoming.url ?? '/', 'http://x').searchParams);
      response.end(answer(query, Buffer.concat(chunks).toString()));
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { official, mini } = accounts;
  const module = await Test.createTestingModule({
    imports: [
      WechatSimModule.register({
        official: { ...official!, originalId: official!.originalId! },
        mini: { appId: mini!.appId, secret: mini!.secret },
        pushUrl: () => `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`,
        loopbackOnly: true,
      }),
    ],
  }).compile();
  sim = module.createNestApplication();
  await sim.listen(0, '127.0.0.1');
  baseUrl = `${await sim.getUrl()}/simulator/`;
  client = (await open(() => baseUrl)).client;
});

afterAll(async () => {
  await sim.close();
  webhook.closeAllConnections();
  webhook.close();
  await db.close();
});

beforeEach(async () => {
  answer = () => 'success';
  await request(sim.getHttpServer()).delete('/simulator/control/state').expect(204);
  await db.database.sql('delete from wechat_token');
});

async function control(path: string, body: object = {}): Promise<Record<string, unknown>> {
  const response = await request(sim.getHttpServer()).post(`/simulator/control/${path}`).send(body);
  expect(response.status).toBeLessThan(300);
  return response.body;
}

async function person(): Promise<{ openid: string; miniOpenid: string; unionid: string }> {
  return (await control('users')) as never;
}

async function phone(openid: string): Promise<string[]> {
  const response = await request(sim.getHttpServer()).get(`/simulator/control/users/${openid}/messages`);
  return response.body.items.map((one: { way: string; content: { text: string } }) => `${one.way} ${one.content.text}`);
}

async function callsOf(path: string): Promise<{ body: unknown }[]> {
  return (await request(sim.getHttpServer()).get('/simulator/control/sent').query({ path })).body.items;
}

async function failureOf(work: Promise<unknown>): Promise<WechatFailure> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof WechatFailure) return error;
  throw new Error(`no WechatFailure but ${String(error)}`);
}

describe('a conversation with the platform', () => {
  it('opens what the platform pushes, and what it answers is shown', async () => {
    const { openid } = await person();
    answer = (query, body) => {
      const now = new Date();
      const push = openPush(query, body, accounts.official!, 'wechatOfficial', now);
      return push.reply(`收到：${push.message.content.kind} ${push.message.from === openid ? '本人' : '?'}`, now);
    };
    const text = await control(`users/${openid}/messages`, { type: 'text', text: '低保 ]]> <a>' });
    expect(text['failed']).toBe(false);
    await control(`users/${openid}/messages`, { type: 'location', lat: 31.2, lng: 121.4, label: '家' });
    await control(`users/${openid}/follow`, { scene: 'hall-1' });
    expect((await phone(openid)).filter((line) => line.startsWith('passive'))).toEqual([
      'passive 收到：text 本人',
      'passive 收到：location 本人',
      'passive 收到：follow 本人',
    ]);
  });

  it('sends text in pieces, each as the platform takes it', async () => {
    const { openid } = await person();
    await control(`users/${openid}/messages`, { type: 'text', text: '你好' });
    const pieces = splitText('请带身份证到三号窗口。\n'.repeat(100));
    for (const piece of pieces) await client.sendText('wechatOfficial', openid, piece);
    await client.sendText('wechatOfficial', openid, '坏\uD83D字\u0000符');
    expect((await phone(openid)).slice(1)).toEqual([...pieces, '坏\uFFFD字符'].map((piece) => `custom ${piece}`));
    expect(pieces).toHaveLength(2);
  });

  it.each<[string, string]>([
    ['window', '没有说过话'],
    ['content', '长'.repeat(683)],
  ])('says %s when the platform refuses', async (kind, text) => {
    const { openid } = await person();
    await control(`users/${openid}/follow`);
    await control('clock', { advanceMs: 120_000 });
    expect((await failureOf(client.sendText('wechatOfficial', openid, text))).kind).toBe(kind);
  });

  it('says unreachable for somebody else`s openid, and names nobody', async () => {
    const failure = await failureOf(client.sendText('wechatMini', 'oNobody', '好'));
    expect(failure).toMatchObject({ kind: 'unreachable', errcode: 40003 });
    expect(failure.message).toMatch(/^WeChat \/cgi-bin\/message\/custom\/send answered 40003 \(rid [0-9a-f-]+\)$/);
  });

  it('shows typing, and never complains', async () => {
    const { openid } = await person();
    await control(`users/${openid}/messages`, { type: 'text', text: '你好' });
    await client.typing(openid);
    await client.typing('oNobody');
    await control('faults', { path: '/cgi-bin/message/custom/typing', httpStatus: 500 });
    await client.typing(openid);
    expect((await callsOf('/cgi-bin/message/custom/typing')).map((call) => call.body)).toEqual([
      { touser: openid, command: 'Typing' },
      { touser: 'oNobody', command: 'Typing' },
    ]);
    const unreachable = await open(() => 'http://127.0.0.1:1');
    await expect(unreachable.client.typing(openid)).resolves.toBeUndefined();
  });
});

describe('login', () => {
  async function refusal(code: string, by = client): Promise<string> {
    return by.codeToSession(code).then(
      () => 'accepted',
      (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
    );
  }

  it('tells who it is, once per code, and keeps the session key back', async () => {
    const { openid, miniOpenid, unionid } = await person();
    const code = String((await control('login-codes', { openid }))['code']);
    expect(await client.codeToSession(code)).toEqual({ openid: miniOpenid, unionid });
    expect(await refusal(code)).toBe('wechat.codeInvalid');
    expect(await refusal('made-up&grant_type=x')).toBe('wechat.codeInvalid');
  });

  it('is unavailable when the platform is, or refuses us', async () => {
    for (const errcode of [-1, 45011, 40125, 40226]) {
      await control('errors', { path: '/sns/jscode2session', errcode });
      expect(await refusal('x')).toBe('wechat.unavailable');
    }
    await control('faults', { path: '/sns/jscode2session', httpStatus: 502 });
    expect(await refusal('x')).toBe('wechat.unavailable');
    expect(await refusal('x', (await open(() => 'http://127.0.0.1:1')).client)).toBe('wechat.unavailable');
    const without = await open(() => baseUrl, { ...accounts, mini: null });
    expect(await refusal('x', without.client)).toBe('wechat.unavailable');
  });
});

describe('media', () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');

  it('fetches what a resident sent; null when it is gone', async () => {
    const upload = await request(sim.getHttpServer()).post('/simulator/control/media').attach('file', png, 'a.png');
    const mediaId = String(upload.body.mediaId);
    expect(await client.media(mediaId)).toEqual({ content: png, name: `${mediaId}.png` });
    expect(await client.media(mediaId, 'wechatMini')).toEqual({ content: png, name: `${mediaId}.png` });
    expect(await client.media('gone')).toBeNull();
    await control('errors', { path: '/cgi-bin/media/get', errcode: 45009 });
    expect(await failureOf(client.media(mediaId))).toMatchObject({ kind: 'quota', errcode: 45009 });
  });

  it('refreshes a token that ended while fetching', async () => {
    const upload = await request(sim.getHttpServer()).post('/simulator/control/media').attach('file', png, 'a.png');
    await client.media('gone');
    await control('tokens/expire');
    expect((await client.media(String(upload.body.mediaId)))?.content).toEqual(png);
  });
});

describe('a platform that misbehaves', () => {
  let rude: Server;
  let serve: () => Served;

  beforeAll(async () => {
    rude = createServer((incoming, response) => {
      const path = (incoming.url ?? '').split('?')[0] ?? '';
      const token: Served = { body: '{"access_token":"t","expires_in":7200}' };
      const { status = 200, type = 'application/json', body } = path.endsWith('stable_token') ? token : serve();
      response
        .writeHead(status, { 'content-type': type, ...(status === 302 ? { location: '/stable_token' } : {}) })
        .end(body);
    });
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    rude.closeAllConnections();
    rude.close();
  });

  it.each<[string, Served, string]>([
    ['a web page', { type: 'text/html', body: '<html>请登录上网</html>' }, 'retry'],
    ['an error page', { status: 503, type: 'text/html', body: '<html>' }, 'retry'],
    ['a redirect', { status: 302, body: '' }, 'config'],
    ['an array', { body: '[]' }, 'retry'],
    ['an odd code', { body: '{"errcode":"many"}' }, 'retry'],
    ['busy', { body: '{"errcode":-1}' }, 'retry'],
    ['a video`s address', { body: '{"video_url":"http://a"}' }, 'content'],
    ['10 MB and a byte', { type: 'image/png', body: Buffer.alloc(10 * 1_048_576 + 1) }, 'content'],
    ['an endless list', { body: `{"a":"${'x'.repeat(11 * 1_048_576)}"}` }, 'content'],
  ])('sending %s in place of a file fails as it should', async (_name, served, kind) => {
    serve = () => served;
    const { client: victim } = await open(() => `http://127.0.0.1:${(rude.address() as AddressInfo).port}`);
    expect((await failureOf(victim.media('m1'))).kind).toBe(kind);
  });

  it('tells no address, token or secret when it fails', async () => {
    serve = () => ({ status: 500, body: '' });
    const port = (rude.address() as AddressInfo).port;
    for (const url of [`http://127.0.0.1:${port}`, 'http://127.0.0.1:1', 'not an address', 'http://[']) {
      const { client: victim } = await open(() => url);
      const failure = await failureOf(victim.sendText('wechatOfficial', 'oLi', '好'));
      expect(failure.kind).toBe('retry');
      expect(`${failure.message}${String(failure.cause)}`).not.toMatch(/access_token|127\.0|oLi|secret/);
      await db.database.sql('delete from wechat_token');
    }
  });

  it('is asked for nothing when there is no account', async () => {
    const none = await open(() => baseUrl, { official: null, mini: null, simulated: false });
    expect((await failureOf(none.client.sendText('wechatOfficial', 'oLi', '好'))).kind).toBe('config');
    await none.client.typing('oLi');
  });
});

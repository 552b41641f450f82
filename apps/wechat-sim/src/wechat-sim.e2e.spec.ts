import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { parseXml } from './passive-reply';
import { xmlElement } from './push-content';
import type { PushOutcome } from './push.service';
import { WechatSimModule } from './wechat-sim.module';
import { decryptWire, encryptWire, wireSignature } from './wire';

const official = {
  appId: 'wxofficial',
  secret: 's1',
  originalId: 'gh_test',
  token: 'tok',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};

interface Seen {
  readonly query: URLSearchParams;
  readonly fields: Record<string, unknown>;
}

/** What the dummy webhook does with the n-th request (from 0): a body, a status, or silence. */
type Behaviour = (seen: Seen, n: number) => string | number | null;

let webhook: Server;
let app: INestApplication;
let seen: Seen[] = [];
let behave: Behaviour = () => 'success';

function reply(openid: string, content: string): string {
  return xmlElement([
    ['ToUserName', openid],
    ['FromUserName', official.originalId],
    ['CreateTime', 1],
    ['MsgType', 'text'],
    ['Content', content],
  ]);
}

function sealed(xml: string, appId = official.appId, token = official.token): string {
  const encrypted = encryptWire(official.aesKey, appId, xml);
  return xmlElement([
    ['Encrypt', encrypted],
    ['MsgSignature', wireSignature(token, '5', 'n', encrypted)],
    ['TimeStamp', 5],
    ['Nonce', 'n'],
  ]);
}

beforeAll(async () => {
  webhook = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const query = new URL(incoming.url ?? '/', 'http://x').searchParams;
      const outer = parseXml(Buffer.concat(chunks).toString()) ?? {};
      const encrypted = outer['Encrypt'];
      const inner =
        typeof encrypted === 'string' ? parseXml(decryptWire(official.aesKey, official.appId, encrypted)) : outer;
      const one = { query, fields: { ...outer, ...inner } };
      seen.push(one);
      const answer = behave(one, seen.length - 1);
      if (typeof answer === 'number') response.writeHead(answer).end();
      if (typeof answer === 'string') response.end(answer);
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const port = (webhook.address() as AddressInfo).port;
  const options = {
    official,
    mini: { appId: 'wxmini', secret: 's2' },
    pushUrl: () => `http://127.0.0.1:${port}/hook`,
    loopbackOnly: true,
    pushTimeoutMs: 150,
  };
  const module = await Test.createTestingModule({ imports: [WechatSimModule.register(options)] }).compile();
  app = module.createNestApplication();
  await app.init();
});

afterAll(async () => {
  await app.close();
  webhook.closeAllConnections();
  webhook.close();
});

beforeEach(async () => {
  seen = [];
  behave = () => 'success';
  await request(app.getHttpServer()).delete('/simulator/control/state').expect(204);
});

async function control(path: string, body: object = {}): Promise<Record<string, unknown>> {
  const response = await request(app.getHttpServer()).post(`/simulator/control/${path}`).send(body);
  expect(response.status).toBeLessThan(300);
  return response.body as Record<string, unknown>;
}

async function newUser(): Promise<string> {
  return String((await control('users'))['openid']);
}

async function say(openid: string, input: object): Promise<PushOutcome> {
  return (await control(`users/${openid}/messages`, input)) as unknown as PushOutcome;
}

async function phone(openid: string): Promise<{ way: string; content: { type: string; text?: string } }[]> {
  const response = await request(app.getHttpServer()).get(`/simulator/control/users/${openid}/messages`).expect(200);
  return response.body.items;
}

async function token(appid = official.appId, secret = official.secret): Promise<string> {
  const body = { grant_type: 'client_credential', appid, secret };
  const response = await request(app.getHttpServer()).post('/simulator/cgi-bin/stable_token').send(body).expect(200);
  return response.body.access_token;
}

async function call(path: string, accessToken: string, body?: object): Promise<Record<string, unknown>> {
  const url = `/simulator${path}${path.includes('?') ? '&' : '?'}access_token=${accessToken}`;
  const agent = request(app.getHttpServer());
  const response = await (body === undefined ? agent.get(url) : agent.post(url).send(body)).expect(200);
  return response.body;
}

function text(openid: string, content: string): object {
  return { touser: openid, msgtype: 'text', text: { content } };
}

describe('pushes', () => {
  it('signs and encrypts, and shows a decrypted passive reply', async () => {
    const openid = await newUser();
    behave = (one) => sealed(reply(String(one.fields['FromUserName']), '您好'));
    const outcome = await say(openid, { type: 'text', text: '低保' });
    const [push] = seen;
    const [timestamp, nonce] = [push?.query.get('timestamp') ?? '', push?.query.get('nonce') ?? ''];
    expect(push?.query.get('signature')).toBe(wireSignature('tok', timestamp, nonce));
    expect(push?.query.get('msg_signature')).toBe(
      wireSignature('tok', timestamp, nonce, String(push?.fields['Encrypt'])),
    );
    expect(push?.fields).toMatchObject({
      ToUserName: 'gh_test',
      FromUserName: openid,
      Content: '低保',
      MsgId: outcome.msgId,
    });
    expect(outcome).toMatchObject({ failed: false, tries: [{ status: 200 }] });
    expect((await phone(openid)).map((one) => [one.way, one.content.text])).toEqual([
      ['push', '低保'],
      ['passive', '您好'],
    ]);
  });

  it('tries three times under one MsgId, then shows the failure notice', async () => {
    const openid = await newUser();
    behave = () => null;
    const outcome = await say(openid, { type: 'text', text: '在吗', mode: 'plain' });
    expect(outcome.tries.map((one) => one.problem)).toEqual(Array(3).fill('no answer in time'));
    expect(new Set(seen.map((one) => one.fields['MsgId'])).size).toBe(1);
    expect(outcome.failed).toBe(true);
    expect((await phone(openid)).at(-1)).toMatchObject({ way: 'failure' });
  });

  it.each<[string, Behaviour, number]>([
    ['an answer at the third try', (one, n) => (n < 2 ? 500 : reply(String(one.fields['FromUserName']), '来了')), 3],
    ['an answer at once', (one) => reply(String(one.fields['FromUserName']), '来了'), 1],
  ])('takes %s', async (_name, behaviour, tries) => {
    const openid = await newUser();
    behave = behaviour;
    const outcome = await say(openid, { type: 'text', text: '在吗', mode: 'plain' });
    expect(outcome).toMatchObject({ failed: false, reply: { content: { text: '来了' } } });
    expect(outcome.tries).toHaveLength(tries);
  });

  it.each<[string, 'plain' | 'aes', Behaviour]>([
    ['JSON', 'plain', () => '{"ok":true}'],
    ['a reply to somebody else', 'plain', () => reply('oSomebody', '你好')],
    ['plaintext where AES is due', 'aes', (one) => reply(String(one.fields['FromUserName']), '你好')],
    ['a reply of another app', 'aes', (one) => sealed(reply(String(one.fields['FromUserName']), '你好'), 'wxother')],
    [
      'a wrong MsgSignature',
      'aes',
      (one) => sealed(reply(String(one.fields['FromUserName']), '你好'), undefined, 'bad'),
    ],
  ])('shows the failure notice for %s, without a second try', async (_name, mode, behaviour) => {
    const openid = await newUser();
    behave = behaviour;
    const outcome = await say(openid, { type: 'text', text: '在吗', mode });
    expect(outcome).toMatchObject({ failed: true, reply: null });
    expect(outcome.tries).toHaveLength(1);
  });

  it('sends copies of one message and shows the resident one bubble each way', async () => {
    const openid = await newUser();
    behave = (one, n) => (n === 0 ? reply(String(one.fields['FromUserName']), '收到') : 'success');
    const first = await say(openid, { type: 'text', text: '登记', copies: 4, mode: 'plain' });
    expect(new Set(seen.map((one) => one.fields['MsgId']))).toEqual(new Set([first.msgId]));
    expect(new Set(seen.map((one) => one.query.get('nonce'))).size).toBe(4);
    await say(openid, { type: 'text', text: '登记', msgId: first.msgId, mode: 'plain' });
    expect(seen).toHaveLength(5);
    expect((await phone(openid)).map((one) => one.way)).toEqual(['push', 'passive']);
  });

  it('follows by a scene code, then scans as a follower', async () => {
    const openid = await newUser();
    const official_ = await token();
    const scene = { action_name: 'QR_STR_SCENE', action_info: { scene: { scene_str: 'community-3' } } };
    const { ticket } = await call('/cgi-bin/qrcode/create', official_, scene);
    await control(`users/${openid}/scans`, { ticket });
    await control(`users/${openid}/scans`, { ticket });
    expect(seen.map((one) => [one.fields['Event'], one.fields['EventKey']])).toEqual([
      ['subscribe', 'qrscene_community-3'],
      ['SCAN', 'community-3'],
    ]);
    expect(await call(`/cgi-bin/user/info?openid=${openid}`, official_)).toMatchObject({ subscribe: 1 });
  });
});

describe('platform APIs', () => {
  it('checks tokens', async () => {
    const openid = await newUser();
    const valid = await token();
    expect(await call('/cgi-bin/message/custom/send', 'made-up', text(openid, 'x'))).toMatchObject({ errcode: 40001 });
    await control('tokens/expire');
    const late = await call('/cgi-bin/message/custom/send', valid, text(openid, 'x'));
    expect(late).toMatchObject({ errcode: 42001 });
    expect(late['errmsg']).toMatch(/ rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
    const wrong = { grant_type: 'client_credential', appid: 'wxofficial', secret: 'no' };
    const refused = await request(app.getHttpServer()).post('/simulator/cgi-bin/stable_token').send(wrong).expect(200);
    expect(refused.body).toMatchObject({ errcode: 40125 });
  });

  it('holds custom messages to window, count, length and recipient', async () => {
    const openid = await newUser();
    const access = await token();
    const send = async (to: string, content: string): Promise<unknown> =>
      (await call('/cgi-bin/message/custom/send', access, text(to, content)))['errcode'];
    expect(await send('oNobody', 'x')).toBe(40003);
    expect(await send(openid, 'x')).toBe(43004);
    await say(openid, { type: 'text', text: '你好' });
    expect(await send(openid, '长'.repeat(683))).toBe(45002);
    for (let i = 0; i < 5; i += 1) expect(await send(openid, `第${i}条`)).toBe(0);
    expect(await send(openid, '第六条')).toBe(45047);
    await control('clock', { advanceMs: 48 * 3_600_000 });
    const fresh = await token();
    expect(await call('/cgi-bin/message/custom/send', fresh, text(openid, 'x'))).toMatchObject({ errcode: 45015 });
    expect((await phone(openid)).filter((one) => one.way === 'custom')).toHaveLength(5);
  });

  it('reports a template message as delivered', async () => {
    const openid = await newUser();
    const access = await token();
    await control(`users/${openid}/follow`);
    const reported = new Promise<Seen>((resolve) => {
      behave = (one) => {
        if (one.fields['Event'] === 'TEMPLATESENDJOBFINISH') resolve(one);
        return 'success';
      };
    });
    const body = { touser: openid, template_id: 'T1', data: { thing1: { value: '高龄津贴' } } };
    const sent = await call('/cgi-bin/message/template/send', access, body);
    expect((await reported).fields).toMatchObject({ MsgID: String(sent['msgid']), Status: 'success' });
    const long = { ...body, data: { thing1: { value: '字'.repeat(21) } } };
    expect(await call('/cgi-bin/message/template/send', access, long)).toMatchObject({ errcode: 47003 });
  });

  it('spends one consent for one subscribe message', async () => {
    const { openid, miniOpenid } = await control('users');
    const access = await token('wxmini', 's2');
    const body = { touser: miniOpenid, template_id: 'S1', data: { thing1: { value: '叫号提醒' } } };
    await control(`users/${String(openid)}/consents`, { templateId: 'S1', times: 1 });
    expect(await call('/cgi-bin/message/subscribe/send', access, body)).toMatchObject({ errcode: 0 });
    expect(await call('/cgi-bin/message/subscribe/send', access, body)).toMatchObject({ errcode: 43101 });
    expect(await call('/cgi-bin/message/subscribe/send', await token(), body)).toMatchObject({ errcode: 48001 });
  });

  it('logs a mini-program user in once per code', async () => {
    const { openid, miniOpenid, unionid } = await control('users');
    const { code } = await control('login-codes', { openid });
    const url = `/simulator/sns/jscode2session?appid=wxmini&secret=s2&grant_type=authorization_code&js_code=${String(code)}`;
    const session = await request(app.getHttpServer()).get(url).expect(200);
    expect(session.body).toMatchObject({ openid: miniOpenid, unionid });
    expect(session.body).not.toHaveProperty('errcode');
    expect((await request(app.getHttpServer()).get(url)).body).toMatchObject({ errcode: 40163 });
    const check = { content: '模拟违规', version: 2, scene: 2, openid: miniOpenid };
    const access = await token('wxmini', 's2');
    expect(await call('/wxa/msg_sec_check', access, check)).toMatchObject({ errcode: 0, result: { suggest: 'risky' } });
    await control('clock', { advanceMs: 2 * 3_600_000 + 60_000 });
    const later = await token('wxmini', 's2');
    expect(await call('/wxa/msg_sec_check', later, check)).toMatchObject({ errcode: 61010 });
  });

  it('serves what a resident photographed, by media_id', async () => {
    const openid = await newUser();
    const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
    const upload = await request(app.getHttpServer()).post('/simulator/control/media').attach('file', png, 'a.png');
    await say(openid, { type: 'image', mediaId: upload.body.mediaId });
    expect(seen[0]?.fields).toMatchObject({ MsgType: 'image', MediaId: upload.body.mediaId });
    const url = `/simulator/cgi-bin/media/get?access_token=${await token()}&media_id=`;
    const got = await request(app.getHttpServer())
      .get(url + String(upload.body.mediaId))
      .expect(200);
    expect(got.headers['content-disposition']).toContain('.png');
    expect(got.body).toEqual(png);
    expect((await request(app.getHttpServer()).get(`${url}none`)).body).toMatchObject({ errcode: 40007 });
    await request(app.getHttpServer())
      .post('/simulator/control/media')
      .attach('file', Buffer.from('GIF89a'), 'a.gif')
      .expect(400);
  });

  it('keeps a menu', async () => {
    const access = await token();
    expect(await call('/cgi-bin/menu/get', access)).toMatchObject({ errcode: 46003 });
    const button = [{ type: 'click', name: '办事', key: 'ITEMS' }];
    expect(await call('/cgi-bin/menu/create', access, { button })).toMatchObject({ errcode: 0 });
    expect(await call('/cgi-bin/menu/get', access)).toEqual({ menu: { button } });
    expect(await call('/cgi-bin/menu/create', access, { button: Array(4).fill(button[0]) })).toMatchObject({
      errcode: 40016,
    });
  });
});

describe('levers', () => {
  it('answers with a planned error the planned number of times, and records every call', async () => {
    const openid = await newUser();
    await say(openid, { type: 'text', text: '你好' });
    await control('errors', { path: '/cgi-bin/message/custom/send', errcode: -1, times: 2 });
    const access = await token();
    const codes: unknown[] = [];
    for (let i = 0; i < 3; i += 1) {
      codes.push((await call('/cgi-bin/message/custom/send', access, text(openid, 'x')))['errcode']);
    }
    expect(codes).toEqual([-1, -1, 0]);
    const sent = await request(app.getHttpServer()).get('/simulator/control/sent?path=/cgi-bin/message/custom/send');
    expect(sent.body.items).toHaveLength(3);
    expect(sent.body.items[2]).toMatchObject({ method: 'POST', body: { touser: openid }, answer: { errcode: 0 } });
    expect(JSON.stringify(sent.body)).not.toContain(access);
  });

  it('answers with a planned HTTP status', async () => {
    await control('faults', { path: '/cgi-bin/token', httpStatus: 502 });
    const url = '/simulator/cgi-bin/token?grant_type=client_credential&appid=wxofficial&secret=s1';
    await request(app.getHttpServer()).get(url).expect(502);
    await request(app.getHttpServer()).get(url).expect(200);
  });

  it('hangs up on the caller who waited in vain', async () => {
    await control('faults', { path: '/cgi-bin/token', hang: true });
    await expect(request(app.getHttpServer()).get('/simulator/cgi-bin/token').timeout(200)).rejects.toThrow(/timeout/i);
  });

  it.each([
    ['users/oNobody1/messages', { type: 'text', text: 'x' }, 404],
    ['users', { openid: 'x' }, 400],
    ['users', { surprise: 1 }, 400],
    ['faults', { path: '/cgi-bin/token' }, 400],
  ])('refuses %s %j with %i', async (path, body, status) => {
    const response = await request(app.getHttpServer()).post(`/simulator/control/${path}`).send(body).expect(status);
    expect(response.body).toHaveProperty('error');
  });
});

describe('live stream', () => {
  it('replays after the last seen bubble and carries on with new ones', async () => {
    const openid = await newUser();
    const access = await token();
    await say(openid, { type: 'text', text: '一' });
    await say(openid, { type: 'text', text: '二' });
    const first = (await phone(openid)) as unknown as { seq: number }[];
    await app.listen(0, '127.0.0.1');
    const url = `${await app.getUrl()}/simulator/control/users/${openid}/stream`;
    const stop = new AbortController();
    const response = await fetch(url, { headers: { 'last-event-id': String(first[0]?.seq) }, signal: stop.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await call('/cgi-bin/message/custom/typing', access, { touser: openid, command: 'Typing' });
    await call('/cgi-bin/message/custom/send', access, text(openid, '三'));
    let received = '';
    while (!received.includes('三')) received += (await reader?.read())?.value ?? '';
    stop.abort();
    expect(received).not.toContain('一');
    expect([...received.matchAll(/event: (\w+)/g)].map((one) => one[1])).toEqual([
      'message',
      'typing',
      'typing',
      'message',
    ]);
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CatalogueService } from '@linli/catalogue';
import type { RouteCandidate, RouteResult } from '@linli/contracts';
import { readConfig } from '@linli/platform';
import { FrozenClock } from '@linli/testing';
import { type Guidepost } from './guidepost';
import { machineMark } from './second-opinion';
import { SecondOpinions } from './second-opinions';

type Behaviour = (request: IncomingMessage, body: string, response: ServerResponse) => void;

const candidate = (id: string, name: string): RouteCandidate => ({ id, kind: 'item', name, score: 0.5, reasons: [] });
const own: RouteResult = {
  decision: 'clarify',
  candidates: [candidate('a', '老年人优待证办理'), candidate('b', '高龄津贴申领'), candidate('c', '低保申请')],
};
const order = (result: RouteResult): string => result.candidates.map(({ id }) => id).join('');

const saying =
  (content: unknown): Behaviour =>
  (_, __, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }));
  };
const choosing = (said: object): Behaviour => saying(JSON.stringify(said));

/** A model next door that does as it is told. */
class StandIn {
  behave: Behaviour = choosing({ order: ['b'] });
  readonly asked: { readonly headers: IncomingMessage['headers']; readonly url: string; readonly body: string }[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      this.asked.push({ headers: request.headers, url: request.url ?? '', body });
      this.behave(request, body, response);
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('a second opinion', () => {
  const model = new StandIn();
  let baseUrl: string;
  let clock: FrozenClock;
  let result: RouteResult;
  beforeAll(async () => (baseUrl = await model.open()));
  afterAll(() => model.close());
  beforeEach(() => {
    clock = new FrozenClock(new Date('2026-03-10T02:00:00Z'));
    result = own;
    model.behave = choosing({ order: ['b'] });
    model.asked.length = 0;
  });

  const opinions = (env: Record<string, string> = {}): SecondOpinions => {
    const config = readConfig({ LLM_BASE_URL: baseUrl, LLM_MODEL: 'stand-in', LLM_API_KEY: 'sk-1', ...env });
    const guidepost = { route: () => result } as unknown as Guidepost;
    const entries = [...own.candidates, candidate('d', '公租房申请')];
    const catalogue = { current: () => ({ entries }) } as unknown as CatalogueService;
    return new SecondOpinions(guidepost, catalogue, clock, config);
  };
  const routed = (env?: Record<string, string>, text = '老人的那个', limit = 3): Promise<RouteResult> =>
    opinions(env).route(text, limit, 400);

  it('puts the chosen first, and marks what was worded by the machine', async () => {
    model.behave = choosing({ order: ['b', 'a'], question: '您是想领「高龄津贴申领」吗？' });
    const given = await routed();
    expect(order(given)).toBe('bac');
    expect(given).toMatchObject({ decision: 'clarify', question: `您是想领「高龄津贴申领」吗？\n${machineMark}` });
    const [{ headers, url, body }] = model.asked as [(typeof model.asked)[number]];
    expect([url, headers.authorization]).toEqual(['/v1/chat/completions', 'Bearer sk-1']);
    expect(JSON.parse(body)).toMatchObject({ model: 'stand-in', temperature: 0, stream: false });
  });

  it('cuts to what was asked for only after the choice', async () => {
    expect(order(await routed({}, '老人的那个', 1))).toBe('b');
  });

  it('hears nothing personal', async () => {
    await routed(
      {},
      '我叫王桂芳，身份证990102193803051129，电话13812345678，卡6222020200112233445，住桂花小区3栋2单元401',
    );
    const [{ body }] = model.asked as [(typeof model.asked)[number]];
    for (const secret of ['王桂芳', '990102', '1381234', '622202', '桂花', '401']) expect(body).not.toContain(secret);
  });

  it.each<[string, RouteResult]>([
    ['sure', { ...own, decision: 'route' }],
    ['nothing is meant', { decision: 'none', candidates: [] }],
    ['in an emergency', { decision: 'emergency', candidates: [], emergency: { call: '119', advice: '先离开' } }],
    ['a person is wanted', { decision: 'human', candidates: [] }],
  ])('is not asked for when the engine is sure: %s', async (_, sure) => {
    result = sure;
    expect(await routed()).toEqual(sure);
    expect(model.asked).toEqual([]);
  });

  it('is off unless set up', async () => {
    const off = opinions({ LLM_BASE_URL: '' });
    expect(off.isOn).toBe(false);
    expect(await off.route('老人的那个', 3, 400)).toBe(own);
  });

  it.each<[string, Behaviour]>([
    ['slow to begin', () => undefined],
    [
      'slow to finish',
      (_, __, response) => {
        response.write('{"choices":');
      },
    ],
    ['broken', (_, __, response) => response.writeHead(503).end('no')],
    ['full', (_, __, response) => response.writeHead(429).end('{}')],
    ['cut off', (request) => request.socket.destroy()],
    ['talking without end', (_, __, response) => response.end('x'.repeat(200_000))],
    ['no JSON', (_, __, response) => response.end('<html>')],
    ['of another shape', (_, __, response) => response.end('{"answer":1}')],
    ['null', (_, __, response) => response.end('null')],
    ['silent', saying(null)],
    ['refusing', saying('抱歉，我无法回答。')],
    ['inventing an entry', choosing({ order: ['z'] })],
    ['naming an entry that was no candidate', choosing({ order: ['b'], question: '您是想办公租房申请吗？' })],
    ['luring', choosing({ order: ['b'], question: '请点击链接领取好吗？' })],
    ['sending elsewhere', (_, __, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()],
  ])('leaves the answer to the engine when the model is %s', async (_, behave) => {
    model.behave = behave;
    const began = performance.now();
    expect(await routed()).toEqual(own);
    expect(performance.now() - began).toBeLessThan(1500);
  });

  it('leaves the answer to the engine when nobody is there', async () => {
    expect(await routed({ LLM_BASE_URL: 'http://127.0.0.1:9/v1' })).toEqual(own);
  });

  it('is not asked for again for a minute after three failures', async () => {
    const same = opinions();
    model.behave = (_, __, response) => response.writeHead(500).end();
    for (let n = 0; n < 5; n += 1) await same.route('老人的那个', 3, 400);
    expect(model.asked).toHaveLength(3);
    model.behave = choosing({ order: ['c'] });
    clock.advance(59_000);
    expect(order(await same.route('老人的那个', 3, 400))).toBe('abc');
    clock.advance(1_000);
    expect(order(await same.route('老人的那个', 3, 400))).toBe('cab');
    expect(order(await same.route('老人的那个', 3, 400))).toBe('cab');
  });

  it('is asked for eight at a time; others do not wait', async () => {
    const same = opinions();
    model.behave = (_, __, response) => void setTimeout(() => choosing({ order: ['b'] })(_, __, response), 200).unref();
    const given = await Promise.all(Array.from({ length: 12 }, () => same.route('老人的那个', 3, 1500)));
    expect(given.filter((one) => order(one) === 'bac')).toHaveLength(8);
    expect(given.filter((one) => order(one) === 'abc')).toHaveLength(4);
  });
});

describe('the settings of a language model', () => {
  it.each([
    [{ LLM_BASE_URL: 'nonsense', LLM_MODEL: 'm' }, /LLM_BASE_URL/],
    [{ LLM_BASE_URL: 'ftp://a/v1', LLM_MODEL: 'm' }, /LLM_BASE_URL/],
    [{ LLM_BASE_URL: 'http://a.cn/v1' }, /LLM_MODEL/],
    [{ LLM_BASE_URL: 'http://a.cn/v1', LLM_MODEL: 'm', LLM_API_KEY: 'a\nb' }, /LLM_API_KEY/],
  ])('stop the start when wrong: %j', (env, words) =>
    expect(() => readConfig(env as unknown as NodeJS.ProcessEnv)).toThrow(words),
  );

  it('are off by default', () => expect(readConfig({}).languageModel).toBeNull());
});

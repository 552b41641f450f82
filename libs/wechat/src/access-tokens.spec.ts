import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataSource } from 'typeorm';
import { Database, dataSourceOptions } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { AccessTokens } from './access-tokens.service';
import { PlatformApi } from './platform-api.service';
import { WechatFailure } from './platform-errors';
import { WechatClient } from './wechat-client.service';
import { WechatTokenStore } from './wechat-token.store';
import { Wechat1780000007000 } from './wechat.migration';

const schema = { rows: [], migrations: [Wechat1780000007000] };
const account = { appId: 'wx1', secret: 'sesame', token: 'tok' };

interface Body {
  readonly appid?: string;
  readonly force_refresh?: boolean;
}

/** A platform that counts tokens; what it answers can be changed. */
const platform = {
  fetched: 0,
  sent: [] as string[],
  delayMs: 0,
  token: (n: number): object => ({ access_token: `token-${n}`, expires_in: 7_200 }),
  /** The error code for a call with this token. */
  accept: (() => 0) as (token: string) => number,
  bodies: [] as Body[],
};

let db: TestDatabase;
let server: Server;
const sources: DataSource[] = [];

/** A process of its own: its own pool, its own flights, the cluster's database, keys and clock. */
async function start(): Promise<{ client: WechatClient; tokens: AccessTokens; store: WechatTokenStore }> {
  const source = new DataSource(dataSourceOptions(db.url, schema, 5));
  await source.initialize();
  sources.push(source);
  const options = {
    accounts: { official: account, mini: null, simulated: false },
    apiBaseUrl: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const store = new WechatTokenStore(new Database(source), db.cipher);
  const api = new PlatformApi(options);
  const tokens = new AccessTokens(store, api, db.clock);
  return { client: new WechatClient(options, api, tokens), tokens, store };
}

beforeAll(async () => {
  db = await testDatabase(schema);
  server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://x');
      const answer = (body: object): unknown => setTimeout(() => response.end(JSON.stringify(body)), platform.delayMs);
      if (url.pathname === '/cgi-bin/stable_token') {
        platform.bodies.push(JSON.parse(Buffer.concat(chunks).toString()) as Body);
        platform.fetched += 1;
        answer(platform.token(platform.fetched));
        return;
      }
      const token = url.searchParams.get('access_token') ?? '';
      platform.sent.push(token);
      answer({ errcode: platform.accept(token), errmsg: '' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await Promise.all(sources.map((source) => source.destroy()));
  await db.close();
});

beforeEach(async () => {
  await db.database.sql('delete from wechat_token');
  Object.assign(platform, {
    fetched: 0,
    sent: [],
    delayMs: 0,
    bodies: [],
    token: (n: number) => ({ access_token: `token-${n}`, expires_in: 7_200 }),
    accept: () => 0,
  });
});

const send = (client: WechatClient): Promise<void> => client.sendText('wechatOfficial', 'oLi', '好');

async function failureOf(work: Promise<unknown>): Promise<WechatFailure> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof WechatFailure) return error;
  throw new Error(`no WechatFailure but ${String(error)}`);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function race(clients: readonly WechatClient[], calls: number): Promise<void> {
  await Promise.all(Array.from({ length: calls }, (_, n) => send(clients[n % clients.length]!)));
}

describe('one token for the cluster', () => {
  it('is fetched once by two processes that start together, without force', async () => {
    const [one, two] = [await start(), await start()];
    platform.delayMs = 150;
    await race([one.client, two.client], 20);
    expect(platform.fetched).toBe(1);
    expect(new Set(platform.sent)).toEqual(new Set(['token-1']));
    expect(platform.bodies).toEqual([
      { grant_type: 'client_credential', appid: 'wx1', secret: 'sesame', force_refresh: false },
    ]);
  });

  it('is asked for once in a process, whoever waits', async () => {
    const { client, store } = await start();
    const claims = jest.spyOn(store, 'claim');
    platform.delayMs = 150;
    await race([client], 20);
    expect(claims).toHaveBeenCalledTimes(1);
  });

  it('is replaced once when it has ended by the clock', async () => {
    const [one, two] = [await start(), await start()];
    await send(one.client);
    db.clock.advance(7_200_001);
    platform.delayMs = 150;
    await race([one.client, two.client], 20);
    expect(platform.fetched).toBe(2);
    expect(platform.sent.slice(1)).toEqual(Array(20).fill('token-2'));
  });

  it.each([40001, 40014, 42001])('is replaced once when the platform says %i', async (errcode) => {
    const [one, two] = [await start(), await start()];
    await send(one.client);
    platform.accept = (token) => (token === 'token-1' ? errcode : 0);
    platform.delayMs = 30;
    await race([one.client, two.client], 20);
    expect(platform.fetched).toBe(2);
    expect(platform.sent.filter((token) => token === 'token-2')).toHaveLength(20);
  });

  it('is not fetched again for refusals that come late', async () => {
    const { client, tokens } = await start();
    const first = await tokens.of(account);
    platform.token = () => ({ access_token: 'token-1', expires_in: 7_200 });
    await tokens.drop(account, first);
    const second = await tokens.of(account);
    expect(second.value).toBe(first.value);
    await tokens.drop(account, first);
    await send(client);
    expect(platform.fetched).toBe(2);
  });

  it('is tried twice and no more', async () => {
    const { client } = await start();
    platform.accept = () => 40001;
    expect(await failureOf(send(client))).toMatchObject({ kind: 'retry', errcode: 40001 });
    expect(platform.sent).toEqual(['token-1', 'token-2']);
    expect(platform.bodies.every((body) => body.force_refresh === false)).toBe(true);
  });

  it('is sealed in the database, bound to its account', async () => {
    const { client } = await start();
    await send(client);
    const [row] = await db.database.sql<{ token: Buffer }>('select token from wechat_token');
    expect(row?.token.includes('token-1')).toBe(false);
    expect(() => db.cipher.open('wechat_token.token', 'wx2', row!.token)).toThrow();
  });

  it('may be longer than 512 characters', async () => {
    const { client } = await start();
    platform.token = () => ({ access_token: 'x'.repeat(2_000), expires_in: 7_200 });
    await send(client);
    await send(client);
    expect(platform.sent).toEqual(Array(2).fill('x'.repeat(2_000)));
    expect(platform.fetched).toBe(1);
  });
});

describe('the last five minutes', () => {
  it('begin five minutes before the end', async () => {
    const { client } = await start();
    await send(client);
    db.clock.advance(6_899_000);
    await send(client);
    expect(platform.fetched).toBe(1);
    db.clock.advance(1_000);
    await send(client);
    expect(platform.sent.at(-1)).toBe('token-2');
  });

  it('let others go on with the old token while one fetches', async () => {
    const [one, two] = [await start(), await start()];
    await send(one.client);
    db.clock.advance(7_000_000);
    platform.delayMs = 1_000;
    let refreshed = false;
    const refreshing = one.tokens.of(account).finally(() => (refreshed = true));
    await until(() => platform.fetched === 2);
    expect((await two.tokens.of(account)).value).toBe('token-1');
    expect(refreshed).toBe(false);
    expect((await refreshing).value).toBe('token-2');
  });

  it('are survived with the old token when the platform gives no new one', async () => {
    const { client } = await start();
    await send(client);
    db.clock.advance(7_000_000);
    platform.token = () => ({ errcode: -1, errmsg: 'system error' });
    await send(client);
    expect(platform.sent).toEqual(['token-1', 'token-1']);
    db.clock.advance(300_000);
    expect((await failureOf(send(client))).kind).toBe('retry');
  });

  it('do not make every call ask, while the platform still hands out the old token', async () => {
    const { client } = await start();
    platform.token = () => ({ access_token: 'old', expires_in: 300 });
    for (let n = 0; n < 5; n += 1) await send(client);
    expect(platform.fetched).toBe(1);
    db.clock.advance(10_000);
    await send(client);
    expect(platform.fetched).toBe(2);
  });
});

describe('failures', () => {
  it.each<[object, string]>([
    [{ errcode: 40125, errmsg: '' }, 'config'],
    [{ errcode: 40001, errmsg: '' }, 'config'],
    [{ errcode: 40164, errmsg: '' }, 'config'],
    [{ errcode: 45009, errmsg: '' }, 'quota'],
    [{ access_token: '', expires_in: 7_200 }, 'retry'],
    [{ access_token: 'x' }, 'retry'],
  ])('%j are passed on as %s, and the next call asks again', async (answer, kind) => {
    const { client } = await start();
    platform.token = () => answer;
    expect((await failureOf(send(client))).kind).toBe(kind);
    platform.token = () => ({ access_token: 'good', expires_in: 7_200 });
    await send(client);
    expect(platform.sent).toEqual(['good']);
  });

  it('of a process that died while fetching hold the others up for the lease, not longer', async () => {
    const [dead, alive] = [await start(), await start()];
    const now = db.clock.now();
    const claimant = '0190b1f0-0000-7000-8000-000000000001';
    expect(await dead.store.claim('wx1', claimant, now, new Date(now.getTime() + 8_000))).toBe(true);
    const waiting = send(alive.client);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(platform.fetched).toBe(0);
    db.clock.advance(8_000);
    await waiting;
    expect(platform.fetched).toBe(1);
    const late = { value: 'late', refreshAt: now, expiresAt: now };
    expect(await dead.store.keep('wx1', claimant, late)).toBeNull();
    await dead.store.release('wx1', claimant);
    expect((await alive.tokens.of(account)).value).toBe('token-1');
  });

  it('leave no transaction open while the platform is asked', async () => {
    const { client } = await start();
    platform.delayMs = 300;
    const sending = send(client);
    await until(() => platform.fetched === 1);
    const open = await db.database.sql<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and state like 'idle in transaction%'`,
    );
    expect(open).toEqual([{ n: 0 }]);
    await sending;
  });
});

describe('the migration', () => {
  it('goes up, down and up', async () => {
    const runner = db.dataSource.createQueryRunner();
    const migration = new Wechat1780000007000();
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    expect(await db.database.sql('select app_id from wechat_token')).toEqual([]);
  });
});

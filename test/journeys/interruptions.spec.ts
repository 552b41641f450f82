import { Client } from 'pg';
import { answerTo } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';
import { openSplitProduct, type SplitProduct } from '../support/processes';
import { push, textXml, type Answered } from '../support/wire';

describe('a message that cannot be handled in time', () => {
  let product: Product;
  beforeAll(async () => (product = await openProduct()), 60_000);
  afterAll(() => product.close(), 30_000);

  it('is taken with success in time, and answered by a message of its own, in order', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    const holder = new Client({ connectionString: product.db.url });
    holder.on('error', () => undefined);
    await holder.connect();
    await holder.query('begin');
    await holder.query('select 1 from dialogue_conversation for update');
    const taken = await phone.push({ type: 'text', text: '帮助' });
    // One try: the platform, which waits five seconds, did not have to ask again.
    expect([taken.failed, taken.reply, taken.tries.length]).toEqual([false, null, 1]);
    const behind = await phone.push({ type: 'text', text: '我要领高龄津贴' });
    expect([behind.failed, behind.reply]).toEqual([false, null]);
    await holder.query('rollback');
    await holder.end();
    await phone.waitFor(/^1[.、]/m);
    const said = (await phone.heard()).slice(1);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/进度/);
    expect(said[1]).toContain('高龄津贴');
  }, 30_000);
});

describe('a process killed without warning', () => {
  let product: SplitProduct;
  beforeAll(async () => (product = await openSplitProduct({}, false)), 90_000);
  afterAll(() => product.close(), 30_000);

  const cases = async (): Promise<number> =>
    (await product.db.database.sql<{ count: number }>('select count(*)::int as count from casework_case'))[0]?.count ??
    -1;

  /** Talks to the confirmation's brink; returns the push that opens the case. */
  async function upToConfirming(openid: string): Promise<string> {
    let said = '';
    let words = '我要领高龄津贴';
    for (let turns = 0; turns < 25; turns += 1) {
      said = (await push(product, textXml(product, openid, `${openid}-${turns}`, words))).said;
      words = answerTo(said);
      if (/^\s*1[.、]\s*提交/m.test(said)) return textXml(product, openid, `${openid}-confirm`, words);
    }
    throw new Error(`never asked to confirm; last heard: ${said}`);
  }

  it('right after the 200 leaves the case in place, and says the same once more when asked again', async () => {
    const confirm = await upToConfirming('oKilledAfter1');
    const before = await cases();
    const first = await push(product, confirm);
    await product.api().kill();
    expect(first.said).toMatch(/办件编号：\d+/);
    await product.restartApi();
    expect(await cases()).toBe(before + 1);
    expect(await push(product, confirm)).toEqual(first);
    expect(await cases()).toBe(before + 1);
    const [queued] = await product.db.database.sql<{ count: number }>(
      'select count(*)::int as count from notification_delivery',
    );
    expect(queued?.count).toBe(0);
  }, 60_000);

  it('at some moment of the work leaves one case or none, and one after the platform has sent it again', async () => {
    for (const [trial, delay] of [0, 3, 8, 15, 30].entries()) {
      const confirm = await upToConfirming(`oKilledDuring${trial}`);
      const before = await cases();
      const sent: Promise<Answered | null> = push(product, confirm).catch(() => null);
      await new Promise((resolve) => setTimeout(resolve, delay));
      await product.api().kill();
      const first = await sent;
      await product.restartApi();
      const again = await push(product, confirm);
      expect(again.said).toMatch(/办件编号：\d+/);
      if (first?.status === 200) expect(again).toEqual(first);
      expect(await cases()).toBe(before + 1);
    }
  }, 120_000);

  it('leaves events to whoever comes next, and nothing is told twice', async () => {
    const worker = await product.startWorker();
    await worker.kill();
    await product.startWorker();
    for (const until = Date.now() + 30_000; ;) {
      const [row] = await product.db.database.sql<{ open: number }>(
        'select count(*)::int as open from platform_outbox where consumed_at is null',
      );
      if (row?.open === 0) break;
      if (Date.now() > until) throw new Error(`${String(row?.open)} events were never consumed`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const twice = await product.db.database.sql(
      'select event_id, subscriber from platform_consumed group by 1, 2 having count(*) > 1',
    );
    expect(twice).toEqual([]);
  }, 60_000);

  it('stops within ten seconds when asked to', async () => {
    const started = Date.now();
    expect(await product.api().stop()).toBe(0);
    expect(Date.now() - started).toBeLessThan(10_000);
    await product.restartApi();
  }, 30_000);
});

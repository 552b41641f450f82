import { newId } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { inTime } from './answer';
import { leaseMs, settle, type DeliveryResult, type Notice, type Sender, type Undelivered } from './delivery';
import { claimSql, DeliveryStore } from './delivery.store';
import { Notification1780000008000 } from './notification.migration';
import { NotificationService } from './notification.service';

const start = new Date('2026-03-10T02:00:00Z');
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const after = (ms: number): Date => new Date(start.getTime() + ms);

describe('what comes after an attempt', () => {
  it.each([
    [1, 5 * second],
    [2, 30 * second],
    [3, 2 * minute],
    [4, 10 * minute],
    [5, hour],
    [6, 6 * hour],
    [9, 6 * hour],
  ])('attempt %i is followed by another in %i ms', (attempts, wait) =>
    expect(settle({ kind: 'retry' }, { attempts, queuedAt: start }, start)).toEqual({
      state: 'queued',
      nextAttemptAt: after(wait),
    }),
  );

  it('waits as long as the platform asks, and no shorter than by itself', () => {
    const delivery = { attempts: 2, queuedAt: start };
    const wait = (afterMs: number): unknown => settle({ kind: 'retry', afterMs }, delivery, start);
    expect(wait(hour)).toEqual({ state: 'queued', nextAttemptAt: after(hour) });
    expect(wait(1)).toEqual({ state: 'queued', nextAttemptAt: after(30 * second) });
  });

  it.each([
    ['within three days', 66 * hour, 'queued'],
    ['past three days', 66 * hour + 1, 'failed'],
  ])('is another attempt only %s', (_what, at, state) =>
    expect(settle({ kind: 'retry' }, { attempts: 12, queuedAt: start }, after(at))).toMatchObject({ state }),
  );

  it.each<[DeliveryResult, string]>([
    [{ kind: 'sent' }, 'sent'],
    [{ kind: 'held' }, 'held'],
    [{ kind: 'failed', reason: 'blocked' }, 'failed'],
  ])('%j settles as %s', (result, state) =>
    expect(settle(result, { attempts: 1, queuedAt: start }, start)).toMatchObject({ state }),
  );
});

describe('an answer', () => {
  it('counts when it is in time', async () =>
    expect(await inTime(Promise.resolve({ kind: 'held' }), 1000)).toEqual({ kind: 'held' }));

  it('that does not come is asked for again', async () =>
    expect(await inTime(new Promise(() => undefined), 5)).toEqual({ kind: 'retry' }));
});

const everywhere = ['wechatOfficial', 'wechatMini', 'wechaty'] as const;

describe('on PostgreSQL', () => {
  let db: TestDatabase;
  let notifications: NotificationService;
  let store: DeliveryStore;
  /** Writes in the transaction it is handed, as a journey does. */
  const onFailed = async (tx: Tx, failed: Undelivered): Promise<void> => {
    await tx.sql('insert into spec_failure (failed) values ($1)', [JSON.stringify(failed)]);
  };
  const failures = async (): Promise<Undelivered[]> =>
    (await db.database.sql<{ failed: Undelivered }>('select failed from spec_failure order by id')).map(
      (row) => row.failed,
    );

  beforeAll(async () => {
    db = await testDatabase({ rows: [], migrations: [Notification1780000008000] });
    await db.database.sql('create table spec_failure (id int generated always as identity, failed jsonb not null)');
    store = new DeliveryStore(db.database, db.cipher);
    notifications = new NotificationService(db.database, store, db.clock);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await db.database.sql('truncate notification_delivery, spec_failure');
  });

  const enqueue = (residentId: string, text: string, more: Partial<Notice> = {}): Promise<void> =>
    db.database.transact((tx) =>
      notifications.enqueue(
        tx,
        { residentId, kind: 'caseProgress', text, dedupeKey: newId(), channel: 'wechatOfficial', ...more },
        start,
      ),
    );
  /** A sender that answers everything the same way and remembers what it was given. */
  const sender = (result: DeliveryResult = { kind: 'sent' }): { send: Sender; texts: string[] } => {
    const texts: string[] = [];
    return { texts, send: (delivery) => (texts.push(delivery.text), Promise.resolve(result)) };
  };
  const deliver = (send: Sender, now = start, limit?: number): Promise<number> =>
    notifications.deliverDue(everywhere, send, onFailed, now, limit);
  const states = async (): Promise<string[]> =>
    (await db.database.sql<{ state: string }>('select state from notification_delivery order by position')).map(
      (row) => row.state,
    );

  it('keeps the order of the words of one resident, whatever becomes of the first', async () => {
    const [one, other] = [newId(), newId()];
    await enqueue(one, '一');
    await enqueue(one, '二');
    await enqueue(other, '三');
    const busy = sender({ kind: 'retry' });
    expect(await deliver(busy.send)).toBe(2);
    expect(busy.texts.sort()).toEqual(['一', '三']);
    const well = sender();
    expect(await deliver(well.send, after(4 * second))).toBe(0);
    expect(await deliver(well.send, after(5 * second))).toBe(2);
    expect(await deliver(well.send, after(5 * second))).toBe(1);
    expect(well.texts.slice(2)).toEqual(['二']);
    expect(await deliver(well.send, after(hour))).toBe(0);
  });

  it('hands the sender the channel the answer belongs to', async () => {
    const seen: unknown[] = [];
    const residentId = newId();
    await enqueue(residentId, '答', { channel: 'wechaty', kind: 'reply' });
    await deliver((delivery) => (seen.push(delivery), Promise.resolve({ kind: 'sent' })));
    expect(seen).toEqual([{ residentId, kind: 'reply', channel: 'wechaty', text: '答' }]);
  });

  it('keeps no words back because another door of the same resident is shut', async () => {
    const residentId = newId();
    await enqueue(residentId, '机器人', { channel: 'wechaty' });
    await enqueue(residentId, '公众号');
    const texts: string[] = [];
    const send: Sender = ({ text }) => (texts.push(text), Promise.resolve({ kind: 'sent' }));
    expect(await notifications.deliverDue(['wechatOfficial'], send, onFailed, start)).toBe(1);
    expect(texts).toEqual(['公众号']);
  });

  it('leaves what belongs to another door to whoever serves it', async () => {
    await enqueue(newId(), '公众号');
    await enqueue(newId(), '机器人', { channel: 'wechaty' });
    const texts: string[] = [];
    const send: Sender = ({ text }) => (texts.push(text), Promise.resolve({ kind: 'sent' }));
    expect(await notifications.deliverDue(['wechaty'], send, onFailed, start)).toBe(1);
    expect(texts).toEqual(['机器人']);
    expect(await notifications.deliverDue(['wechaty'], send, onFailed, start)).toBe(0);
  });

  it('sends each delivery once while workers race, eight at a time each at most', async () => {
    const residents = Array.from({ length: 30 }, () => newId());
    await Promise.all(residents.map((residentId, n) => enqueue(residentId, `先${n}`)));
    await Promise.all(residents.map((residentId, n) => enqueue(residentId, `后${n}`)));
    const texts: string[] = [];
    let under = 0;
    let most = 0;
    const send: Sender = async ({ text }) => {
      most = Math.max(most, (under += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      under -= 1;
      texts.push(text);
      return { kind: 'sent' };
    };
    const worker = async (): Promise<void> => {
      for (let rounds = 0; rounds < 30; rounds += 1) await deliver(send);
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(texts).toHaveLength(60);
    expect(new Set(texts).size).toBe(60);
    expect(most).toBeLessThanOrEqual(24);
    for (let n = 0; n < 30; n += 1) expect(texts.indexOf(`先${n}`)).toBeLessThan(texts.indexOf(`后${n}`));
  });

  it('lets no two workers claim the same delivery at the same moment', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, n) => enqueue(newId(), `话${n}`)));
    const idsOf = (claimed: readonly { id: string }[]): string[] => claimed.map((one) => one.id);
    const [mine, theirs] = await db.database.transact(async (tx) => {
      const first = await tx.sql<{ id: string }>(claimSql, [start, after(leaseMs), 20, newId(), 'wechatOfficial']);
      // The other worker neither waits for this transaction nor takes what it holds.
      return [idsOf(first), idsOf(await store.claim('wechatOfficial', start, after(leaseMs), 20))];
    });
    expect(new Set([...mine, ...theirs]).size).toBe(40);
  });

  it('does not overtake what is on its way with something older that was held', async () => {
    const residentId = newId();
    await enqueue(residentId, '一');
    await deliver(sender({ kind: 'held' }).send);
    await enqueue(residentId, '二');
    await deliver(async () => {
      await db.database.transact((tx) => notifications.release(tx, residentId, start));
      expect(await store.claim('wechatOfficial', start, after(leaseMs), 20)).toEqual([]);
      return { kind: 'sent' };
    });
    expect(await store.claim('wechatOfficial', start, after(leaseMs), 20)).toHaveLength(1);
  });

  it('one worker sends eight at once, not more', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => enqueue(newId(), `话${n}`)));
    let under = 0;
    let most = 0;
    const send: Sender = async () => {
      most = Math.max(most, (under += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      under -= 1;
      return { kind: 'sent' };
    };
    expect(await deliver(send)).toBe(20);
    expect(most).toBe(8);
  });

  it('sends again what a dead worker had claimed, once its lease is over', async () => {
    await enqueue(newId(), '一');
    expect(await store.claim('wechatOfficial', start, after(leaseMs), 20)).toHaveLength(1);
    const next = sender();
    expect(await deliver(next.send, after(leaseMs - 1))).toBe(0);
    expect(await deliver(next.send, after(leaseMs))).toBe(1);
    expect(next.texts).toEqual(['一']);
  });

  it('lets a claim that lost its lease neither fail nor postpone the delivery, but believes it was sent', async () => {
    const residentId = newId();
    for (const [late, end] of [
      [{ kind: 'failed', reason: 'blocked' }, 'queued'],
      [{ kind: 'held' }, 'queued'],
      [{ kind: 'sent' }, 'sent'],
    ] as const) {
      await db.database.sql('truncate notification_delivery');
      await enqueue(residentId, '一');
      let answer: (result: DeliveryResult) => void = () => undefined;
      const slow = deliver(() => new Promise((resolve) => (answer = resolve)));
      await until(
        async () => (await db.database.sql('select 1 from notification_delivery where claim is not null')).length,
      );
      expect(await deliver(sender({ kind: 'retry' }).send, after(leaseMs))).toBe(1);
      answer(late);
      await slow;
      expect(await states()).toEqual([end]);
    }
    expect(await failures()).toEqual([]);
  });

  it('says the same occasion once, even when two enqueue it at the same time', async () => {
    const residentId = newId();
    const same = (): Promise<void> => enqueue(residentId, '一', { dedupeKey: 'case/1/closed' });
    await Promise.all([same(), same(), same()]);
    await deliver(sender().send);
    await same();
    expect(await states()).toEqual(['sent']);
  });

  it('holds until the resident speaks, and lets later words pass meanwhile', async () => {
    const residentId = newId();
    await enqueue(residentId, '一', { about: 'case-1' });
    await deliver(sender({ kind: 'held' }).send);
    expect(await failures()).toEqual([
      { residentId, kind: 'caseProgress', channel: 'wechatOfficial', about: 'case-1', state: 'held' },
    ]);
    await enqueue(residentId, '二');
    const well = sender();
    expect(await deliver(well.send, after(hour))).toBe(1);
    const release = (who: string): Promise<number> =>
      db.database.transact((tx) => notifications.release(tx, who, after(hour)));
    expect(await release(newId())).toBe(0);
    expect(await release(residentId)).toBe(1);
    expect(await release(residentId)).toBe(0);
    expect(await deliver(well.send, after(hour))).toBe(1);
    expect(well.texts).toEqual(['二', '一']);
  });

  it('does not hold what was on its way while the resident spoke', async () => {
    const residentId = newId();
    await enqueue(residentId, '一');
    await deliver(async () => {
      await db.database.transact((tx) => notifications.release(tx, residentId, start));
      return { kind: 'held' };
    });
    expect(await failures()).toEqual([]);
    expect(await states()).toEqual(['queued']);
    await deliver(sender({ kind: 'held' }).send);
    expect(await states()).toEqual(['held']);
  });

  it('reports a failure in the transaction that records it, and both or neither stand', async () => {
    const residentId = newId();
    await enqueue(residentId, '一', { kind: 'ratingRequest', about: 'event-1' });
    const { send } = sender({ kind: 'failed', reason: 'unfollowed' });
    const broken = (): Promise<void> => Promise.reject(new Error('the journey is broken'));
    await expect(notifications.deliverDue(everywhere, send, broken, start)).rejects.toThrow('the journey is broken');
    expect(await states()).toEqual(['queued']);
    expect(await deliver(send, after(leaseMs))).toBe(1);
    expect(await failures()).toEqual([
      { residentId, kind: 'ratingRequest', channel: 'wechatOfficial', about: 'event-1', state: 'failed' },
    ]);
    expect(await states()).toEqual(['failed']);
  });

  it('tries again when the sender throws, and settles the others first', async () => {
    await enqueue(newId(), '坏');
    await enqueue(newId(), '好');
    const send: Sender = ({ text }) =>
      text === '坏' ? Promise.reject(new Error('a bug')) : Promise.resolve({ kind: 'sent' });
    await expect(deliver(send)).rejects.toThrow('a bug');
    expect(await states()).toEqual(['queued', 'sent']);
    expect(await deliver(sender().send, after(5 * second))).toBe(1);
  });

  it('forgets what waits for someone who unfollowed, also what is on its way', async () => {
    const [gone, stays] = [newId(), newId()];
    await enqueue(gone, '一');
    await deliver(sender({ kind: 'held' }).send);
    await enqueue(gone, '二');
    await enqueue(stays, '三');
    await db.database.sql('truncate spec_failure');
    await deliver(async ({ residentId }) => {
      if (residentId === gone) await db.database.transact((tx) => notifications.forget(tx, gone));
      return { kind: 'held' };
    });
    expect(await states()).toEqual(['failed', 'failed', 'held']);
    expect(await failures()).toMatchObject([{ residentId: stays }]);
  });

  it('names what is overdue, at most twenty by name', async () => {
    expect(await notifications.checkOverdue(start)).toEqual([]);
    await Promise.all(Array.from({ length: 22 }, () => enqueue(newId(), '一')));
    expect(await notifications.checkOverdue(after(10 * minute))).toEqual([]);
    const sentences = await notifications.checkOverdue(after(10 * minute + 1));
    expect(sentences).toHaveLength(21);
    expect(sentences[0]).toMatch(/^notification [0-9a-f-]{36} \(caseProgress\) is unsent since 2026-03-10T02:00/);
    expect(sentences[20]).toBe('and 2 more notifications are unsent');
  });

  it('leaves nothing readable in a row, and nothing at all of the text once it is settled', async () => {
    await enqueue(newId(), '您申请的高龄津贴已办好');
    const raw = async (): Promise<string> => {
      const [row] = await db.database.sql<{ row: string; body: Buffer | null }>(
        'select n::text as row, body from notification_delivery n',
      );
      return row!.row + (row!.body?.toString('utf8') ?? '');
    };
    expect(await raw()).not.toContain('津贴');
    await deliver(sender().send);
    const [row] = await db.database.sql<{ body: Buffer | null }>('select body from notification_delivery');
    expect(row!.body).toBeNull();
  });

  it('finds what is due by its indexes, also when the statistics are older than a burst', async () => {
    const many = (state: string, body: string, settled: string): Promise<unknown> =>
      db.database.sql(
        `insert into notification_delivery
           (id, dedupe_key, resident_id, kind, channel, state, body, queued_at, next_attempt_at, settled_at)
         select gen_random_uuid(), gen_random_uuid()::text, gen_random_uuid(), 'reply', 'wechatOfficial', '${state}', ${body}, $1, $1, ${settled}
         from generate_series(1, 20000)`,
        [start],
      );
    await many('sent', 'null', '$1');
    await db.database.sql('analyze notification_delivery');
    await many('queued', `''`, 'null');
    const plan = await db.dataSource.query<{ 'QUERY PLAN': string }[]>(`explain (generic_plan) ${claimSql}`);
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).not.toContain('Seq Scan');
    expect(text).toContain('Index Cond: (resident_id = q.resident_id)');
    expect(text).toMatch(/Index Cond: \(\(channel = .*next_attempt_at <=/);
  });
});

/** Waits until the question is answered with something. */
async function until(question: () => Promise<number>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await question()) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not happen');
}

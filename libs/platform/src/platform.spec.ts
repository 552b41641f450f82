import { testDatabase, type TestDatabase } from '@linli/testing';
import { appendAudit, checkAudit, sealAudit } from './audit';
import { ephemeralKeys } from './keys';
import { FieldCipher } from './field-cipher';
import { Inbox } from './inbox';
import {
  appendEvent,
  claimEvents,
  consumeOnce,
  markConsumed,
  markRelayed,
  reopenStale,
  unconsumedEvents,
} from './outbox';

let db: TestDatabase;
const now = new Date('2026-03-10T02:00:00Z');
const published = { revision: 1 };

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

describe('Database.transact', () => {
  it('refuses to be nested', async () => {
    await expect(db.database.transact(() => db.database.transact(async () => undefined))).rejects.toThrow('nested');
  });

  it('rolls everything back when the work throws', async () => {
    const before = await db.database.sql<{ n: string }>('select count(*) as n from platform_outbox');
    await expect(
      db.database.transact(async (tx) => {
        await appendEvent(tx, 'catalogue.published', published, now);
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await db.database.sql('select count(*) as n from platform_outbox')).toEqual(before);
  });

  it('tries again after a deadlock, so that both of two crossing transactions commit', async () => {
    await db.database.sql('create table crossing (id int primary key, n int not null)');
    await db.database.sql('insert into crossing values (1, 0), (2, 0)');
    const touch = (first: number, second: number): Promise<void> =>
      db.database.transact(async (tx) => {
        await tx.sql('update crossing set n = n + 1 where id = $1', [first]);
        await tx.sql('select pg_sleep(0.2)');
        await tx.sql('update crossing set n = n + 1 where id = $1', [second]);
      });
    await Promise.all([touch(1, 2), touch(2, 1)]);
    expect(await db.database.sql('select n from crossing order by id')).toEqual([{ n: 2 }, { n: 2 }]);
  });
});

describe('outbox', () => {
  it('hands every event to one of several relays only, and again when a relay died', async () => {
    await db.database.transact(async (tx) => {
      for (let n = 0; n < 40; n += 1) await appendEvent(tx, 'catalogue.published', published, now);
    });
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimEvents(db.database, 10)));
    const ids = claims.flat().map((event) => event.id);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
    await markRelayed(db.database, ids.slice(0, 39));
    expect(await claimEvents(db.database, 10)).toEqual([]);
    await db.database.sql(
      `update platform_outbox set claimed_until = now() - interval '1 second' where relayed_at is null`,
    );
    expect((await claimEvents(db.database, 10)).map((event) => event.id)).toEqual([ids[39]]);
    await db.database.sql(`update platform_outbox set relayed_at = now() - interval '1 hour' where id = $1`, [ids[0]]);
    expect(await reopenStale(db.database, 600)).toBe(1);
  });

  it('lets a subscriber act once however often the event is delivered', async () => {
    const id = await db.database.transact((tx) => appendEvent(tx, 'catalogue.published', published, now));
    expect(await unconsumedEvents(db.database, [id])).toMatchObject([{ id, payload: published }]);
    let acted = 0;
    const deliver = (): Promise<number> =>
      consumeOnce(db.database, [{ eventId: id, subscriber: 'spec' }], async () => void (acted += 1));
    const outcomes = await Promise.all([deliver(), deliver(), deliver()]);
    expect(outcomes.sort()).toEqual([0, 0, 1]);
    expect(acted).toBe(1);
    await markConsumed(db.database, [id]);
    expect(await unconsumedEvents(db.database, [id])).toEqual([]);
  });

  it('runs what packs that overlap have in common once, and names the places of the rest', async () => {
    const ids = await db.database.transact(async (tx) => {
      const made: string[] = [];
      for (let n = 0; n < 30; n += 1) made.push(await appendEvent(tx, 'catalogue.published', published, now));
      return made;
    });
    const acted: string[] = [];
    const deliver = (some: readonly string[]): Promise<number> => {
      const hearings = some.map((eventId) => ({ eventId, subscriber: 'spec' }));
      return consumeOnce(db.database, hearings, async (_, places) => {
        acted.push(...places.map((place) => some[place] ?? 'none'));
      });
    };
    await Promise.all([deliver(ids.slice(0, 20)), deliver(ids.slice(10).reverse()), deliver(ids)]);
    expect([...acted].sort()).toEqual([...ids].sort());
  });

  it('keeps nothing of a pack whose work failed', async () => {
    const id = await db.database.transact((tx) => appendEvent(tx, 'catalogue.published', published, now));
    const hearings = [{ eventId: id, subscriber: 'spec' }];
    await expect(consumeOnce(db.database, hearings, () => Promise.reject(new Error('stop')))).rejects.toThrow('stop');
    expect(await consumeOnce(db.database, hearings, async () => undefined)).toBe(1);
  });
});

describe('inbox', () => {
  const message = {
    channel: 'wechatOfficial',
    id: 'wx-1',
    from: 'o1',
    to: 'gh',
    at: now,
    content: { kind: 'text', text: '你好' },
  } as const;

  it('takes one of three concurrent copies and gives the others its answer', async () => {
    const inbox = new Inbox(db.database, db.cipher);
    const deliver = (): Promise<string> =>
      db.database.transact(async (tx) => {
        const received = await inbox.receive(tx, message, now);
        if (received.kind === 'new') await inbox.answer(tx, message, '您好', now);
        return received.kind === 'answered' ? `again ${received.answer}` : received.kind;
      });
    expect((await Promise.all([deliver(), deliver(), deliver()])).sort()).toEqual(['again 您好', 'again 您好', 'new']);
  });

  it('keeps later words of a sender behind those that wait', async () => {
    const inbox = new Inbox(db.database, db.cipher);
    const first = { ...message, id: 'wx-2', from: 'o2' };
    const second = { ...message, id: 'wx-3', from: 'o2' };
    expect(await inbox.postpone(first, now)).toBe(true);
    expect(await inbox.postpone(first, now)).toBe(false);
    expect(await db.database.transact((tx) => inbox.receive(tx, second, now))).toEqual({ kind: 'waiting' });
    await inbox.postpone(second, now);
    const order: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      await db.database.transact(async (tx) => {
        const next = await inbox.nextPending(tx);
        if (!next) return;
        order.push(next.id);
        await inbox.answer(tx, next, null, now);
      });
    }
    expect(order).toEqual(['wx-2', 'wx-3']);
    expect(await db.database.transact((tx) => inbox.nextPending(tx))).toBeNull();
  });
});

describe('audit chain', () => {
  it('seals rows in batches and finds a changed and a missing row', async () => {
    const key = db.keys.audit;
    await db.database.transact(async (tx) => {
      for (let n = 0; n < 12; n += 1) {
        await appendAudit(tx, {
          actor: { kind: 'system', id: 'spec' },
          action: 'spec.act',
          subject: `case:${n}`,
          detail: { b: 1, a: n },
          at: now,
        });
      }
    });
    expect(await sealAudit(db.database, key, 5)).toBe(5);
    expect(await sealAudit(db.database, key, 500)).toBe(7);
    expect(await checkAudit(db.database, key)).toEqual({ sealed: 12, brokenAt: null });
    await db.database.sql(`update platform_audit set detail = '{"a": 99}' where seq = 4`);
    expect((await checkAudit(db.database, key)).brokenAt).toBe('4');
    await db.database.sql('delete from platform_audit where seq >= 4');
    expect((await checkAudit(db.database, key)).brokenAt).toBe('head');
  });
});

describe('FieldCipher', () => {
  const cipher = new FieldCipher(ephemeralKeys());

  it('opens what it sealed, and seals the same value differently each time', () => {
    const sealed = cipher.seal('resident.phone', 'r1', '13800138000');
    expect(cipher.open('resident.phone', 'r1', sealed)).toBe('13800138000');
    expect(cipher.seal('resident.phone', 'r1', '13800138000').equals(sealed)).toBe(false);
    expect(sealed.includes('13800138000')).toBe(false);
  });

  it.each(['column', 'row', 'byte', 'key'])('refuses a value with another %s', (what) => {
    const sealed = cipher.seal('resident.phone', 'r1', '13800138000');
    const altered = Buffer.from(sealed);
    if (what === 'byte') altered[25] = (altered[25] ?? 0) ^ 1;
    const reader = what === 'key' ? new FieldCipher(ephemeralKeys()) : cipher;
    const column = what === 'column' ? 'resident.name' : 'resident.phone';
    expect(() => reader.open(column, what === 'row' ? 'r2' : 'r1', altered)).toThrow('integrity');
  });

  it('indexes equal values equally, per column', () => {
    expect(cipher.blindIndex('a', '1').equals(cipher.blindIndex('a', '1'))).toBe(true);
    expect(cipher.blindIndex('a', '1').equals(cipher.blindIndex('b', '1'))).toBe(false);
  });
});

import type { DomainEvent, EventOf } from '@linli/contracts';
import { newId } from '@linli/kernel';
import { appendEvent, type Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { Consumption } from './consumption';
import type { Subscription } from './subscription';
import type { Subscriptions } from './subscriptions';

const now = new Date('2026-03-10T02:00:00Z');

describe('a pack of events', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase();
    await db.database.sql(`create table heard (n serial, event_id uuid, subscriber text, resident text)`);
  });
  beforeEach(() => db.database.sql('truncate heard'));
  afterAll(() => db.close());

  const route = { on: 'resident.met', from: 'directory', to: 'directory' } as const;

  function consumptionOf(...table: Subscription[]): Consumption {
    return new Consumption(db.database, { of: () => table } as unknown as Subscriptions);
  }

  async function met(...residents: string[]): Promise<DomainEvent[]> {
    return db.database.transact(async (tx) => {
      const events: DomainEvent[] = [];
      for (const residentId of residents) {
        const payload = { residentId, channel: 'wechatOfficial' } as const;
        events.push({
          id: await appendEvent(tx, 'resident.met', payload, now),
          type: 'resident.met',
          at: now,
          payload,
        });
      }
      return events;
    });
  }

  async function note(tx: Tx, event: DomainEvent, subscriber: string): Promise<void> {
    const { residentId } = (event as EventOf<'resident.met'>).payload;
    await tx.sql('insert into heard (event_id, subscriber, resident) values ($1, $2, $3)', [
      ...[event.id, subscriber, residentId],
    ]);
  }

  /** Notes each event, in two steps; fails on those of `failing`. */
  function noting(name: string, failing: ReadonlySet<string> = new Set()): Subscription {
    return {
      ...{ ...route, name },
      share: async (tx, event) => {
        await note(tx, event, name);
        if (failing.has(event.id)) await tx.sql('select 1 / 0');
        await tx.sql('select 1');
      },
    };
  }

  const heard = (): Promise<{ event_id: string; subscriber: string; resident: string }[]> =>
    db.database.sql('select event_id, subscriber, resident from heard order by n');

  it('is told to each subscriber once, though packs overlap and several workers have them', async () => {
    const events = await met(...Array.from({ length: 40 }, (_, n) => `r${n % 7}`));
    const workers = [0, 1, 2, 3].map(() => consumptionOf(noting('a'), noting('b')));
    const packs = workers.map((one, n) => one.consume(events.slice(n * 5, n * 5 + 25)));
    for (const { failures } of await Promise.all(packs)) expect(failures).toEqual([]);
    const rows = await heard();
    expect(rows).toHaveLength(80);
    expect(new Set(rows.map((row) => `${row.event_id}/${row.subscriber}`)).size).toBe(80);
  });

  it('is told in order to whoever hears of one resident', async () => {
    const events = await met(...Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? 'even' : 'odd')));
    await consumptionOf(noting('a')).consume(events);
    const rows = await heard();
    for (const resident of ['even', 'odd']) {
      const told = rows.filter((row) => row.resident === resident).map((row) => row.event_id);
      expect(told).toEqual(events.filter((_, n) => (n % 2 === 0) === (resident === 'even')).map((event) => event.id));
    }
  });

  it('is done but for the event that fails, which is done when it can be', async () => {
    const events = await met('r1', 'r2', 'r2', 'r3');
    const broken = events[1]?.id ?? '';
    const first = await consumptionOf(noting('a', new Set([broken])), noting('b')).consume(events);
    expect(first.failures.map(({ event }) => event.id)).toEqual([broken]);
    expect(first.done).toEqual(events.filter((event) => event.id !== broken).map((event) => event.id));
    expect((await heard()).filter((row) => row.event_id === broken).map((row) => row.subscriber)).toEqual(['b']);
    expect((await consumptionOf(noting('a'), noting('b')).consume(events)).failures).toEqual([]);
    expect(await heard()).toHaveLength(8);
  });

  it('leaves what a subscriber does on its own to that subscriber', async () => {
    const events = await met(newId(), newId());
    const ran: string[] = [];
    const run = (event: DomainEvent): Promise<void> => {
      if (event === events[0]) return Promise.reject(new Error('the platform is silent'));
      ran.push(event.id);
      return Promise.resolve();
    };
    const { done, failures } = await consumptionOf({ ...route, name: 'own', run }, noting('a')).consume(events);
    expect([done, ran]).toEqual([[events[1]?.id], [events[1]?.id]]);
    expect(failures.map(({ error }) => (error as Error).message)).toEqual(['the platform is silent']);
    expect(await heard()).toHaveLength(2);
  });
});

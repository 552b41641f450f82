import type { Socket } from 'node:net';
import { Client } from 'pg';
import { newId } from '@linli/kernel';
import { grades, type DomainEvent, type EventOf, type Grade } from '@linli/contracts';
import {
  directoryRows,
  CatalogueImport1780000013000,
  Directory1780000001000,
  Population1780000060310,
} from '@linli/directory';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { Assessment1780000006000 } from './assessment.migration';
import { AssessmentFacts1780000033000 } from './assessment-facts.migration';
import { AssessmentOwn1780000060300 } from './assessment-own.migration';
import { AssessmentPeriods1780000034000 } from './assessment-periods.migration';
import { OfficerClosures1780000113000 } from './officer-closures.migration';
import { AssessmentWebhooks1780000034500 } from './webhooks/webhooks.migration';
import { gradeFacts, type Fact } from './facts';
import { assessmentRoom } from './samples.module';
import { directions, type Direction } from './scheme';

const period = '2026-08';
const at = new Date('2026-08-10T02:00:00Z');
/** As many as a release is tried with is 100,000; they take minutes. */
const eventCount = Number(process.env['LINLI_ASSESSMENT_EVENTS'] ?? 600);

interface Delivery {
  readonly event: DomainEvent;
  readonly counts: readonly (readonly [Direction | 'officers', string, Fact, number])[];
}

describe('facts', () => {
  let db: TestDatabase;
  let workers: ReturnType<typeof assessmentRoom>[];

  beforeAll(async () => {
    db = await testDatabase({
      rows: directoryRows,
      migrations: [
        ...[Directory1780000001000, CatalogueImport1780000013000, Assessment1780000006000],
        ...[AssessmentFacts1780000033000, AssessmentPeriods1780000034000, AssessmentWebhooks1780000034500],
        ...[AssessmentOwn1780000060300, OfficerClosures1780000113000],
        Population1780000060310,
      ],
    });
    db.clock.set(new Date('2026-08-20T02:00:00Z'));
    workers = [0, 1, 2, 3].map(() => assessmentRoom(db.database, db.cipher, db.clock));
  });
  afterAll(() => db.close());
  beforeEach(() =>
    db.database.sql('truncate assessment_service_event, assessment_observation, assessment_fact, assessment_delta'),
  );

  const room = (): ReturnType<typeof assessmentRoom> => workers[0]!;
  const deliver = async (event: DomainEvent, worker = room()): Promise<void> => {
    const { assessment } = worker;
    if (event.type === 'rating.given' || event.type === 'rating.requested') return assessment.absorb(event);
    const decided = event.type === 'rating.excluded' || event.type === 'rating.restored';
    return db.database.transact((tx) =>
      decided
        ? assessment.changeRating(tx, event as EventOf<'rating.excluded' | 'rating.restored'>)
        : assessment.observe(tx, event),
    );
  };
  /** A worker that dies half-way: its connection is gone with everything it had written and not committed. */
  const dyingWorker = async (events: readonly DomainEvent[]): Promise<void> => {
    const client = new Client({ connectionString: db.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    const sql = async (text: string, params: readonly unknown[] = []): Promise<unknown[]> =>
      (await client.query(text, [...params])).rows as unknown[];
    const tx = { manager: db.dataSource.manager, sql } as Tx;
    const count = async (event: DomainEvent): Promise<void> => {
      if (event.type === 'rating.given') await room().assessment.countRating(tx, event.payload);
      if (event.type === 'case.closed') await room().assessment.observe(tx, event);
    };
    // Where one of its statements is cancelled it dies a little sooner.
    const taken = events.reduce((before, event) => before.then(() => count(event)), Promise.resolve());
    await taken.catch(() => undefined);
    (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
  };
  const summed = async (): Promise<Record<string, number>> => {
    const sums: Record<string, number> = {};
    for (const direction of [...directions, 'officers'] as const)
      for (const { subject, facts } of (await room().facts.tallies(db.database, [period], direction)).get(period) ?? [])
        for (const [fact, value] of Object.entries(facts)) sums[`${direction} ${subject.id} ${fact}`] = value;
    return sums;
  };
  const recounted = async (): Promise<Record<string, number>> => {
    const sums: Record<string, number> = {};
    for (const direction of [...directions, 'officers'] as const)
      for (const { subject, facts } of await room().facts.recount(db.database, period, direction))
        for (const [fact, value] of Object.entries(facts)) sums[`${direction} ${subject.id} ${fact}`] = value;
    return sums;
  };

  it(
    'are the same by deltas, by recount and by hand: events in any order, twice, by four workers, one killed half-way',
    async () => {
      const random = generator(20260810);
      const deliveries = Array.from({ length: eventCount }, () => happening(random)).flat();
      const expected: Record<string, number> = {};
      for (const [direction, id, fact, value] of deliveries.flatMap((one) => one.counts)) {
        const key = `${direction} ${id} ${fact}`;
        expected[key] = Math.round(((expected[key] ?? 0) + value) * 100) / 100;
      }
      const queue = [...deliveries, ...deliveries.slice(0, deliveries.length / 2)]
        .map(({ event }) => ({ event, key: random() }))
        .sort((a, b) => a.key - b.key)
        .map(({ event }) => event);
      let failed = 0;
      let next = 0;
      const take = (): DomainEvent | undefined => (next < queue.length ? queue[next++] : undefined);
      const killed: Promise<void>[] = [];
      const half = Math.floor(queue.length / 2);
      const work = async (worker: ReturnType<typeof assessmentRoom>): Promise<void> => {
        for (let event = take(); event; event = take()) {
          // It had taken these in hand, and the others are given them again in their turn.
          if (next > half && killed.length === 0) killed.push(dyingWorker(queue.slice(half, half + 40)));
          // What failed is delivered again, to whoever comes next: its transaction was lost, or its rating not yet known.
          await deliver(event, worker).catch(() => {
            failed += 1;
            queue.push(event);
          });
        }
      };
      let working = true;
      const killer = async (): Promise<void> => {
        while (working) {
          await new Promise((resolve) => setTimeout(resolve, 40));
          await db.database
            .sql(
              `select pg_cancel_backend(pid) from pg_stat_activity where datname = current_database()
             and pid <> pg_backend_pid() and query like '%assessment_delta%' limit 1`,
            )
            .catch(() => undefined);
        }
      };
      const folder = async (): Promise<void> => {
        while (working)
          await room()
            .assessment.rollUp()
            .catch(() => undefined);
      };
      const helpers = [killer(), folder(), folder()];
      await Promise.all(workers.flatMap((worker) => [work(worker), work(worker), work(worker)]));
      working = false;
      await Promise.all([...helpers, ...killed]);
      expect(failed).toBeGreaterThan(0);
      expect(await recounted()).toEqual(expected);
      expect(await summed()).toEqual(expected);
      await room().assessment.rollUp();
      expect(await summed()).toEqual(expected);
      const left = await db.database.sql<{ count: number }>('select count(*)::int as count from assessment_delta');
      expect(left[0]!.count).toBe(0);
    },
    60_000 + eventCount * 10,
  );

  it('of a rating taken out and put back are as if nothing had been', async () => {
    const [given] = rating('satisfied', 'd1', 's1');
    await deliver(given!.event);
    const before = await summed();
    const id = (given!.event as EventOf<'rating.given'>).payload.ratingId;
    const change = (type: 'rating.excluded' | 'rating.restored', minute: number): DomainEvent =>
      ({
        id: newId(),
        type,
        at,
        payload: { ratingId: id, reasonCode: 'copy', at: `2026-08-12T00:0${minute}:00Z` },
      }) as unknown as DomainEvent;
    const out = change('rating.excluded', 1);
    await deliver(out);
    expect(await summed()).toEqual({ 'departments d1 serviceEvents': 1, 'subdistricts s1 serviceEvents': 1 });
    expect(await recounted()).toEqual(await summed());
    await deliver(change('rating.restored', 2));
    // An old decision that comes late changes nothing.
    await deliver(out);
    expect(await summed()).toEqual(before);
    expect(await recounted()).toEqual(before);
  });

  it('are kept by workers that do not wait for each other', async () => {
    const [first, second] = [rating('satisfied', 'd1', 's1'), rating('dissatisfied', 'd1', 's1')];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = db.database.transact(async (tx) => {
      await room().assessment.countRating(tx, (first[0]!.event as EventOf<'rating.given'>).payload);
      await held;
    });
    // The same department, the same facts: it would wait here for ever if both wrote one row.
    await deliver(second[0]!.event, workers[1]);
    expect((await summed())['departments d1 ratings']).toBe(1);
    release();
    await slow;
    expect((await summed())['departments d1 ratings']).toBe(2);
  });

  it('are read without a look at what was counted', async () => {
    const plan = await db.database.sql<{ 'QUERY PLAN': string }>(
      `explain select * from assessment_fact where period = any('{2026-08}') and direction = 'departments'
       union all select period, direction, subject_id, fact, value, subject_name from assessment_delta
       where period = any('{2026-08}') and direction = 'departments'`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join()).not.toMatch(/service_event|observation/);
  });
});

/** One thing that happened, as its events and as what they count. */
function happening(random: () => number): Delivery[] {
  const department = `d${Math.floor(random() * 3)}`;
  const street = `s${Math.floor(random() * 3)}`;
  const kind = random();
  // Some services the subdistrict renders itself, by no department.
  const by = random() < 0.1 ? street : department;
  if (kind < 0.6) return rating(grades[Math.floor(random() * 5)]!, by, street, random());
  const onTime = random() < 0.8;
  const base = { number: newId().slice(-10), subdistrictId: street, department: { id: department, name: department } };
  const officer = officers[onTime ? 0 : 1]!;
  if (kind < 0.8) {
    const payload = { ...base, onTime, officerId: officer };
    const closed = both(department, street, ['closed', ...(onTime ? (['closedOnTime'] as const) : [])]);
    return [
      {
        event: { id: newId(), type: 'case.closed', at, payload } as unknown as DomainEvent,
        counts: [...closed, ['officers', officer, 'closed', 1]],
      },
    ];
  }
  if (kind < 0.85) {
    const payload = { ...base, byResident: true, closedBy: officer, officerId: null };
    return [
      {
        event: { id: newId(), type: 'case.reopened', at, payload } as unknown as DomainEvent,
        counts: [...both(department, street, ['reopened']), ['officers', officer, 'reopened', 1]],
      },
    ];
  }
  const quality = Math.round(random() * 100) / 100;
  return [
    {
      event: {
        ...{ id: newId(), type: 'jointCall.rated', at },
        payload: { ...base, by: 'caller', unit: base.department, caller: { id: street, name: street }, quality },
      } as unknown as DomainEvent,
      counts: [
        ['departments', department, 'cooperationRated', 1],
        ['departments', department, 'cooperationQuality', quality],
      ],
    },
  ];
}

const officers = [newId(), newId()];

/** A rating, sometimes taken out by an appeal that is upheld, sometimes put back afterwards. */
function rating(grade: Grade, department: string, street: string, fate = 1): Delivery[] {
  const facts = {
    ...{ ratingId: newId(), serviceEventId: newId(), grade, subdistrictId: street, caseNumber: '2600000017', period },
    ...{ department: { id: department, name: department }, at: '2026-08-10T03:00:00.000Z' },
  };
  const event = (type: string, payload: object): DomainEvent =>
    ({ id: newId(), type, at, payload: { ...facts, ...payload } }) as unknown as DomainEvent;
  const officerId = fate > 0.5 && fate < 1 ? officers[Math.floor(fate * 10) % officers.length]! : null;
  const ofAll = (names: readonly Fact[]): ReturnType<typeof both> => [
    ...both(department, street, names),
    ...(officerId === null ? [] : names.map((name) => ['officers', officerId, name, 1] as const)),
  ];
  const counted = ofAll(['ratings', gradeFacts[grade]]);
  const taken = counted.map(([direction, id, fact]) => [direction, id, fact, -1] as const);
  const change = (type: string, day: string): DomainEvent =>
    event(type, { reasonCode: 'appealUpheld', at: `2026-08-${day}T00:00:00.000Z` });
  return [
    { event: event('rating.given', { officerId }), counts: [...counted, ...ofAll(['serviceEvents'])] },
    { event: event('rating.requested', { officerId }), counts: [] },
    ...(fate < 0.2 || (fate > 0.9 && fate < 1) ? [{ event: change('rating.excluded', '12'), counts: taken }] : []),
    ...(fate < 0.1 || (fate > 0.95 && fate < 1) ? [{ event: change('rating.restored', '13'), counts: counted }] : []),
  ];
}

function both(
  department: string,
  street: string,
  facts: readonly Fact[],
): (readonly [Direction | 'officers', string, Fact, number])[] {
  return facts.flatMap((fact) => [
    ...(department === street ? [] : [['departments', department, fact, 1] as const]),
    ['subdistricts', street, fact, 1] as const,
  ]);
}

/** A small generator of numbers from 0 to 1, the same for the same seed (Park and Miller). */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '@linli/contracts';
import { consumeOnce, Database, together, type Tx } from '@linli/platform';
import type { OwnSubscription, SharedSubscription } from './subscription';
import { Subscriptions } from './subscriptions';

/** What became of a pack of events. */
export interface Consumed {
  /** Ids of those all subscribers are done with. */
  readonly done: readonly string[];
  readonly failures: readonly { readonly event: DomainEvent; readonly error: unknown }[];
}

interface Task<S> {
  readonly event: DomainEvent;
  readonly subscription: S;
}

type ShareAll = NonNullable<SharedSubscription['shareAll']>;
type Failures = Map<DomainEvent, unknown>;

/**
 * Tells subscribers of a pack of events, each subscriber once of each event. Work that may be shared goes in one
 * transaction for the whole pack, the rest one by one; an event that fails keeps no other from being done.
 */
@Injectable()
export class Consumption {
  constructor(
    private readonly database: Database,
    private readonly subscriptions: Subscriptions,
  ) {}

  async consume(events: readonly DomainEvent[]): Promise<Consumed> {
    const shared: Task<SharedSubscription>[] = [];
    const own: Task<OwnSubscription>[] = [];
    for (const event of events)
      for (const subscription of this.subscriptions.of(event))
        if ('share' in subscription) shared.push({ event, subscription });
        else own.push({ event, subscription });
    const failures: Failures = new Map();
    await Promise.all([
      this.share(shared, failures),
      ...own.map(({ event, subscription }) => noting(failures, event, subscription.run(event))),
    ]);
    return {
      done: events.filter((event) => !failures.has(event)).map((event) => event.id),
      failures: [...failures].map(([event, error]) => ({ event, error })),
    };
  }

  /** All at once; when one of them fails, one by one, so that only that one is left. */
  private async share(tasks: readonly Task<SharedSubscription>[], failures: Failures): Promise<void> {
    if (tasks.length === 0) return;
    try {
      await this.perform(tasks);
    } catch {
      for (const task of tasks) await noting(failures, task.event, this.perform([task]));
    }
  }

  private async perform(tasks: readonly Task<SharedSubscription>[]): Promise<void> {
    const hearings = tasks.map(({ event, subscription }) => ({ eventId: event.id, subscriber: subscription.name }));
    await consumeOnce(this.database, hearings, async (tx, places) => {
      const fresh = places.flatMap((place) => tasks[place] ?? []);
      const [packed, single] = packedOf(fresh);
      await together(...packed.map((share) => share(tx)), ...lanesOf(single).map((lane) => inOrder(tx, lane)));
    });
  }
}

/** The work of subscribers that take many events at once, and the tasks of the others. */
function packedOf(
  tasks: readonly Task<SharedSubscription>[],
): [packed: ((tx: Tx) => Promise<void>)[], single: Task<SharedSubscription>[]] {
  const packs = new Map<string, { readonly shareAll: ShareAll; readonly events: DomainEvent[] }>();
  const single: Task<SharedSubscription>[] = [];
  for (const task of tasks) {
    const { name, shareAll } = task.subscription;
    const pack = packs.get(name);
    if (!shareAll) single.push(task);
    else if (pack) pack.events.push(task.event);
    else packs.set(name, { shareAll, events: [task.event] });
  }
  return [
    [...packs.values()].map(
      ({ shareAll, events }) =>
        (tx: Tx) =>
          shareAll(tx, events),
    ),
    single,
  ];
}

/** The tasks by resident: what concerns one is done in order, what concerns different ones side by side. */
function lanesOf(tasks: readonly Task<SharedSubscription>[]): Task<SharedSubscription>[][] {
  const lanes = new Map<string, Task<SharedSubscription>[]>();
  for (const task of tasks) {
    const { payload } = task.event;
    const resident = 'residentId' in payload ? (payload.residentId ?? '') : '';
    const lane = lanes.get(resident);
    if (lane) lane.push(task);
    else lanes.set(resident, [task]);
  }
  return [...lanes.values()];
}

async function inOrder(tx: Tx, tasks: readonly Task<SharedSubscription>[]): Promise<void> {
  for (const { event, subscription } of tasks) await subscription.share(tx, event);
}

async function noting(failures: Failures, event: DomainEvent, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    failures.set(event, error);
  }
}

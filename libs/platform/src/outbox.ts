import { newId } from '@linli/kernel';
import type { DomainEvent, EventPayloads, EventType } from '@linli/contracts';
import type { Database, Tx } from './database';

/** Appends a fact to the outbox in the transaction that made it true. Subscribers hear of it after the commit. */
export async function appendEvent<T extends EventType>(
  tx: Tx,
  type: T,
  payload: EventPayloads[T],
  now: Date,
  id = newId(),
): Promise<string> {
  await tx.sql('insert into platform_outbox (id, type, payload, at) values ($1, $2, $3, $4)', [
    id,
    type,
    JSON.stringify(payload),
    now,
  ]);
  return id;
}

/** The event of that id, or null when it was cleared away after all had consumed it. */
export async function eventOf(database: Database, id: string): Promise<DomainEvent | null> {
  const [row] = await database.sql<DomainEvent>('select id, type, at, payload from platform_outbox where id = $1', [
    id,
  ]);
  return row ?? null;
}

/** Claims events nobody has relayed, oldest first; a claim that was not settled within its lease is open again. */
export async function claimEvents(database: Database, limit: number): Promise<DomainEvent[]> {
  return database.sql(
    `update platform_outbox o set claimed_until = now() + interval '30 seconds'
     from (select id from platform_outbox
           where relayed_at is null and (claimed_until is null or claimed_until < now())
           order by id limit $1 for update skip locked) due
     where o.id = due.id returning o.id, o.type, o.at, o.payload`,
    [limit],
  );
}

/** Marks events as handed to the queue. */
export async function markRelayed(database: Database, ids: readonly string[]): Promise<void> {
  await database.sql('update platform_outbox set relayed_at = now() where id = any($1::uuid[])', [ids]);
}

/** Settles events that nobody has anything to do for. */
export async function settleUnheard(database: Database, ids: readonly string[]): Promise<void> {
  await database.sql('update platform_outbox set relayed_at = now(), consumed_at = now() where id = any($1::uuid[])', [
    ids,
  ]);
}

/** Marks one event as consumed by all its subscribers. */
export async function markConsumed(database: Database, id: string): Promise<void> {
  await database.sql('update platform_outbox set consumed_at = now() where id = $1', [id]);
}

/** Opens events again whose job vanished from the queue: relayed, not consumed, older than the given seconds. */
export async function reopenStale(database: Database, olderThanSeconds: number): Promise<number> {
  const rows = await database.sql(
    `update platform_outbox set relayed_at = null, claimed_until = null
     where consumed_at is null and relayed_at < now() - make_interval(secs => $1) returning id`,
    [olderThanSeconds],
  );
  return rows.length;
}

/**
 * Deletes events consumed longer ago than the given days; the audit trail keeps what must be kept. Who consumed them is
 * forgotten a day later, so that no event that still stands can run again.
 */
export async function clearConsumed(database: Database, olderThanDays: number): Promise<void> {
  await database.sql(
    `delete from platform_consumed where (event_id, subscriber) in
       (select event_id, subscriber from platform_consumed d
        where at < now() - make_interval(days => $1 + 1)
          and not exists (select 1 from platform_outbox o where o.id = d.event_id)
        limit 5000)`,
    [olderThanDays],
  );
  await database.sql(
    `delete from platform_outbox where id in
       (select id from platform_outbox where consumed_at < now() - make_interval(days => $1) limit 5000)`,
    [olderThanDays],
  );
}

/**
 * Runs a subscriber's work for one event exactly once: the pair (event, subscriber) is inserted in the same transaction
 * as the work, so a redelivered job finds it and does nothing.
 */
export async function consumeOnce(
  database: Database,
  eventId: string,
  subscriber: string,
  work: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  return database.transact(async (tx) => {
    const [first] = await tx.sql(
      `insert into platform_consumed (event_id, subscriber, at) values ($1, $2, now())
       on conflict do nothing returning event_id`,
      [eventId, subscriber],
    );
    if (!first) return false;
    await work(tx);
    return true;
  });
}

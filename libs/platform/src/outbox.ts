import { newId } from '@linli/kernel';
import type { DomainEvent, EventPayloads, EventType } from '@linli/contracts';
import type { Database, Tx } from './database';

/**
 * Appends a fact to the outbox in the transaction that made it true, without waiting for its answer. Subscribers hear of
 * it after the commit.
 */
export function appendEvent<T extends EventType>(
  tx: Tx,
  type: T,
  payload: EventPayloads[T],
  now: Date,
  id = newId(),
): Promise<string> {
  tx.tell('insert into platform_outbox (id, type, payload, at) values ($1, $2, $3, $4)', [
    id,
    type,
    JSON.stringify(payload),
    now,
  ]);
  return Promise.resolve(id);
}

/** The events of those ids that not all have consumed, oldest first. */
export async function unconsumedEvents(database: Database, ids: readonly string[]): Promise<DomainEvent[]> {
  return database.sql<DomainEvent>(
    `select id, type, at, payload from platform_outbox
     where id = any($1::uuid[]) and consumed_at is null order by id`,
    [ids],
  );
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

/** Marks events as consumed by all their subscribers. */
export async function markConsumed(database: Database, ids: readonly string[]): Promise<void> {
  await database.sql('update platform_outbox set consumed_at = now() where id = any($1::uuid[])', [ids]);
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

/** A subscriber and the event it hears of. */
export interface Hearing {
  readonly eventId: string;
  readonly subscriber: string;
}

/**
 * Runs subscribers' work exactly once each: the pairs (event, subscriber) are inserted in the same transaction as the
 * work, so that an event told again finds them and nothing is done. `work` is given the places of those heard for the
 * first time, and stands or falls as a whole; answers how many they were.
 */
export async function consumeOnce(
  database: Database,
  hearings: readonly Hearing[],
  work: (tx: Tx, places: readonly number[]) => Promise<void>,
): Promise<number> {
  return database.transact(async (tx) => {
    const fresh = await tx.sql<{ place: number }>(
      `with told as (select * from unnest($1::uuid[], $2::text[]) with ordinality as t(event_id, subscriber, place)),
       kept as (insert into platform_consumed (event_id, subscriber, at)
         select event_id, subscriber, now() from told order by event_id, subscriber
         on conflict do nothing returning event_id, subscriber)
       select told.place::int from told join kept using (event_id, subscriber) order by told.place`,
      [hearings.map((one) => one.eventId), hearings.map((one) => one.subscriber)],
    );
    const places = fresh.map(({ place }) => place - 1);
    if (places.length > 0) await work(tx, places);
    return places.length;
  });
}

import { BullModule } from '@nestjs/bullmq';
import type { DynamicModule } from '@nestjs/common';
import { createPostgresBackend, runMigrations, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import IORedis from 'ioredis';
import { Pool } from 'pg';

/** The queues of the product. `events` carries outbox events to journeys, `chores` what is due by the clock. */
export const queueNames = { events: 'events', chores: 'chores' } as const;

const queueSchema = 'bullmq';

export interface QueueOptions {
  readonly databaseUrl: string;
  /** Set: Redis; unset: PostgreSQL, schema `bullmq`. */
  readonly redisUrl: string | null;
}

/** Proves that the queue's store answers, so that a process never runs with a dead queue; throws one sentence. */
export async function checkQueues(options: QueueOptions): Promise<void> {
  if (!options.redisUrl) return;
  const redis = new IORedis(options.redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const policy = await redis.config('GET', 'maxmemory-policy').catch(() => []);
    const found = Array.isArray(policy) ? String(policy[1] ?? 'noeviction') : 'noeviction';
    if (found !== 'noeviction')
      throw new Error(`its maxmemory-policy is ${found}: jobs could be evicted, set it to noeviction`);
  } catch (error) {
    throw new Error(`REDIS_URL is set but Redis cannot be used: ${(error as Error).message}`);
  } finally {
    redis.disconnect();
  }
}

/** Makes BullMQ's tables when the queue lives in PostgreSQL. */
export async function migrateQueues(options: QueueOptions): Promise<void> {
  if (options.redisUrl) return;
  const pool = new Pool({ connectionString: options.databaseUrl, max: 1 });
  try {
    await runMigrations(pool, queueSchema);
  } finally {
    await pool.end();
  }
}

/** BullMQ on Redis when there is one, else on PostgreSQL. */
export function queuesModule(options: QueueOptions): DynamicModule {
  const connection = connectionOf(options);
  return BullModule.forRoot({
    connection,
    prefix: 'linli',
    defaultJobOptions: {
      removeOnComplete: true,
      removeOnFail: true,
      attempts: 8,
      backoff: { type: 'exponential', delay: 500 },
    },
  });
}

function connectionOf(options: QueueOptions): ConnectionOptions {
  if (options.redisUrl) {
    setDefaultBackendFactory(undefined);
    return { url: options.redisUrl, maxRetriesPerRequest: null };
  }
  setDefaultBackendFactory(createPostgresBackend as never);
  return {
    connectionString: options.databaseUrl,
    schema: queueSchema,
    max: 4,
    application_name: 'linli-queue',
  };
}

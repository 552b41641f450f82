import type { DataSource } from 'typeorm';
import {
  checkQueues,
  Database,
  loadKeys,
  migrate,
  migrateQueues,
  underLock,
  type Config,
  type EmbeddedServer,
  type Keys,
} from '@linli/platform';
import { schema, Seeding } from '@linli/journeys';
import { wechatAccounts, type WechatAccounts } from '@linli/wechat';

/** What is ready before any door opens. */
export interface Ground {
  readonly config: Config;
  readonly keys: Keys;
  readonly databaseUrl: string;
  readonly accounts: WechatAccounts;
  /** The demo's credentials, when this start made them. */
  readonly freshCredentials: string | null;
}

/** Brings schema, seed and queues up to date; processes that start together take turns. */
export async function prepare(config: Config, server: EmbeddedServer | null): Promise<Ground> {
  const databaseUrl = server?.url ?? config.databaseUrl ?? '';
  const keys = loadKeys(config.keysFile, server !== null);
  const queues = { databaseUrl, redisUrl: config.redisUrl };
  await checkQueues(queues);
  await migrate(databaseUrl, schema);
  const freshCredentials = await underLock(databaseUrl, schema, async (source: DataSource) => {
    await migrateQueues(queues);
    return config.seed === 'demo' ? new Seeding(new Database(source), config, keys).run() : null;
  });
  return { config, keys, databaseUrl, accounts: wechatAccounts(config, keys), freshCredentials };
}

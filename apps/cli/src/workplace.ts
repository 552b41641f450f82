import { type DynamicModule, type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JourneysModule, schema } from '@linli/journeys';
import {
  loadKeys,
  migrate,
  PlatformModule,
  readConfig,
  runningEmbedded,
  startEmbedded,
  type Config,
  type EmbeddedServer,
  type Keys,
} from '@linli/platform';
import { wechatAccounts } from '@linli/wechat';

/** Everything a command works with, until it is done. */
export interface Workbench {
  readonly config: Config;
  readonly keys: Keys;
  readonly databaseUrl: string;
  readonly context: INestApplicationContext;
}

@Module({})
class WorkbenchModule {}

/** Finds the database of this deployment: `DATABASE_URL`, the embedded server that runs, or one started for the moment. */
@Injectable()
export class Workplace {
  /** Migrates, opens the rooms, runs the work and closes everything behind it. */
  async run<T>(work: (bench: Workbench) => Promise<T>): Promise<T> {
    return this.withDatabase(async (config, databaseUrl) => {
      const keys = loadKeys(config.keysFile, config.databaseUrl === null);
      await migrate(databaseUrl, schema);
      const context = await NestFactory.createApplicationContext(rooms(config, keys, databaseUrl), {
        logger: ['error', 'warn'],
        // Else the framework would end the process without a word.
        abortOnError: false,
      });
      try {
        return await work({ config, keys, databaseUrl, context });
      } finally {
        await context.close();
      }
    });
  }

  /** The database alone, for what comes before the schema. */
  async withDatabase<T>(work: (config: Config, databaseUrl: string) => Promise<T>): Promise<T> {
    const config = readConfig(process.env);
    if (config.databaseUrl) return work(config, config.databaseUrl);
    const running = await runningEmbedded(config.dataDir);
    if (running) return work(config, running);
    const server: EmbeddedServer = await startEmbedded(config.dataDir);
    try {
      return await work(config, server.url);
    } finally {
      await server.stop();
    }
  }
}

function rooms(config: Config, keys: Keys, databaseUrl: string): DynamicModule {
  const accounts = wechatAccounts(config, keys);
  const apiBaseUrl = (): string => config.wechat.apiBaseUrl ?? `http://127.0.0.1:${config.port}/simulator`;
  return {
    module: WorkbenchModule,
    imports: [
      PlatformModule.register({ config, keys, databaseUrl, schema }),
      JourneysModule.register({ accounts, apiBaseUrl }),
    ],
  };
}

import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { JourneysModule, schema } from '@linli/journeys';
import { loggingModule, PlatformModule } from '@linli/platform';
import type { Door } from './doors';
import type { Ground } from './ground';

/** The doors that stand open, and how to close them. */
export interface OpenDoors {
  /** Null without the HTTP door. */
  readonly port: number | null;
  readonly simulator: boolean;
  close(): Promise<void>;
}

@Module({})
class RootModule {}

/**
 * A door is loaded only by the process that opens it: wechaty costs 65 MB, the queues and the API reference their share.
 * By path, since the build resolves aliases in static imports only.
 */
const load = {
  api: () => import('../../api/src/index'),
  worker: () => import('../../worker/src/index'),
  bot: () => import('../../bot/src/index'),
  simulator: () => import('../../wechat-sim/src/index'),
};

const officialHost = 'https://api.weixin.qq.com';

/** Opens the doors in this process; each is a Nest module over the same rooms. */
export async function openDoors(ground: Ground, doors: readonly Door[]): Promise<OpenDoors> {
  if (doors.includes('bot')) return openBot(ground);
  const { config } = ground;
  let port = config.port;
  const own = (): string => `http://127.0.0.1:${port}`;
  const simulated = doors.includes('api') && servesSimulator(ground);
  const root = await rootOf(ground, doors, own, simulated);
  if (!doors.includes('api')) {
    const context = await NestFactory.createApplicationContext(root, { bufferLogs: true });
    context.useLogger(context.get(Logger));
    context.flushLogs();
    return { port: null, simulator: false, close: () => context.close() };
  }
  const { ExpressDoor, setUpHttp } = await load.api();
  const app = await NestFactory.create<NestExpressApplication>(root, new ExpressDoor(), {
    bufferLogs: true,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  setUpHttp(app, config);
  await app.listen(config.port);
  port = Number(new URL(await app.getUrl()).port) || config.port;
  return { port, simulator: simulated, close: () => app.close() };
}

/** The simulator stands in only where no real account is configured. */
function servesSimulator({ config, accounts }: Ground): boolean {
  return config.wechat.simulator === 'on' || (config.wechat.simulator === 'auto' && accounts.simulated);
}

/** The module tree of a process that opens the given doors. */
export async function rootOf(
  ground: Ground,
  doors: readonly Door[],
  own: () => string,
  simulated: boolean,
): Promise<DynamicModule> {
  const { config, keys, databaseUrl, accounts } = ground;
  const journeys = journeysOf(ground, own);
  const queues = { databaseUrl, redisUrl: config.redisUrl };
  const imports = [
    loggingModule(config.logLevel),
    PlatformModule.register({ config, keys, databaseUrl, schema }),
    ...(doors.includes('api') ? [(await load.api()).ApiModule.register({ config, accounts, journeys })] : []),
    ...(doors.includes('worker') ? [(await load.worker()).WorkerModule.register({ queues, journeys })] : []),
    ...(simulated ? [await simulatorOf(ground, own)] : []),
  ];
  return { module: RootModule, imports };
}

async function simulatorOf({ config, accounts }: Ground, own: () => string): Promise<DynamicModule> {
  const { WechatSimModule } = await load.simulator();
  const { official, mini } = accounts;
  if (!official || !mini)
    throw new Error('SIMULATOR=on needs both accounts, or none: it plays the platform towards both');
  return WechatSimModule.register({
    official: { ...official, originalId: official.originalId ?? 'gh_simulator' },
    mini,
    pushUrl: () => `${own()}/wechat/official`,
    loopbackOnly: config.wechat.simulator !== 'on',
  });
}

async function openBot(ground: Ground): Promise<OpenDoors> {
  const { BotModule, loadPuppet } = await load.bot();
  const { config, keys, databaseUrl } = ground;
  const root: DynamicModule = {
    module: RootModule,
    imports: [
      loggingModule(config.logLevel),
      PlatformModule.register({ config, keys, databaseUrl, schema }),
      BotModule.register({ puppet: await loadPuppet(config.puppet), journeys: journeysOf(ground, ownAddress(ground)) }),
    ],
  };
  const context = await NestFactory.createApplicationContext(root, { bufferLogs: true });
  context.useLogger(context.get(Logger));
  context.flushLogs();
  return { port: null, simulator: false, close: () => context.close() };
}

function ownAddress({ config }: Ground): () => string {
  return () => `http://127.0.0.1:${config.port}`;
}

/** The rooms and journeys of a process, talking to the configured platform, else the simulator, else the real one. */
function journeysOf({ config, accounts }: Ground, own: () => string): DynamicModule {
  const fallback = accounts.simulated ? (): string => `${own()}/simulator` : (): string => officialHost;
  return JourneysModule.register({ accounts, apiBaseUrl: () => config.wechat.apiBaseUrl ?? fallback() });
}

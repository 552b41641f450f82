import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { SimOptions } from './sim-options';
import { WechatSimModule } from './wechat-sim.module';

const environment = process.env;

/** The accounts of a stand-alone simulator; every value can be set to match the product's configuration. */
function optionsFromEnvironment(): SimOptions {
  return {
    official: {
      appId: environment['WECHAT_OFFICIAL_APP_ID'] ?? 'wx0000000000000001',
      secret: environment['WECHAT_OFFICIAL_APP_SECRET'] ?? 'simulator-official-secret',
      originalId: environment['SIMULATOR_ORIGINAL_ID'] ?? 'gh_simulator0001',
      token: environment['WECHAT_OFFICIAL_TOKEN'] ?? 'simulatorToken',
      aesKey: environment['WECHAT_OFFICIAL_AES_KEY'] ?? 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    },
    mini: {
      appId: environment['WECHAT_MINI_APP_ID'] ?? 'wx0000000000000002',
      secret: environment['WECHAT_MINI_APP_SECRET'] ?? 'simulator-mini-secret',
    },
    pushUrl: environment['SIMULATOR_PUSH_URL'] ?? 'http://127.0.0.1:3000/wechat/official',
    loopbackOnly: environment['SIMULATOR'] !== 'on',
  };
}

async function main(): Promise<void> {
  const options = optionsFromEnvironment();
  const app = await NestFactory.create<NestExpressApplication>(WechatSimModule.register(options), {
    logger: ['error', 'warn'],
    forceCloseConnections: true,
  });
  app.useBodyParser('json', { limit: '8mb' });
  app.enableShutdownHooks();
  const port = Number(environment['PORT'] ?? 3100);
  await app.listen(port);
  process.stdout.write(
    `WeChat simulator on http://localhost:${port}/simulator, pushing to ${String(options.pushUrl)}\n`,
  );
}

void main();

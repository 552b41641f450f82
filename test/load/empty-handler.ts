import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post, Query, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { text, type Response } from 'express';
import { PushWire, type PushAccount } from './wechat-push';

const account = JSON.parse(process.env['BENCH_ACCOUNT'] ?? '{}') as PushAccount;
const answer = new PushWire(account).reply('oEmpty', '好的，'.repeat(60));

/** The same framework with nothing behind it: takes a push whole and answers with a reply that was sealed once. */
@Controller('wechat')
class EmptyController {
  @Post('official')
  @HttpCode(200)
  hear(
    @Query() _query: Record<string, unknown>,
    @Body() _body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): string {
    response.type('text/xml');
    return answer;
  }
}

@Module({ controllers: [EmptyController] })
class EmptyModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(EmptyModule, {
    logger: ['error', 'warn'],
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.use(text({ type: () => true, limit: '256kb' }));
  await app.listen(0, '127.0.0.1');
  process.on('disconnect', () => process.exit(0));
  process.send?.(Number(new URL(await app.getUrl()).port));
}

void main();

import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { Response } from 'express';
import { Refusal } from '@linli/kernel';
import { Hearing } from '@linli/journeys';
import { Clock, type MiniAccount, type OfficialAccount, Public } from '@linli/platform';
import { openPush, verifyUrl, type WechatAccounts } from '@linli/wechat';
import { WECHAT_ACCOUNTS } from './wechat-accounts';

type Door = 'wechatOfficial' | 'wechatMini';

/** Where the platform pushes what residents say. Every push is checked by its signature. */
@ApiExcludeController()
@Public('the platform signs every call; the signature is checked first')
@SkipThrottle()
@Controller('wechat')
export class WechatController {
  constructor(
    private readonly hearing: Hearing,
    private readonly clock: Clock,
    @Inject(WECHAT_ACCOUNTS) private readonly accounts: WechatAccounts,
  ) {}

  @Get('official')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  verifyOfficial(@Query() query: Record<string, unknown>): string {
    return verifyUrl(query, this.account('wechatOfficial'), this.clock.now());
  }

  @Post('official')
  @HttpCode(200)
  hearOfficial(
    @Query() query: Record<string, unknown>,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return this.hear('wechatOfficial', query, body, response);
  }

  @Get('mini')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  verifyMini(@Query() query: Record<string, unknown>): string {
    return verifyUrl(query, this.account('wechatMini'), this.clock.now());
  }

  @Post('mini')
  @HttpCode(200)
  hearMini(
    @Query() query: Record<string, unknown>,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return this.hear('wechatMini', query, body, response);
  }

  private async hear(door: Door, query: Record<string, unknown>, body: unknown, response: Response): Promise<string> {
    const push = openPush(query, typeof body === 'string' ? body : '', this.account(door), door, this.clock.now());
    const answer = await this.hearing.hear(push.message);
    if (answer.kind === 'later' || answer.text === null) {
      response.type('text/plain');
      return 'success';
    }
    response.type('text/xml');
    return push.reply(answer.text, this.clock.now());
  }

  private account(door: Door): (OfficialAccount | MiniAccount) & { readonly token: string } {
    const account = door === 'wechatOfficial' ? this.accounts.official : this.accounts.mini;
    if (account?.token === undefined) throw new Refusal('request.notFound');
    return { ...account, token: account.token };
  }
}

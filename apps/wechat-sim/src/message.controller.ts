import {
  Body as JsonBody,
  Controller,
  HttpCode,
  Post,
  Query as QueryOf,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '@linli/platform';
import { ApiExcludeController } from '@nestjs/swagger';
import { LoopbackGuard } from './loopback.guard';
import { OutboundService } from './outbound.service';
import { asBody, type Query } from './platform-desk';
import { PlatformInterceptor } from './platform.interceptor';
import { SimFilter } from './sim.filter';

const ok = { errcode: 0, errmsg: 'ok' } as const;

/** Messages from the account to phones. */
@ApiExcludeController()
@Public('the stand-in platform is not the product; it serves only this machine unless SIMULATOR=on')
@SkipThrottle()
@UseGuards(LoopbackGuard)
@UseFilters(SimFilter)
@UseInterceptors(PlatformInterceptor)
@Controller('simulator/cgi-bin/message')
export class MessageController {
  constructor(private readonly outbound: OutboundService) {}

  @Post('custom/send')
  @HttpCode(200)
  custom(@QueryOf() query: Query, @JsonBody() body: unknown): object {
    this.outbound.custom(query, asBody(body));
    return ok;
  }

  @Post('custom/typing')
  @HttpCode(200)
  typing(@QueryOf() query: Query, @JsonBody() body: unknown): object {
    this.outbound.typing(query, asBody(body));
    return ok;
  }

  @Post('template/send')
  @HttpCode(200)
  template(@QueryOf() query: Query, @JsonBody() body: unknown): object {
    return { ...ok, ...this.outbound.template(query, asBody(body)) };
  }

  @Post('subscribe/send')
  @HttpCode(200)
  subscribe(@QueryOf() query: Query, @JsonBody() body: unknown): object {
    this.outbound.subscribe(query, asBody(body), 'mini');
    return ok;
  }

  @Post('subscribe/bizsend')
  @HttpCode(200)
  bizsend(@QueryOf() query: Query, @JsonBody() body: unknown): object {
    this.outbound.subscribe(query, asBody(body), 'official');
    return ok;
  }
}

import {
  Body as JsonBody,
  Controller,
  Get,
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
import { asBody, PlatformDesk, type Body, type Query } from './platform-desk';
import { PlatformError } from './platform-error';
import { PlatformInterceptor } from './platform.interceptor';
import { SimFilter } from './sim.filter';
import { SimState } from './sim-state';

/** Access tokens. */
@ApiExcludeController()
@Public('the stand-in platform is not the product; it serves only this machine unless SIMULATOR=on')
@SkipThrottle()
@UseGuards(LoopbackGuard)
@UseFilters(SimFilter)
@UseInterceptors(PlatformInterceptor)
@Controller('simulator/cgi-bin')
export class TokenController {
  constructor(
    private readonly state: SimState,
    private readonly desk: PlatformDesk,
  ) {}

  @Post('stable_token')
  @HttpCode(200)
  stable(@JsonBody() given: unknown): object {
    const body: Body = asBody(given);
    requireClientCredential(body['grant_type']);
    const app = this.desk.credentials(body['appid'], body['secret']);
    return this.state.tokens.stable(app, body['force_refresh'] === true);
  }

  @Get('token')
  plain(@QueryOf() query: Query): object {
    requireClientCredential(query['grant_type']);
    return this.state.tokens.plain(this.desk.credentials(query['appid'], query['secret']));
  }
}

function requireClientCredential(grantType: unknown): void {
  if (grantType !== 'client_credential') throw new PlatformError(40002);
}

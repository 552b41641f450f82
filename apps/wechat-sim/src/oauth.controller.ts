import { randomBytes } from 'node:crypto';
import {
  BadRequestException,
  Controller,
  Get,
  Inject,
  Query as QueryOf,
  Redirect,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '@linli/platform';
import { ApiExcludeController } from '@nestjs/swagger';
import { LoopbackGuard } from './loopback.guard';
import { PlatformDesk, type Query } from './platform-desk';
import { PlatformError } from './platform-error';
import { PlatformInterceptor } from './platform.interceptor';
import { SimFilter } from './sim.filter';
import { simOptions, type SimOptions } from './sim-options';
import { SimState } from './sim-state';

/** Web login inside WeChat: whoever taps is `openid` in the link, or the latest person created. */
@ApiExcludeController()
@Public('the stand-in platform is not the product; it serves only this machine unless SIMULATOR=on')
@SkipThrottle()
@UseGuards(LoopbackGuard)
@UseFilters(SimFilter)
@UseInterceptors(PlatformInterceptor)
@Controller('simulator')
export class OauthController {
  constructor(
    @Inject(simOptions) private readonly options: SimOptions,
    private readonly state: SimState,
    private readonly desk: PlatformDesk,
  ) {}

  @Get('connect/oauth2/authorize')
  @Redirect()
  authorize(@QueryOf() query: Query): { url: string; statusCode: number } {
    const given = query['openid'];
    const person = given === undefined ? this.state.people.latest() : this.state.people.official(given);
    const target = query['redirect_uri'] ?? '';
    if (query['appid'] !== this.options.official.appId) throw new BadRequestException('appid is unknown');
    if (person === null || !URL.canParse(target)) throw new BadRequestException('redirect_uri or openid is unknown');
    const url = new URL(target);
    url.searchParams.set('code', this.state.oauthCodes.issue({ person, scope: query['scope'] ?? 'snsapi_base' }));
    url.searchParams.set('state', query['state'] ?? '');
    return { url: url.toString(), statusCode: 302 };
  }

  @Get('sns/oauth2/access_token')
  token(@QueryOf() query: Query): object {
    if (this.desk.credentials(query['appid'], query['secret']) !== 'official') throw new PlatformError(40013);
    const { person, scope } = this.state.oauthCodes.redeem(query['code']);
    const [access, refresh] = [randomBytes(48).toString('base64url'), randomBytes(48).toString('base64url')];
    return {
      access_token: access,
      expires_in: 7_200,
      refresh_token: refresh,
      openid: person.openid,
      scope,
      unionid: person.unionid,
    };
  }
}

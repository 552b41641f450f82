import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import { officerRoles, OfficerService, ResidentStore, type Officer } from '@linli/directory';
import { Clock, Database, Public } from '@linli/platform';
import { WechatClient } from '@linli/wechat';
import { guessLimit } from '../http/rate-limit';
import { ActingOfficer, For } from './access';
import {
  ChangePasswordDto,
  OfficerDto,
  OfficerLoginDto,
  OfficerTokenDto,
  ResidentLoginDto,
  WechatLoginDto,
} from './login.dto';
import { Tokens } from './tokens';

@ApiTags('login')
@Controller('api/v1')
export class LoginController {
  constructor(
    private readonly wechat: WechatClient,
    private readonly residents: ResidentStore,
    private readonly officers: OfficerService,
    private readonly tokens: Tokens,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Signs a resident in with the mini-program's login code. */
  @Post('login/wechat')
  @HttpCode(200)
  @Public('this is where residents sign in')
  @Throttle(guessLimit)
  async resident(@Body() { code }: WechatLoginDto): Promise<ResidentLoginDto> {
    const session = await this.wechat.codeToSession(code);
    const now = this.clock.now();
    const id = await this.database.transact((tx) =>
      this.residents.residentOf(tx, 'wechatMini', session.openid, 'login', now, session.unionid),
    );
    return { ...this.tokens.forResident(id), resident: { id } };
  }

  /** Signs an officer in; five wrong passwords lock the account for 15 minutes. */
  @Post('login/officer')
  @HttpCode(200)
  @Public('this is where officers sign in')
  @Throttle(guessLimit)
  async officer(@Body() { account, password }: OfficerLoginDto): Promise<OfficerTokenDto> {
    const officer = await this.officers.signIn(account, password);
    return { ...this.tokens.forOfficer(officer), officer: officerOf(officer) };
  }

  /** Changes the officer's own password; every token signed before ends, the answer holds a new one. */
  @Post('staff/password')
  @HttpCode(200)
  @ApiBearerAuth()
  @For({ officers: officerRoles })
  @Throttle(guessLimit)
  async changePassword(
    @ActingOfficer() { id }: Officer,
    @Body() { present, next }: ChangePasswordDto,
  ): Promise<OfficerTokenDto> {
    const officer = await this.officers.changePassword(id, present, next);
    return { ...this.tokens.forOfficer(officer), officer: officerOf(officer) };
  }

  /** Who the token belongs to. */
  @Get('staff/me')
  @ApiBearerAuth()
  @For({ officers: officerRoles })
  me(@ActingOfficer() officer: Officer): OfficerDto {
    return officerOf(officer);
  }
}

function officerOf({ tokenVersion: _version, ...officer }: Officer): OfficerDto {
  return officer;
}

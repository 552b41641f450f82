import { createHmac, randomBytes } from 'node:crypto';
import {
  Body as JsonBody,
  Controller,
  Get,
  HttpCode,
  Post,
  Query as QueryOf,
  StreamableFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '@linli/platform';
import { ApiExcludeController } from '@nestjs/swagger';
import { codePicture } from './code-picture';
import { LoopbackGuard } from './loopback.guard';
import { MiniProgramService } from './mini-program.service';
import { asBody, PlatformDesk, text, type Query } from './platform-desk';
import { PlatformError } from './platform-error';
import { PlatformInterceptor } from './platform.interceptor';
import { SimFilter } from './sim.filter';

/** Login, phone number, content checks and links of the mini-program. */
@ApiExcludeController()
@Public('the stand-in platform is not the product; it serves only this machine unless SIMULATOR=on')
@SkipThrottle()
@UseGuards(LoopbackGuard)
@UseFilters(SimFilter)
@UseInterceptors(PlatformInterceptor)
@Controller('simulator')
export class MiniProgramController {
  constructor(
    private readonly mini: MiniProgramService,
    private readonly desk: PlatformDesk,
  ) {}

  @Get('sns/jscode2session')
  session(@QueryOf() query: Query): object {
    if (this.desk.credentials(query['appid'], query['secret']) !== 'mini') throw new PlatformError(40013);
    return this.mini.login(query['js_code']);
  }

  @Get('wxa/checksession')
  checkSession(@QueryOf() query: Query): object {
    const person = this.desk.recipient(query['openid'], this.desk.authorize(query, 'mini'));
    const expected = createHmac('sha256', person.sessionKey).update('').digest('hex');
    if (person.sessionKey === '' || query['signature'] !== expected) throw new PlatformError(87009);
    return { errcode: 0, errmsg: 'ok' };
  }

  @Post('wxa/business/getuserphonenumber')
  @HttpCode(200)
  phone(@QueryOf() query: Query, @JsonBody() body: unknown): object {
    this.desk.authorize(query, 'mini');
    return this.mini.phone(asBody(body));
  }

  @Post('wxa/msg_sec_check')
  @HttpCode(200)
  checkText(@QueryOf() query: Query, @JsonBody() body: unknown): object {
    this.desk.authorize(query, 'mini');
    return this.mini.checkText(asBody(body));
  }

  @Post('wxa/media_check_async')
  @HttpCode(200)
  checkMedia(@QueryOf() query: Query, @JsonBody() body: unknown): object {
    this.desk.authorize(query, 'mini');
    return this.mini.checkMedia(asBody(body));
  }

  @Post('wxa/getwxacodeunlimit')
  @HttpCode(200)
  code(@QueryOf() query: Query, @JsonBody() given: unknown): StreamableFile {
    this.desk.authorize(query, 'mini');
    const scene = text(asBody(given), 'scene');
    if (!/^[\w!#$&'()*+,/:;=?@\-.~]{1,32}$/.test(scene)) throw new PlatformError(40169);
    return new StreamableFile(codePicture(scene), { type: 'image/png' });
  }

  @Post('wxa/generate_urllink')
  @HttpCode(200)
  link(@QueryOf() query: Query, @JsonBody() given: unknown): object {
    this.desk.authorize(query, 'mini');
    if (text(asBody(given), 'query').length > 1_024) throw new PlatformError(47003, 'query too long');
    return { errcode: 0, errmsg: 'ok', url_link: `https://wxaurl.cn/${randomBytes(9).toString('base64url')}` };
  }
}

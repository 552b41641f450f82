import { randomBytes } from 'node:crypto';
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
import { asBody, member, PlatformDesk, text, type Body, type Query } from './platform-desk';
import { PlatformError } from './platform-error';
import { PlatformInterceptor } from './platform.interceptor';
import { SimFilter } from './sim.filter';
import { SimState } from './sim-state';

const ok = { errcode: 0, errmsg: 'ok' } as const;

/** Menu, followers and scene codes of the official account. */
@ApiExcludeController()
@Public('the stand-in platform is not the product; it serves only this machine unless SIMULATOR=on')
@SkipThrottle()
@UseGuards(LoopbackGuard)
@UseFilters(SimFilter)
@UseInterceptors(PlatformInterceptor)
@Controller('simulator/cgi-bin')
export class OfficialAccountController {
  constructor(
    private readonly state: SimState,
    private readonly desk: PlatformDesk,
  ) {}

  @Post('menu/create')
  @HttpCode(200)
  createMenu(@QueryOf() query: Query, @JsonBody() given: unknown): object {
    this.desk.authorize(query, 'official');
    const body = asBody(given);
    checkMenu(body);
    this.state.menu = { button: body['button'] };
    return ok;
  }

  @Get('menu/get')
  readMenu(@QueryOf() query: Query): object {
    this.desk.authorize(query, 'official');
    if (this.state.menu === null) throw new PlatformError(46003);
    return { menu: this.state.menu };
  }

  @Get('menu/delete')
  deleteMenu(@QueryOf() query: Query): object {
    this.desk.authorize(query, 'official');
    this.state.menu = null;
    return ok;
  }

  @Get('user/info')
  user(@QueryOf() query: Query): object {
    const person = this.desk.recipient(query['openid'], this.desk.authorize(query, 'official'));
    if (!person.following) return { subscribe: 0, openid: person.openid, unionid: person.unionid };
    return {
      subscribe: 1,
      openid: person.openid,
      language: 'zh_CN',
      subscribe_time: Math.floor(person.followedAt / 1000),
      unionid: person.unionid,
      remark: '',
      groupid: 0,
      tagid_list: [],
      subscribe_scene: person.scene === '' ? 'ADD_SCENE_SEARCH' : 'ADD_SCENE_QR_CODE',
      qr_scene: /^\d+$/.test(person.scene) ? Number(person.scene) : 0,
      qr_scene_str: /^\d+$/.test(person.scene) ? '' : person.scene,
    };
  }

  @Post('qrcode/create')
  @HttpCode(200)
  createCode(@QueryOf() query: Query, @JsonBody() given: unknown): object {
    this.desk.authorize(query, 'official');
    const body = asBody(given);
    const ticket = randomBytes(48).toString('base64');
    this.state.keepTicket(ticket, sceneOf(body));
    const limited = text(body, 'action_name').startsWith('QR_LIMIT');
    const seconds = typeof body['expire_seconds'] === 'number' ? body['expire_seconds'] : 60;
    if (!limited && (seconds < 1 || seconds > 2_592_000)) throw new PlatformError(47001);
    const url = `http://weixin.qq.com/q/${randomBytes(12).toString('hex')}`;
    return { ticket, ...(limited ? {} : { expire_seconds: seconds }), url };
  }

  @Get('showqrcode')
  showCode(@QueryOf() query: Query): StreamableFile {
    const ticket = query['ticket'] ?? '';
    if (this.state.sceneOf(ticket) === null) throw new PlatformError(40129);
    return new StreamableFile(codePicture(ticket), { type: 'image/png' });
  }
}

function checkMenu(body: Body): void {
  const buttons = body['button'];
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > 3) throw new PlatformError(40016);
  for (const button of buttons as Body[]) {
    if (text(button, 'name') === '' || Buffer.byteLength(text(button, 'name')) > 16) throw new PlatformError(40018);
    const sub = button['sub_button'];
    if (Array.isArray(sub) && sub.length > 5) throw new PlatformError(40023);
  }
}

function sceneOf(body: Body): string {
  const scene = member(member(body, 'action_info'), 'scene');
  const name = text(body, 'action_name');
  if (name === 'QR_STR_SCENE' || name === 'QR_LIMIT_STR_SCENE') {
    const value = text(scene, 'scene_str');
    if (value.length >= 1 && value.length <= 64) return value;
  }
  if ((name === 'QR_SCENE' || name === 'QR_LIMIT_SCENE') && typeof scene['scene_id'] === 'number') {
    return String(scene['scene_id']);
  }
  throw new PlatformError(40129);
}

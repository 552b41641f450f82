import {
  BadRequestException,
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  type MessageEvent,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Sse,
  UseFilters,
  UseGuards,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '@linli/platform';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { filter, from, interval, map, merge, type Observable } from 'rxjs';
import { AfterDto, CreatePersonDto, FollowDto, PhoneInputDto, PushMannerDto, ScanDto } from './control.dto';
import { LoopbackGuard } from './loopback.guard';
import { mediaLimit } from './media-shelf';
import type { Person } from './people';
import { pushContentOf } from './phone-input';
import { PushService, type PushOutcome } from './push.service';
import { SimFilter } from './sim.filter';
import { SimState } from './sim-state';

const pingMs = 20_000;

/** A resident's phone: what it sends, and what it shows. */
@ApiExcludeController()
@Public('the stand-in platform is not the product; it serves only this machine unless SIMULATOR=on')
@SkipThrottle()
@UseGuards(LoopbackGuard)
@UseFilters(SimFilter)
@UsePipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }))
@Controller('simulator/control/users')
export class PhoneControlController {
  constructor(
    private readonly state: SimState,
    private readonly pushes: PushService,
  ) {}

  @Post()
  create(@Body() wish: CreatePersonDto): object {
    const { openid, miniOpenid, unionid, nickname } = this.state.people.create(wish);
    return { openid, miniOpenid, unionid, nickname };
  }

  @Get(':openid')
  read(@Param('openid') openid: string): object {
    const person = this.person(openid);
    return { openid, miniOpenid: person.miniOpenid, nickname: person.nickname, following: person.following };
  }

  @Post(':openid/follow')
  @HttpCode(200)
  follow(@Param('openid') openid: string, @Body() { scene, ...manner }: FollowDto): Promise<PushOutcome> {
    return this.subscribe(this.person(openid), scene, manner);
  }

  @Post(':openid/unfollow')
  @HttpCode(200)
  unfollow(@Param('openid') openid: string, @Body() manner: PushMannerDto): Promise<PushOutcome> {
    const person = this.person(openid);
    person.following = false;
    person.windows = [];
    return this.pushes.push(person, { type: 'event', event: 'unsubscribe', eventKey: '' }, manner);
  }

  @Post(':openid/scans')
  @HttpCode(200)
  scan(@Param('openid') openid: string, @Body() { ticket, scene, ...manner }: ScanDto): Promise<PushOutcome> {
    const person = this.person(openid);
    const found = scene ?? (ticket === undefined ? null : this.state.sceneOf(ticket));
    if (found === null) throw new NotFoundException('no such code');
    if (!person.following) return this.subscribe(person, found, manner);
    person.scene = found;
    const fields = { Ticket: ticket ?? 'TICKET' };
    return this.pushes.push(person, { type: 'event', event: 'SCAN', eventKey: found, fields }, manner);
  }

  @Post(':openid/messages')
  @HttpCode(200)
  say(@Param('openid') openid: string, @Body() input: PhoneInputDto, @Req() request: Request): Promise<PushOutcome> {
    const person = this.person(openid);
    if (input.base64 !== undefined) input.mediaId = this.shelve(input.base64);
    const host = `${request.protocol}://${request.get('host') ?? 'localhost'}`;
    const content = pushContentOf(input, (mediaId) => `${host}/simulator/control/media/${mediaId}`);
    const { mode, copies, delayMs, msgId } = input;
    return this.pushes.push(person, content, { mode, copies, delayMs, msgId });
  }

  @Get(':openid/messages')
  messages(@Param('openid') openid: string, @Query() query: AfterDto): object {
    const person = this.person(openid);
    const typing = person.typingUntil > this.state.clock.now();
    return { items: this.state.conversationOf(openid, Number(query.after ?? 0)), typing };
  }

  @Sse(':openid/stream')
  stream(
    @Param('openid') openid: string,
    @Query() query: AfterDto,
    @Headers('last-event-id') last: string | undefined,
  ): Observable<MessageEvent> {
    this.person(openid);
    const after = Number(/^\d+$/.test(last ?? '') ? last : (query.after ?? 0));
    const past = from(this.state.conversationOf(openid, after)).pipe(
      map((message) => ({ id: String(message.seq), type: 'message', data: message })),
    );
    const live = this.state.signals.pipe(
      filter((signal) => signal.openid === openid),
      map((signal): MessageEvent => {
        if (signal.kind === 'typing') return { type: 'typing', data: { typing: signal.typing } };
        return { id: String(signal.message.seq), type: 'message', data: signal.message };
      }),
    );
    return merge(past, live, interval(pingMs).pipe(map(() => ({ type: 'ping', data: '' }))));
  }

  private subscribe(person: Person, scene: string | undefined, manner: PushMannerDto): Promise<PushOutcome> {
    person.following = true;
    person.followedAt = this.state.clock.now();
    person.scene = scene ?? '';
    const eventKey = scene === undefined ? '' : `qrscene_${scene}`;
    const fields: Record<string, string> = scene === undefined ? {} : { Ticket: 'TICKET' };
    return this.pushes.push(person, { type: 'event', event: 'subscribe', eventKey, fields }, manner);
  }

  private person(openid: string): Person {
    const person = this.state.people.official(openid);
    if (person === null) throw new NotFoundException('no such user');
    return person;
  }

  private shelve(base64: string): string {
    const bytes = Buffer.from(base64.replace(/^data:[\w/+-]+;base64,/, ''), 'base64');
    const media = bytes.length > mediaLimit ? null : this.state.media.put(bytes, this.state.clock.now());
    if (media === null) throw new BadRequestException('a PNG or JPEG of at most 5 MB is expected');
    return media.mediaId;
  }
}

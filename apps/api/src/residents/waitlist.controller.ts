import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { BanService, WaitlistService, type Ban } from '@linli/booking';
import { Clock, OnceOnly, type RequestKey, type Tx } from '@linli/platform';
import { For, ResidentId } from '../access/access';
import { OnceKey } from '../http/request-key';
import { AppealDto, BanDto, BanPageDto, BookingDto, WaitDto, WaitingDto, WaitingPageDto } from './bookings.dto';

@ApiTags('bookings')
@ApiBearerAuth()
@For({ residents: true })
@Controller('api/v1')
export class WaitlistController {
  constructor(
    private readonly waitlist: WaitlistService,
    private readonly bans: BanService,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** 候补: waits for a seat in a full slot. */
  @Post('slots/:id/waitlist')
  async join(
    @ResidentId() residentId: string,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { party = 1 }: WaitDto,
  ): Promise<WaitingDto> {
    return this.act(key, (tx, now) => this.waitlist.join(tx, residentId, id, party, now));
  }

  /** What the caller waits for, soonest first. */
  @Get('me/waitlist')
  async mine(@ResidentId() residentId: string): Promise<WaitingPageDto> {
    return { items: await this.waitlist.mine(residentId), nextCursor: null };
  }

  /** Gives up waiting, or an offer. */
  @Delete('waitlist/:id')
  async leave(@ResidentId() residentId: string, @Param('id') id: string): Promise<WaitingDto> {
    return this.act(null, (tx, now) => this.waitlist.leave(tx, id, residentId, now));
  }

  /** Takes the seat that is offered. */
  @Post('waitlist/:id/accept')
  @HttpCode(200)
  async accept(
    @ResidentId() residentId: string,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<BookingDto> {
    return this.act(key, (tx, now) => this.waitlist.accept(tx, id, residentId, now));
  }

  /** 限制预约: the caller's own, newest first. */
  @Get('me/booking-bans')
  async bansOf(@ResidentId() residentId: string): Promise<BanPageDto> {
    return { items: (await this.bans.mine(residentId)).map(banView), nextCursor: null };
  }

  /** 申诉 against a ban, once. */
  @Post('booking-bans/:id/appeal')
  @HttpCode(200)
  async appeal(
    @ResidentId() residentId: string,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { words }: AppealDto,
  ): Promise<BanDto> {
    return this.act(key, async (tx, now) => banView(await this.bans.appeal(tx, id, residentId, words, now)));
  }

  private act<T>(key: RequestKey | null, step: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => step(tx, now));
  }
}

function banView({ id, from, until, noShows, appealedAt, decision, reason }: Ban): BanDto {
  return { id, from, until, noShows, appealedAt, decision, reason };
}

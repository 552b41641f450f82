import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { BanService, StaffBookingService, type Ban } from '@linli/booking';
import type { Officer } from '@linli/directory';
import { Clock, OnceOnly, type RequestKey, type Tx } from '@linli/platform';
import { ActingOfficer, caseOfficers, For } from '../access/access';
import { dayOf } from '../http/day';
import { OnceKey } from '../http/request-key';
import { BookingDto } from '../residents/bookings.dto';
import {
  AppealedBanDto,
  AppealedBanPageDto,
  DecideAppealDto,
  StaffBookingPageDto,
  StaffBookingQueryDto,
} from './staff-bookings.dto';

@ApiTags('staff: bookings')
@ApiBearerAuth()
@For({ officers: caseOfficers })
@Controller('api/v1/staff')
export class StaffBookingsController {
  constructor(
    private readonly bookings: StaffBookingService,
    private readonly bans: BanService,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Who comes to a place on a day, in order of time. */
  @Get('bookings')
  async list(
    @ActingOfficer() officer: Officer,
    @Query() { place, on, limit, cursor }: StaffBookingQueryDto,
  ): Promise<StaffBookingPageDto> {
    return this.bookings.list(officer, place, dayOf(on, this.clock.now()), limit, cursor ?? null);
  }

  /** 签到 at the counter, by id or by number. */
  @Post('bookings/:id/check-in')
  @HttpCode(200)
  async checkIn(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<BookingDto> {
    return this.act(key, (tx, now) => this.bookings.checkIn(tx, officer, id, now));
  }

  /** 爽约: the slot has begun and nobody came. */
  @Post('bookings/:id/no-show')
  @HttpCode(200)
  async noShow(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<BookingDto> {
    return this.act(key, (tx, now) => this.bookings.noShow(tx, officer, id, now));
  }

  /** Appeals against bans nobody has decided, the longest waiting first. */
  @Get('booking-bans')
  @For({ officers: ['dispatcher', 'supervisor', 'admin'] })
  async appealed(): Promise<AppealedBanPageDto> {
    return { items: (await this.bans.appealed()).map(appealView), nextCursor: null };
  }

  /** Decides an appeal; never by the officer who made the ban. */
  @Post('booking-bans/:id/decision')
  @For({ officers: ['dispatcher', 'supervisor', 'admin'] })
  @HttpCode(200)
  async decide(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() decision: DecideAppealDto,
  ): Promise<AppealedBanDto> {
    return this.act(key, async (tx, now) => appealView(await this.bans.decide(tx, id, officer, decision, now)));
  }

  private act<T>(key: RequestKey | null, step: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => step(tx, now));
  }
}

function appealView({ id, from, until, noShows, appeal, appealedAt, decision }: Ban): AppealedBanDto {
  return { id, from, until, noShows, appeal, appealedAt, decision };
}

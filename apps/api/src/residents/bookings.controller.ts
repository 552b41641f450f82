import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { BookingService, type BookingView } from '@linli/booking';
import { Arrivals } from '@linli/journeys';
import { Clock, OnceOnly, type RequestKey, type Tx } from '@linli/platform';
import { For, ResidentId } from '../access/access';
import { PagingDto } from '../http/paging.dto';
import { OnceKey } from '../http/request-key';
import { BookDto, BookingDto, BookingPageDto, CheckInDto, HoldDto, RescheduleDto } from './bookings.dto';

@ApiTags('bookings')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ residents: true })
@Controller('api/v1')
export class BookingsController {
  constructor(
    private readonly bookings: BookingService,
    private readonly arrivals: Arrivals,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Books a time, or confirms what is held for the caller. */
  @Post('bookings')
  async book(@ResidentId() id: string, @OnceKey() key: RequestKey | null, @Body() body: BookDto): Promise<BookingDto> {
    const { holdId, party = 1, ...rest } = body;
    if (holdId !== undefined) return this.act(key, (tx, now) => this.bookings.confirm(tx, holdId, id, body.note, now));
    return this.bookings.book({ residentId: id, party, ...rest }, key, this.clock.now());
  }

  /** Keeps a seat for some minutes while a form is filled in. */
  @Post('holds')
  async hold(@ResidentId() id: string, @OnceKey() key: RequestKey | null, @Body() body: HoldDto): Promise<BookingDto> {
    const { slotId, party = 1 } = body;
    return this.bookings.hold({ residentId: id, slotId, party }, key, this.clock.now());
  }

  /** The caller's bookings, newest first. */
  @Get('me/bookings')
  async mine(@ResidentId() id: string, @Query() { limit, cursor }: PagingDto): Promise<BookingPageDto> {
    return this.bookings.mine(id, limit, cursor ?? null);
  }

  @Get('bookings/:id')
  async read(@ResidentId() residentId: string, @Param('id') id: string): Promise<BookingDto> {
    return this.bookings.read(id, residentId);
  }

  /** 取消: gives the seat back. */
  @Delete('bookings/:id')
  async cancel(
    @ResidentId() residentId: string,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<BookingDto> {
    return this.act(key, (tx, now) => this.bookings.cancel(tx, id, residentId, now));
  }

  /** 改期, as one step: nothing is lost when the other time is full. */
  @Post('bookings/:id/reschedule')
  @HttpCode(200)
  async reschedule(
    @ResidentId() residentId: string,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { slotId }: RescheduleDto,
  ): Promise<BookingDto> {
    return this.act(key, (tx, now) => this.bookings.reschedule(tx, id, residentId, slotId, now));
  }

  /** 签到 on arrival, by the place's code or by where the resident is. */
  @Post('bookings/:id/check-in')
  @HttpCode(200)
  async checkIn(
    @ResidentId() residentId: string,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() arrival: CheckInDto,
  ): Promise<BookingDto> {
    return this.act(key, await this.arrivals.checkIn(id, residentId, arrival));
  }

  /** The booking for a phone's calendar (iCalendar). */
  @Get('bookings/:id/calendar.ics')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="booking.ics"')
  @Header('Cache-Control', 'private, no-store')
  async calendar(@ResidentId() residentId: string, @Param('id') id: string): Promise<string> {
    return this.bookings.calendarOf(id, residentId, this.clock.now());
  }

  private act(key: RequestKey | null, step: (tx: Tx, now: Date) => Promise<BookingView>): Promise<BookingDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => step(tx, now));
  }
}

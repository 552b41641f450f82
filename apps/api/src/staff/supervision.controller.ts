import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { DailySheets, Duplicates, Supervising, type SupervisionOrder } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { Clock, OnceOnly, type RequestKey, type Tx } from '@linli/platform';
import { ActingOfficer, caseOfficers, caseReaders, For, givenReaders, ResidentId } from '../access/access';
import { OnceKey } from '../http/request-key';
import {
  SupervisionAnswerDto,
  SupervisionListDto,
  SupervisionPageDto,
  SupervisionQueryDto,
  SupervisionWishDto,
  DailySheetDto,
  RelatedListDto,
  ReminderDto,
  SupervisionOrderDto,
} from './supervision.dto';

@ApiTags('staff: supervision')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: caseReaders })
@Controller('api/v1')
export class SupervisionController {
  constructor(
    private readonly supervising: Supervising,
    private readonly sheets: DailySheets,
    private readonly duplicates: Duplicates,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** What the caller's unit has before it today (每日一单). */
  @Get('staff/daily-sheet')
  @For({ officers: givenReaders })
  async dailySheet(@ActingOfficer() officer: Officer): Promise<DailySheetDto> {
    return this.sheets.of(officer, this.clock.now());
  }

  /** Supervision orders within reach, by state, the earliest day first. */
  @Get('staff/supervision-orders')
  async list(
    @ActingOfficer() officer: Officer,
    @Query() { state = 'open', limit, cursor }: SupervisionQueryDto,
  ): Promise<SupervisionPageDto> {
    const { items, nextCursor } = await this.supervising.list(officer, state, limit, cursor ?? null);
    return { items: items.map(orderView), nextCursor };
  }

  /** Every supervision order about a case. */
  @Get('staff/cases/:number/supervision-orders')
  async of(@ActingOfficer() officer: Officer, @Param('number') number: string): Promise<SupervisionListDto> {
    return { items: (await this.supervising.of(number, officer)).map(orderView) };
  }

  /** Orders the unit in charge to answer for a case (督办); one at a time. */
  @Post('staff/cases/:number/supervision-orders')
  @For({ officers: ['supervisor', 'leader', 'admin'] })
  order(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() wish: SupervisionWishDto,
  ): Promise<SupervisionOrderDto> {
    return this.act(key, (tx, now) => this.supervising.order(tx, number, officer, wish, now));
  }

  /** The unit's answer to a supervision order, once. */
  @Post('staff/cases/:number/supervision-orders/:id/answer')
  @HttpCode(200)
  @For({ officers: caseOfficers })
  answer(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Param('id') id: string,
    @Body() { answer }: SupervisionAnswerDto,
  ): Promise<SupervisionOrderDto> {
    return this.act(key, (tx, now) => this.supervising.answer(tx, number, id, officer, answer, now));
  }

  /** Reports of the same matter at the same place. */
  @Get('staff/cases/:number/related')
  async related(@ActingOfficer() officer: Officer, @Param('number') number: string): Promise<RelatedListDto> {
    return { items: await this.duplicates.related(number, officer) };
  }

  /** Asks how one's own case stands (催办); at most once a day. */
  @Post('cases/:number/reminders')
  @For({ residents: true })
  remind(
    @ResidentId() id: string,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
  ): Promise<ReminderDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => {
      await this.supervising.remind(tx, number, id, now);
      return { number, remindedAt: now };
    });
  }

  private act(
    key: RequestKey | null,
    step: (tx: Tx, now: Date) => Promise<SupervisionOrder>,
  ): Promise<SupervisionOrderDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => orderView(await step(tx, now)));
  }
}

function orderView({ orderId: id, caseId: _case, ...order }: SupervisionOrder): SupervisionOrderDto {
  return { id, ...order };
}
